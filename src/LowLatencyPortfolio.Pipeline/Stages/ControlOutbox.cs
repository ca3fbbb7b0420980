namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Control events that Dispatch wants in the ring; moved there by whoever may publish, never by waiting.
/// </summary>
/// <remarks>
/// Thread: Dispatch's, and at quiescence the feeder's. Allocation: none. An overflow is an invariant failure.
/// </remarks>
internal sealed class ControlOutbox(int capacity)
{
    private readonly ControlItem[] _items = new ControlItem[capacity];
    private int _head;

    public int Count { get; private set; }

    public void Add(in ControlItem item)
    {
        Invariant.Check(Count < _items.Length, InvariantRule.OutboxOverflow);
        _items[(_head + Count++) % _items.Length] = item;
    }

    /// <summary>The oldest item; only when <see cref="Count"/> is above 0.</summary>
    public ref readonly ControlItem Peek() => ref _items[_head];

    /// <summary>Takes out everything that waits, oldest first.</summary>
    /// <param name="into">Room for the whole capacity.</param>
    /// <returns>How many were taken.</returns>
    public int TakeAll(Span<ControlItem> into)
    {
        int taken = 0;
        while (Count > 0)
        {
            into[taken++] = Peek();
            Remove();
        }

        return taken;
    }

    public int Capacity => _items.Length;

    public void Remove()
    {
        _head = (_head + 1) % _items.Length;
        Count--;
    }
}

/// <summary>One control event to be.</summary>
internal struct ControlItem
{
    public ControlAction Action;
    public ushort Parameter;
    public int Product;
    public long Quantity;
    public long AtNs;
    public long MarketEvent;

    public readonly void WriteTo(ref TradingEvent e)
    {
        e.Kind = EventKind.Control;
        e.Action = Action;
        e.Count = Parameter;
        e.Product = Product;
        e.ReceivedAtNs = AtNs;
        e.VenueTimeNs = 0;
        e.Price = 0;
        e.Quantity = Quantity;
        e.Low = 0;
        e.High = 0;
        e.TradeKey = 0;
        e.OrderSequence = 0;
        e.Source = 0;
        e.MarketEvent = MarketEvent;
    }
}
