using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>How the newest start rebalances; for readers beside the engine, nothing decides by it.</summary>
/// <param name="Strategy">Where its targets come from, and how far off a position is left alone.</param>
/// <param name="Orders">Whether orders follow; else it only recommends.</param>
/// <param name="IntervalMinutes">How often it is looked, minutes of event time, at least 1.</param>
/// <param name="CooldownIntervals">Whole intervals a pair is left alone after it was asked, at least 0.</param>
public sealed record RebalanceRow(
    RebalanceStrategy Strategy, bool Orders, int IntervalMinutes, int CooldownIntervals)
{
    /// <summary>
    /// False where an older program wrote the database and stored only the method: what else
    /// <see cref="Strategy"/> says is the default then.
    /// </summary>
    public bool HasStrategy { get; init; } = true;
}
