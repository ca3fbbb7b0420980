using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// An order the risk gate approved. Only the risk gate can construct one, so an order that was not checked cannot be
/// sent.
/// </summary>
/// <remarks>Prices and quantities are ring units of the event's product. Size: 40 bytes.</remarks>
public readonly struct ApprovedOrder
{
    internal ApprovedOrder(
        long sequence, OrderPurpose purpose, OrderSide side, OrderType type, long limit, long trigger,
        long quantity, bool replacesStops)
    {
        Sequence = sequence;
        Limit = limit;
        Trigger = trigger;
        Quantity = quantity;
        Purpose = purpose;
        Side = side;
        Type = type;
        ReplacesStops = replacesStops;
    }

    /// <summary>The engine's number of the order, rising from 1; 0 when the event carries no approved order.</summary>
    public long Sequence { get; }

    /// <summary>Limit price, ring units; 0 for a market order.</summary>
    public long Limit { get; }

    /// <summary>Stop trigger, ring units; 0 without one.</summary>
    public long Trigger { get; }

    /// <summary>Quantity, ring units, above 0.</summary>
    public long Quantity { get; }

    /// <summary>Why the order is sent.</summary>
    public OrderPurpose Purpose { get; }

    /// <summary>Buy or sell.</summary>
    public OrderSide Side { get; }

    /// <summary>Limit, market or stop-limit.</summary>
    public OrderType Type { get; }

    /// <summary>Whether it takes the place of every resting stop of the pair.</summary>
    public bool ReplacesStops { get; }
}
