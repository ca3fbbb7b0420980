using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>An order in the venue's book.</summary>
internal sealed class VenueBookOrder
{
    public required string ClientId { get; init; }

    public required string ProductId { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderType Type { get; init; }

    public required OrderPurpose Purpose { get; init; }

    public required decimal Size { get; set; }

    public decimal Limit { get; set; }

    public decimal Trigger { get; set; }

    public decimal Filled { get; set; }

    public decimal Value { get; set; }

    public decimal Fees { get; set; }

    public bool IsOpen { get; set; } = true;

    public SeenOrder Seen() => new()
    {
        ClientOrderId = ClientId, ProductId = ProductId, Side = Side, Type = Type, IsOpen = IsOpen, Size = Size,
        LimitPrice = Limit, StopPrice = Trigger, FilledSize = Filled, FilledValue = Value, Fees = Fees,
    };
}
