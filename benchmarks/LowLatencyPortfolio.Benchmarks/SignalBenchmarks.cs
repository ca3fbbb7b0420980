using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>One candle close of 200 pairs: every indicator and every vote, and the judgement of each pair.</summary>
[MemoryDiagnoser]
public class SignalBenchmarks
{
    private const int Pairs = 200;
    private const long StepNs = 300_000_000_000;
    private readonly ProductSpec _product = new("BTC-USD", 0.01m, 0.00000001m);
    private readonly PairSignals[] _signals = new PairSignals[Pairs];
    private readonly ConfirmationGenerator _generator;
    private readonly MarketSnapshot _bare = new() { ProductId = "BTC-USD", At = DateTimeOffset.UnixEpoch };
    private Candle _candle;
    private ulong _walk = 1;

    /// <summary>All pairs warmed up.</summary>
    public SignalBenchmarks()
    {
        ConfirmationSettings settings = new();
        _generator = new ConfirmationGenerator(settings, [(_product, new PairConfig { ProductId = "BTC-USD" })]);
        for (int i = 0; i < Pairs; i++)
        {
            _signals[i] = new PairSignals(_product, settings);
        }

        for (int i = 0; i < 100; i++)
        {
            _ = Close();
        }
    }

    /// <summary>Indicators and votes of all pairs.</summary>
    [Benchmark(Baseline = true)]
    public int Close()
    {
        int standing = 0;
        foreach (PairSignals pair in _signals)
        {
            Next();
            pair.OnCandle(in _candle);
            standing += pair.Votes.Standing;
        }

        return standing;
    }

    /// <summary>The same, then a snapshot of each pair with its last 50 candles in decimals, and the judgement.</summary>
    [Benchmark]
    public int CloseAndJudge()
    {
        int entries = 0;
        foreach (PairSignals pair in _signals)
        {
            Next();
            pair.OnCandle(in _candle);
            entries += _generator.Judge("BTC-USD", pair.AddTo(_bare)).ShouldEnter ? 1 : 0;
        }

        return entries;
    }

    private void Next()
    {
        _walk = (_walk * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
        long close = 4_000_000_000_000 + (long)(_walk >> 28);
        _candle = new Candle
        {
            OpenTimeNs = _candle.OpenTimeNs + StepNs, Open = close, High = close + 5_000_000, Low = close - 5_000_000,
            Close = close, Volume = 1_000_000_000, Ticks = 4,
        };
    }
}
