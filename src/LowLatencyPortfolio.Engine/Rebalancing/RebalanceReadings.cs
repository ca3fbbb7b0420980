namespace LowLatencyPortfolio.Engine;

/// <summary>What a live engine's looks at rebalances came to since its start.</summary>
/// <param name="Looks">Ends of intervals that were looked at.</param>
/// <param name="Ordered">Increases and reductions that they asked for, whatever was said of them.</param>
/// <param name="Failed">Looks that threw; nothing was ordered by them, and the next interval is looked at.</param>
/// <param name="LastFailure">What the last of those threw, one line; null where none did.</param>
/// <remarks>Thread: immutable.</remarks>
public sealed record RebalanceReadings(long Looks, long Ordered, long Failed, string? LastFailure);
