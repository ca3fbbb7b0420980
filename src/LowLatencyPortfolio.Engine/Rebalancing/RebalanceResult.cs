using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine;

/// <summary>One recommendation of a rebalance, and what became of it.</summary>
/// <param name="Action">What was recommended.</param>
/// <param name="Verdict">
/// <see cref="RiskVerdict.None"/> when nothing was asked to be ordered; <see cref="RiskVerdict.Approved"/> when the
/// entry was sent, or the stop of what is to be sold is being made smaller; else the limit that refused it.
/// </param>
/// <param name="OrderId">Of the entry, or of the smaller stop; null when there is none.</param>
public readonly record struct RebalanceResult(RebalanceAction Action, RiskVerdict Verdict, string? OrderId);
