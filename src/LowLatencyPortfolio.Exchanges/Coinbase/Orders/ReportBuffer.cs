using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Reports on their way from the gateway's threads to the engine's.</summary>
/// <remarks>
/// Thread: written under the desk's lock, moved out under it too. Allocation: none while fewer wait than ever before.
/// </remarks>
internal sealed class ReportBuffer(int pairs)
{
    private readonly long[] _activity = new long[pairs];
    private TradingEvent[] _events = new TradingEvent[256];
    private volatile int _count;
    private bool _isAsked;

    /// <summary>Whether nothing waits; any thread, without the lock.</summary>
    public bool IsEmpty => _count == 0;

    public ReadOnlySpan<TradingEvent> Waiting => _events.AsSpan(0, _count);

    public void Clear() => _count = 0;

    /// <summary>Marks what is added until the scope ends: found by asking, or told by the venue.</summary>
    public AskedScope Asking(bool isAsked) => new(this, isAsked);

    /// <summary>Changes whenever an order of the pair came to be, traded, ended or got into doubt.</summary>
    public long ActivityOf(int product) => _activity[product];

    /// <summary>Adds a report about an order, complete but for what its kind adds.</summary>
    public ref TradingEvent Add(ReportKind kind, in VenueOrder order, long nowNs)
    {
        bool changesNothing = kind is ReportKind.Rejected or ReportKind.CancelRejected or ReportKind.HandedBack;
        _activity[order.Command.Product] += changesNothing ? 0 : 1;
        ref TradingEvent report = ref Add(EventKind.OrderReport, order.Command.Product, nowNs);
        report.Report = kind;
        report.Count = _isAsked ? TradingEvent.FoundByAsking : (ushort)1;
        report.OrderSequence = order.Sequence;
        report.Price = order.Command.Limit;
        report.Low = order.Command.Trigger;
        report.Quantity = order.Command.Quantity;
        report.CumulativeQuantity = order.Filled;
        report.Side = order.Command.Side;
        report.OrderType = order.Command.Type;
        return ref report;
    }

    /// <summary>Adds a change of health.</summary>
    public void AddHealth(HealthFlag flag, bool isBad, long nowNs, int product = -1)
    {
        ref TradingEvent e = ref Add(EventKind.FeedState, product, nowNs);
        e.Health = flag;
        e.Quantity = isBad ? 1 : 0;
    }

    /// <summary>Adds what halts entries until it is looked into, or that it is over.</summary>
    public void AddHalt(
        HealthFlag flag, bool isBad, HaltCause cause, long nowNs, int product = -1, long sequence = 0)
    {
        ref TradingEvent e = ref Add(EventKind.FeedState, product, nowNs);
        e.Health = flag;
        e.Quantity = isBad ? 1 : 0;
        e.HaltCause = cause;
        e.OrderSequence = sequence;
    }

    /// <summary>Adds how far apart moves of a pair's stop must be.</summary>
    public void AddPace(int product, long paceNs, long nowNs)
    {
        ref TradingEvent e = ref Add(EventKind.FeedState, product, nowNs);
        e.Health = HealthFlag.StopMovesPaced;
        e.Quantity = paceNs;
    }

    /// <summary>Adds what the venue says is free of the quote currency.</summary>
    public void AddBalance(decimal available, long nowNs) =>
        Add(EventKind.Balance, -1, nowNs).FillValue = available;

    /// <summary>
    /// Adds how many coins of a pair there are, ring units, and how many of them our orders can sell.
    /// </summary>
    public void AddCoins(int product, long there, long ours, long nowNs)
    {
        ref TradingEvent e = ref Add(EventKind.Coins, product, nowNs);
        e.Quantity = there;
        e.CumulativeQuantity = ours;
    }

    /// <summary>Adds a change of a product's grid, ring units, or of whether it takes orders.</summary>
    public void AddProduct(int product, bool takesOrders, long priceIncrement, long quantityIncrement, long nowNs)
    {
        ref TradingEvent e = ref Add(EventKind.ProductChanged, product, nowNs);
        e.Count = (ushort)(takesOrders ? 1 : 0);
        e.Price = priceIncrement;
        e.Quantity = quantityIncrement;
    }

    private ref TradingEvent Add(EventKind kind, int product, long nowNs)
    {
        if (_count == _events.Length)
        {
            Array.Resize(ref _events, _count * 2);
        }

        ref TradingEvent e = ref _events[_count++];
        e = default;
        e.Kind = kind;
        e.Count = 1;
        e.Product = product;
        e.ReceivedAtNs = nowNs;
        return ref e;
    }

    /// <summary>A time in which reports are about what the venue was asked.</summary>
    public readonly ref struct AskedScope
    {
        private readonly ReportBuffer _reports;

        public AskedScope(ReportBuffer reports, bool isAsked)
        {
            _reports = reports;
            reports._isAsked = isAsked;
        }

        public void Dispose() => _reports._isAsked = false;
    }
}
