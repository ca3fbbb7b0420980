namespace LowLatencyPortfolio.Engine;

/// <summary>What went wrong with the signals of one pair.</summary>
/// <param name="ProductId">The pair's product.</param>
/// <param name="Failed">Times the generator threw, or answered about another pair.</param>
/// <param name="Late">Times it did not answer within the deadline.</param>
/// <param name="LastReason">What it said last, one line.</param>
public sealed record PairSignalFaults(string ProductId, long Failed, long Late, string LastReason);
