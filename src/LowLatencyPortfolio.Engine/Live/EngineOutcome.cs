using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>What a live engine came to, read after its end.</summary>
/// <param name="Hash">Hash over every decision and every fill since the database was made.</param>
/// <param name="Counters">What was counted.</param>
/// <param name="Metrics">The portfolio at the newest prices.</param>
/// <param name="Pairs">The pairs by index.</param>
/// <param name="AllocatedBytes">Bytes that the stages' threads allocated after warm-up.</param>
public sealed record EngineOutcome(
    StateHash Hash, EngineCounters Counters, PortfolioMetrics Metrics, IReadOnlyList<PairReading> Pairs,
    long AllocatedBytes);
