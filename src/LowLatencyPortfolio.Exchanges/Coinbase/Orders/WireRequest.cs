using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>A request that may leave now: all a worker needs to render it.</summary>
internal struct WireRequest
{
    public WireAction Action;
    public RequestPriority Priority;

    /// <summary>The order: placed, cancelled, or, for an edit, as it is to be.</summary>
    public OrderCommand Order;

    /// <summary>The start that made the order.</summary>
    public long Epoch;

    /// <summary>Cancel and edit: the venue's order.</summary>
    public VenueOrderId Target;

    /// <summary>A cancel: all orders it asks for; null or a single one means <see cref="Target"/> alone.</summary>
    public CancelBatch? Batch;

    /// <summary>Size to ask for, ring units; in an edit the total, what was sold included.</summary>
    public long Quantity;
}
