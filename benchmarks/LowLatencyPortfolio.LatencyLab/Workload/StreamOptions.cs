namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What to record.</summary>
/// <param name="Ticks">Number of measured ticks.</param>
/// <param name="Pairs">Number of pairs, all of them held.</param>
/// <param name="Seed">Of the random walk.</param>
/// <param name="WakePct">Share of ticks that are to move a stop, percent; what came of it is measured.</param>
/// <param name="StepNs">Event time between two ticks, ns.</param>
internal sealed record StreamOptions(int Ticks, int Pairs, int Seed, double WakePct, uint StepNs);
