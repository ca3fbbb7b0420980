using System.Diagnostics;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Coinbase's reader, the pipeline and the order templates on one thread (<see cref="Topology.Inline"/>), with one held
/// pair whose stop every ticker moves.
/// </summary>
/// <remarks>Thread: one. Allocation: none a ticker.</remarks>
internal sealed class WireEngine : IMarketSink, IDisposable
{
    private const string Product = "BTC-USD";

    private readonly PairSetup[] _pairs = PairSetup.Arrange(
    [
        (new ProductSpec(Product, 0.01m, 0.00000001m, 0.00000001m, 1m),
            new PairConfig { ProductId = Product, PositionSizePct = 2m, TrailPct = 0.05m, MinRatchet = 0m }),
    ]);

    private readonly IntentSink _intents = new();
    private readonly WireOrderSink _orders;
    private readonly TradingPipeline _pipeline;
    private readonly FeedReader _reader;
    private readonly long _startedNs = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private long _second;

    public WireEngine(RawLine line)
    {
        _orders = new WireOrderSink(line, _pairs);
        _pipeline = new TradingPipeline(
            new PipelineOptions { Topology = Topology.Inline }, LabPortfolio.Config(pairs: 1), _pairs, _orders,
            _intents);
        ProductTable products = new(_pairs);
        // Nothing beats on the raw port: the time without a heartbeat is as long as any run.
        CoinbaseFeedOptions options = new() { TickerPrices = true, HeartbeatTimeout = TimeSpan.FromDays(1) };
        _reader = new FeedReader(options, products, new ProductHealth(products, this), this, new FeedCounters());
        _pipeline.Start();
    }

    public WireOrderSink Orders => _orders;

    /// <summary>When the last tick was in the ring, clock ns.</summary>
    public long PublishedAt { get; private set; }

    /// <summary>
    /// Opens the position at the price of a first ticker, and rests its stop; then orders go to the socket.
    /// </summary>
    /// <exception cref="InvalidOperationException">The entry was refused.</exception>
    public void Open(ReadOnlySpan<byte> firstTicker)
    {
        _reader.Begin();
        _reader.Open();
        long price = TakeFirst(firstTicker);
        TradingEvent entry = new()
        {
            Kind = EventKind.EntryCommand, Count = 1, ReceivedAtNs = NowNs(), Price = price,
            OrderType = OrderType.Limit, Side = OrderSide.Buy,
        };
        Handle(in entry);
        if (_intents.Intent == 0)
        {
            throw new InvalidOperationException("the entry of the measured pair was refused");
        }

        TradingEvent durable = new()
        {
            Kind = EventKind.IntentDurable, Count = 1, ReceivedAtNs = NowNs(), OrderSequence = _intents.Intent,
        };
        Handle(in durable);
        Settle();
        _orders.IsOnWire = true;
    }

    /// <summary>Takes a message as the feed's thread does; its order is written when this returns.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        FeedEnd end = _reader.Take(message);
        if (end != FeedEnd.None)
        {
            throw new InvalidOperationException($"the feed would give the connection up: {end}");
        }
    }

    /// <summary>Between two ticks: what the venue reported of the orders, and once a second the timer.</summary>
    public void Settle()
    {
        while (_orders.TryTakeReport(out TradingEvent report))
        {
            Handle(in report);
        }

        long second = NowNs() / EventTime.Second;
        if (second != _second)
        {
            _second = second;
            TradingEvent timer = new()
            {
                Kind = EventKind.Timer, Count = 1, Product = -1, ReceivedAtNs = second * EventTime.Second,
            };
            Handle(in timer);
        }
    }

    public void OnTick(in MarketTick tick)
    {
        _pipeline.PublishTick(tick.Product, NowNs(), tick.TimeNs, tick.Price, tick.Quantity, tick.TradeKey);
        PublishedAt = Stopwatch.GetTimestamp();
        _ = _pipeline.RunInline();
    }

    // One pair and one connection: what is bad is told by Take.
    public void OnFeedState(int product, HealthFlag flag, bool isBad)
    {
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _orders.Dispose();
    }

    // Tickers are handed on from the first trade of a connection on; the raw port has none, so one is made of a ticker.
    private long TakeFirst(ReadOnlySpan<byte> ticker)
    {
        FeedFrame frame = new(_pairs.Length);
        new AdvancedTradeParser(new ProductTable(_pairs)).Parse(ticker, frame);
        if (frame.Trades.Length != 1 || frame.Fault != FrameFault.None)
        {
            throw new InvalidOperationException($"the raw port sent no ticker of {Product}: {frame.Fault}");
        }

        long price = frame.Trades[0].Price;
        decimal quote = price / (decimal)_pairs[0].Product.PriceScale;
        Take(Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $$"""
            {"channel":"market_trades","timestamp":"2026-08-09T21:00:00.000000Z","sequence_num":{{frame.Sequence}},
            "events":[{"type":"update","trades":[{"product_id":"{{Product}}","trade_id":"1","price":"{{quote}}",
            "size":"0.5","time":"2026-08-09T21:00:00.000000Z","side":"BUY"}]}]}
            """)));
        return price;
    }

    private void Handle(in TradingEvent e)
    {
        _pipeline.Publish(in e);
        _ = _pipeline.RunInline();
        while (_pipeline.DrainOutbox() > 0)
        {
            _ = _pipeline.RunInline();
        }
    }

    private long NowNs() => _startedNs + (Stopwatch.GetTimestamp() - _startedAt);
}
