using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>
/// What the candle consumer adds to a tick of the pipeline: the same ticks of 200 pairs, all on the caller's thread,
/// with nobody following the market and with candles of five minutes.
/// </summary>
[MemoryDiagnoser]
public class ObserverBenchmarks
{
    private const int Pairs = 200;
    private const int Ticks = 500_000;
    private const int TicksBetweenPolls = 64;
    private const long StepNs = 500_000;
    private const long Price = 10_000_000_000;
    private TradingPipeline _plain = null!;
    private TradingPipeline _observed = null!;
    private RoundQueue _queue = null!;
    private CandleConsumer _candles = null!;
    private long _nowNs = 1_700_000_000L * EventTime.Second;

    /// <summary>Makes both pipelines.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _queue = new RoundQueue(Pairs, capacity: 4);
        _candles = new CandleConsumer(Pairs, candleSeconds: 300, delayNs: 0, _queue);
        _plain = Make(null);
        _observed = Make(_candles);
    }

    /// <summary>Nobody follows the market.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Ticks)]
    public long TicksAlone() => Play(_plain);

    /// <summary>Candles are built and handed over at each close.</summary>
    [Benchmark(OperationsPerInvoke = Ticks)]
    public long TicksWithCandles() => Play(_observed);

    /// <summary>The consumer's own part, without the pipeline.</summary>
    [Benchmark(OperationsPerInvoke = Ticks)]
    public long CandlesAlone()
    {
        TradingEvent e = new() { Kind = EventKind.Tick, Count = 1, Quantity = 1 };
        for (int i = 0; i < Ticks; i++)
        {
            _nowNs += StepNs;
            e.Product = i % Pairs;
            e.ReceivedAtNs = _nowNs;
            e.VenueTimeNs = _nowNs;
            e.Price = Price + (i & 0xFFFF);
            _candles.OnTick(in e, e.Price, e.Price);
        }

        return _candles.LostCandles;
    }

    private static TradingPipeline Make(IMarketObserver? observer)
    {
        NoJournal sink = new();
        TradingPipeline pipeline = new(
            new PipelineOptions(), new PortfolioConfig(),
            PairSetup.Arrange(Enumerable.Range(0, Pairs).Select(i => (
                new ProductSpec($"P{i:000}-USD", 0.01m, 0.0001m), new PairConfig { ProductId = $"P{i:000}-USD" }))),
            new NoOrders(), sink, observer: observer);
        pipeline.Start();
        return pipeline;
    }

    private long Play(TradingPipeline pipeline)
    {
        for (int i = 0; i < Ticks; i++)
        {
            _nowNs += StepNs;
            pipeline.PublishTick(i % Pairs, _nowNs, _nowNs, Price + (i & 0xFFFF), 1, 0);
            if (i % TicksBetweenPolls == 0)
            {
                _ = pipeline.RunInline();
            }
        }

        TradingEvent timer = new() { Kind = EventKind.Timer, Count = 1, Product = -1, ReceivedAtNs = _nowNs };
        pipeline.Publish(in timer);
        _ = pipeline.RunInline();
        while (_queue.TryPeek(out _))
        {
            _queue.Release();
        }

        return pipeline.Handled;
    }

    private sealed class NoOrders : IOrderSink
    {
        public void Submit(in OrderCommand command)
        {
        }
    }
}
