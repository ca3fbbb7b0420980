using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>What another thread asks the engine's thread to publish. Prices and quantities are ring units.</summary>
internal struct EngineItem
{
    public EventKind Kind;
    public ControlAction Action;
    public HealthFlag Health;
    public OrderType OrderType;
    public OrderSide Side;
    public ushort Parameter;
    public int Product;
    public int Source;
    public long ReceivedAtNs;
    public long VenueTimeNs;
    public long Price;
    public long Quantity;
    public long TradeKey;

    /// <summary>Completed when the event has passed the stages; null when nobody waits.</summary>
    public TaskCompletionSource? Passed;

    /// <summary>Writes every field of an event that is not a tick.</summary>
    public readonly void WriteTo(ref TradingEvent e)
    {
        e = default;
        e.Kind = Kind;
        e.Count = Parameter;
        e.Product = Product;
        e.ReceivedAtNs = ReceivedAtNs;
        e.VenueTimeNs = VenueTimeNs;
        e.Price = Price;
        e.Quantity = Quantity;
        e.Source = Source;
        e.OrderType = OrderType;
        e.Side = Side;
        switch (Kind)
        {
            case EventKind.Control:
                e.Action = Action;
                break;
            case EventKind.FeedState:
                e.Health = Health;
                break;
            default:
                break;
        }
    }
}
