using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What Dispatch hands to a gateway. Prices and quantities are ring units of the product.</summary>
/// <remarks>Plain data, copied by value; a gateway that keeps it keeps its own copy.</remarks>
public struct OrderCommand
{
    /// <summary>Place, cancel or replace.</summary>
    public OrderCommandKind Kind;

    /// <summary>The order's side.</summary>
    public OrderSide Side;

    /// <summary>The order's type.</summary>
    public OrderType Type;

    /// <summary>Why it is sent.</summary>
    public OrderPurpose Purpose;

    /// <summary>Index of the pair.</summary>
    public int Product;

    /// <summary>Our number of the order placed or cancelled.</summary>
    public long Sequence;

    /// <summary>Our number of the order replaced; 0 otherwise.</summary>
    public long Replaces;

    /// <summary>Limit price, in a cancel that of the order to be cancelled; 0 for a market order.</summary>
    public long Limit;

    /// <summary>Stop trigger; 0 without one.</summary>
    public long Trigger;

    /// <summary>Total quantity, in a cancel that of the order to be cancelled.</summary>
    public long Quantity;

    /// <summary>The engine's time of the event that released the command, ns UTC.</summary>
    public long ReleasedAtNs;

    /// <summary>
    /// Arrival time, from the feed, of the event that released it: what tick-to-order latency is measured from.
    /// </summary>
    public long CausedAtNs;
}
