namespace LowLatencyPortfolio.LatencyLab;

/// <summary>How the crash day is played.</summary>
/// <param name="Speed">Seconds of the market a second.</param>
/// <param name="Minutes">How much of the day, from its first minute on.</param>
/// <param name="LatencyMs">What the venue takes to carry out an order, a cancel or an edit, ms.</param>
/// <param name="Sim">The simulator's program.</param>
internal sealed record NakedOptions(int Speed, int Minutes, int LatencyMs, string Sim);
