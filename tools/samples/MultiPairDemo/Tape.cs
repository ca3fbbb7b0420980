using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;

namespace MultiPairDemo;

/// <summary>The bundled sample, minute by minute: real one-minute bars of Coinbase, four prices a bar.</summary>
internal sealed class Tape : IDisposable
{
    private readonly PairSetup[] _pairs;
    private readonly ReplayFeed _feed;
    private MarketTick _next;
    private bool _hasNext;

    public Tape(IEnumerable<(ProductSpec Product, PairConfig Config)> pairs)
    {
        _pairs = PairSetup.Arrange(pairs);
        ReplayCatalog catalog = ReplayCatalog.Scan(
            [Path.Combine(AppContext.BaseDirectory, "ticks")], _pairs.Select(pair => pair.Product));
        _feed = new ReplayFeed(catalog, _pairs);
        _hasNext = _feed.TryRead(out _next);
        Now = Minute(_next);
    }

    /// <summary>The minute that was played last.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>What traded in the next minute, in order; empty at the end.</summary>
    public IReadOnlyList<(string ProductId, decimal Price, decimal Quantity, long VenueTimeNs)> ReadMinute()
    {
        List<(string, decimal, decimal, long)> trades = [];
        if (_hasNext)
        {
            Now = Minute(_next);
        }

        while (_hasNext && Minute(_next) == Now)
        {
            PairSetup pair = _pairs[_next.Product];
            (decimal price, decimal quantity) =
                (pair.Product.PriceOf(_next.Price), pair.Product.QuantityOf(_next.Quantity));
            trades.Add((pair.ProductId, price, quantity, _next.TimeNs));
            _hasNext = _feed.TryRead(out _next);
        }

        return trades;
    }

    public void Dispose() => _feed.Dispose();

    private static DateTimeOffset Minute(in MarketTick tick)
    {
        const long NsPerMinute = 60_000_000_000;
        return DateTimeOffset.UnixEpoch.AddMinutes(tick.TimeNs / NsPerMinute);
    }
}
