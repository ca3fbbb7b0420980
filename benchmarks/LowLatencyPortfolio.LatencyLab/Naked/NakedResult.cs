using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What a day at the venue came to.</summary>
/// <param name="CanEdit">Whether the venue let stops be edited.</param>
/// <param name="Ticks">Ticks of the day.</param>
/// <param name="Naked">Times without a working stop.</param>
/// <param name="Entries">Entries that the risk gate let through.</param>
/// <param name="Moves">Stops that were moved.</param>
/// <param name="Counters">What the gateway counted.</param>
/// <param name="Peak">Most order requests in a second.</param>
/// <param name="Took">How long it took.</param>
internal sealed record NakedResult(
    bool CanEdit, long Ticks, Percentiles Naked, long Entries, long Moves, CoinbaseCounters Counters, long Peak,
    TimeSpan Took)
{
    /// <summary>Requests of a kind a second, mean.</summary>
    public double PerSecond(long requests) => requests / Took.TotalSeconds;
}
