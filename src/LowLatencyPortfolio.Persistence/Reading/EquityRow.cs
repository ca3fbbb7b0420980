using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence;

/// <summary>The row of <c>equity</c>: what equity was measured against when it was last written down.</summary>
/// <param name="Bases">The day's first equity, the highest, the largest fall.</param>
/// <param name="KnownAtNs">Event time at which they were the newest, ns UTC.</param>
public sealed record EquityRow(EquityBases Bases, long KnownAtNs);
