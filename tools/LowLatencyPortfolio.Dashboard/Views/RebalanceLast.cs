using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>What is stored last that a rebalance is about.</summary>
/// <param name="Rows">What was ordered, oldest first; empty where orders are off.</param>
/// <param name="Correlations">What was measured of pairs; null where nothing was.</param>
internal sealed record RebalanceLast(IReadOnlyList<HistoryRow> Rows, CorrelationRows? Correlations);
