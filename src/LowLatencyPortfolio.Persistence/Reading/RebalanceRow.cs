using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>How the newest start rebalances; for readers beside the engine, nothing decides by it.</summary>
/// <param name="Method">Where its targets come from.</param>
/// <param name="Orders">Whether orders follow; else it only recommends.</param>
/// <param name="IntervalMinutes">How often it is looked, minutes of event time, at least 1.</param>
/// <param name="CooldownIntervals">Whole intervals a pair is left alone after it was asked, at least 0.</param>
public sealed record RebalanceRow(RebalanceMethod Method, bool Orders, int IntervalMinutes, int CooldownIntervals);
