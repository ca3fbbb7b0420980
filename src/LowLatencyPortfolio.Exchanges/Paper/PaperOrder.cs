using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>One order the paper exchange took. Prices and quantities are ring units.</summary>
internal struct PaperOrder
{
    public long Sequence;
    public long Limit;
    public long Trigger;
    public long Quantity;
    public long Filled;

    /// <summary>Buys: the price per unit that cash is held for; 0 for sells, which hold base.</summary>
    public long HoldPrice;

    public int Product;
    public OrderSide Side;
    public OrderType Type;

    /// <summary>Has not met a tick yet: a marketable limit still takes the tick's price.</summary>
    public bool Fresh;

    /// <summary>A stop whose trigger was reached; it rests as a limit sell.</summary>
    public bool Triggered;

    public readonly long Remaining => Quantity - Filled;
}
