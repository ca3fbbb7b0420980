using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>One tick of a held pair through the four stages, on the caller's thread.</summary>
[MemoryDiagnoser]
public class TickBenchmarks
{
    private readonly HeldPair _pair = new(new NoJournal());
    private long _base;

    /// <summary>Between the wake levels: nothing to decide.</summary>
    [Benchmark(Baseline = true)]
    public void NoWake()
    {
        _base = _base == 0 ? _pair.Price : _base;
        // One increment down and up again, below the highest.
        _pair.Tick(_pair.Price == _base ? _base - _pair.PriceStep : _base);
    }

    /// <summary>
    /// A new high that moves the stop: the tick, the order, and the venue's word that it replaced the old one.
    /// </summary>
    [Benchmark]
    public void Ratchet()
    {
        _pair.Tick(_pair.Price + (2 * _pair.PriceStep));
        _pair.Answer(ReportKind.Replaced);
    }

    /// <summary>
    /// The trigger is reached, the venue fills the stop, and the pair is bought again: a whole round trip.
    /// </summary>
    [Benchmark]
    public void StopHitAndNewEntry()
    {
        long above = _pair.Price;
        _pair.Tick(above - (above / 16));
        _pair.Answer(ReportKind.Triggered);
        _pair.Answer(ReportKind.Fill);
        _pair.Tick(above);
        _pair.Open();
    }
}
