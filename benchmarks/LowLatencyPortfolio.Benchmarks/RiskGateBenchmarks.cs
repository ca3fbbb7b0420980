using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>The pure review: all checks of an entry that is allowed, and the three of an exit.</summary>
[MemoryDiagnoser]
public class RiskGateBenchmarks
{
    private readonly EntryFacts _entry = new()
    {
        Mode = TradingMode.Trading,
        PairEnabled = true,
        ProductTradable = true,
        ProductAllowed = true,
        Reconciled = true,
        HasPrice = true,
        MaxPriceAgeNs = 30_000_000_000,
        LimitPrice = 43_200m,
        LastPrice = 43_251.07m,
        EntryCollarPct = 2m,
        MaxEntriesPerHour = 3,
        StopPlaceable = true,
        Quantity = 0.0462m,
        MinQuantity = 0.0001m,
        Notional = 1_995.84m,
        MinNotional = 1m,
        OnIncrement = true,
        TotalCapital = 100_000m,
        ExposureAfter = 1_995.84m,
        MaxPositionSizePct = 5m,
        OpensPosition = true,
        PositionCount = 4,
        MaxPositions = 10,
        GroupExposureAfter = 9_000m,
        MaxCorrelatedExposurePct = 20m,
        Available = 60_000m,
        TakerFee = 0.012m,
        OrderBudget = true,
    };

    private readonly ExitFacts _exit = new() { OrderBudget = true, Quantity = 462_0000, Held = 462_0000 };

    [GlobalSetup]
    public void Check()
    {
        if (ReviewEntry() != RiskVerdict.Approved || ReviewExit() != RiskVerdict.Approved)
        {
            throw new InvalidOperationException($"meant to be approved: entry {ReviewEntry()}, exit {ReviewExit()}");
        }
    }

    [Benchmark]
    public RiskVerdict ReviewEntry() => RiskGate.ReviewEntry(in _entry);

    [Benchmark]
    public RiskVerdict ReviewExit() => RiskGate.ReviewExit(in _exit);
}
