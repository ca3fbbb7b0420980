namespace LowLatencyPortfolio.Engine;

/// <summary>What the fused model came to so far.</summary>
/// <param name="LearnedCloses">Closes of which outcomes were learned, those of earlier versions included.</param>
/// <param name="Samples">Outcomes learned, one a pair and close at most.</param>
/// <param name="BaseRate">Share of the outcomes that were rises, the old forgotten, 0 to 1.</param>
/// <param name="Version">Newest version of its parameters; 0 before the first.</param>
/// <remarks>Thread: immutable.</remarks>
public sealed record FusionReadings(long LearnedCloses, long Samples, double BaseRate, long Version);
