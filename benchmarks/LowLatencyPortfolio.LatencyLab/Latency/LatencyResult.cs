namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What one latency run gave; all ns.</summary>
/// <param name="Latency">Intended start of the tick to order handed over: what a strategy would see.</param>
/// <param name="Service">Actual start to order handed over: without the queueing that a late sender hides.</param>
/// <param name="Lateness">Actual start after intended start: the load generator's own delay.</param>
/// <param name="Hiccups">The longest gap between two looks at the clock while waiting for each tick: what the machine
/// took away.</param>
/// <param name="Window">What the process went through meanwhile.</param>
internal sealed record LatencyResult(
    Percentiles Latency, Percentiles Service, Percentiles Lateness, Percentiles Hiccups, ProcessWatch Window,
    double AchievedRate);
