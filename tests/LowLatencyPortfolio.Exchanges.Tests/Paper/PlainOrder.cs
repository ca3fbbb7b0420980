using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

/// <summary>An order of the plain twin, in decimals.</summary>
internal sealed class PlainOrder
{
    public required long Sequence { get; init; }

    public required int Product { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderType Type { get; init; }

    public required decimal Limit { get; init; }

    public required decimal Trigger { get; init; }

    public required decimal Quantity { get; init; }

    public decimal Filled { get; set; }

    public decimal PriceHeldFor { get; set; }

    public bool MetTick { get; set; }

    public bool Triggered { get; set; }

    public decimal Remaining => Quantity - Filled;

    public bool Sleeps => Type == OrderType.StopLimit && !Triggered;
}
