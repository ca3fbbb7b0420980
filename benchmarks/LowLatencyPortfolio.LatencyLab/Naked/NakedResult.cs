namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What the sample came to.</summary>
/// <param name="Day">Its last day, on which the market fell.</param>
/// <param name="Whole">All of it, entries included.</param>
internal sealed record NakedResult(NakedSpan Day, NakedSpan Whole);
