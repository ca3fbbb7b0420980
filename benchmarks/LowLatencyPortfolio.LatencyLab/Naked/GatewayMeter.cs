using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Stands between engine and gateway and measures how long positions are without a stop that works: from the report
/// after which none did, to the one after which one does or nothing is held.
/// </summary>
/// <param name="inner">The gateway.</param>
/// <param name="pairs">How many pairs there are.</param>
internal sealed class GatewayMeter(CoinbaseGateway inner, int pairs) : IOrderGateway, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Order> _orders = [];
    private readonly List<long> _nakedNs = [];
    private readonly Position[] _positions = [.. Enumerable.Range(0, pairs).Select(_ => new Position())];
    private int _seen;

    public CoinbaseGateway Gateway => inner;

    public Action? Wake
    {
        get => inner.Wake;
        set => inner.Wake = value;
    }

    public long NextDueNs => inner.NextDueNs;

    public ReadOnlySpan<TradingEvent> Reports => inner.Reports;

    public bool IsInDoubt => inner.IsInDoubt;

    /// <summary>The times that have ended, ns.</summary>
    public long[] NakedNs()
    {
        lock (_lock)
        {
            return [.. _nakedNs];
        }
    }

    public void Identify(string engineId, long epoch) => inner.Identify(engineId, epoch);

    public void Submit(in OrderCommand command)
    {
        if (command.Kind != OrderCommandKind.Cancel)
        {
            lock (_lock)
            {
                _orders[command.Sequence] =
                    new Order(command.Product, command.Purpose == OrderPurpose.Stop, command.Side == OrderSide.Sell);
            }
        }

        inner.Submit(in command);
    }

    public bool Poll(long nowNs)
    {
        bool any = inner.Poll(nowNs);
        lock (_lock)
        {
            for (; _seen < inner.Reports.Length; _seen++)
            {
                Take(in inner.Reports[_seen]);
            }
        }

        return any;
    }

    public void OnTick(in MarketTick tick) => inner.OnTick(in tick);

    public void ClearReports()
    {
        inner.ClearReports();
        _seen = 0;
    }

    public void Save(CheckpointWriter writer) => inner.Save(writer);

    public void Restore(CheckpointReader reader) => inner.Restore(reader);

    public void Dispose() => inner.Dispose();

    private void Take(in TradingEvent e)
    {
        if (e.Kind != EventKind.OrderReport || !_orders.TryGetValue(e.OrderSequence, out Order? order))
        {
            return;
        }

        Position position = _positions[order.Product];
        switch (e.Report)
        {
            case ReportKind.Ack or ReportKind.Replaced when order.IsStop:
                _ = position.Stops.Add(e.OrderSequence);
                _ = position.Stops.Remove(e.RelatedSequence);
                break;
            case ReportKind.Fill:
                long grown = e.CumulativeQuantity - order.Filled;
                order.Filled = e.CumulativeQuantity;
                position.Held += order.IsSell ? -grown : grown;
                break;
            case ReportKind.Cancelled or ReportKind.Rejected or ReportKind.Expired or ReportKind.ProvenAbsent:
                _ = position.Stops.Remove(e.OrderSequence);
                break;
            default:
                break;
        }

        if (position.Held == 0)
        {
            position.Stops.Clear();     // the last one was filled
        }

        bool isNaked = position.Held > 0 && position.Stops.Count == 0;
        if (!isNaked && position.NakedSinceNs != 0)
        {
            _nakedNs.Add(e.ReceivedAtNs - position.NakedSinceNs);
        }

        position.NakedSinceNs = !isNaked ? 0 : position.NakedSinceNs == 0 ? e.ReceivedAtNs : position.NakedSinceNs;
    }

    private sealed record Order(int Product, bool IsStop, bool IsSell)
    {
        public long Filled { get; set; }
    }

    private sealed class Position
    {
        public HashSet<long> Stops { get; } = [];

        public long Held { get; set; }

        public long NakedSinceNs { get; set; }
    }
}
