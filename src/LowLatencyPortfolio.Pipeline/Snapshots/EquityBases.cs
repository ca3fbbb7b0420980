namespace LowLatencyPortfolio.Pipeline;

/// <summary>What equity is measured against, beside the capital.</summary>
/// <param name="Day">UTC day of <paramref name="DayFirst"/>, days since the Unix epoch.</param>
/// <param name="DayFirst">
/// Equity of the day's first event, quote; 0 before any. The daily loss limit is a share of it.
/// </param>
/// <param name="Highest">Highest equity that was sampled, quote.</param>
/// <param name="MaxDrawdownPct">Largest fall of equity from its highest, percent.</param>
public readonly record struct EquityBases(long Day, decimal DayFirst, decimal Highest, decimal MaxDrawdownPct);
