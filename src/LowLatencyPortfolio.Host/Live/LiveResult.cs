using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Engine.Replay;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>How a live run ended.</summary>
/// <param name="Run">Counters, money, cost, as of a replay.</param>
/// <param name="BegunAt">When the engine had started.</param>
/// <param name="EndedAt">When everything was committed.</param>
/// <param name="EntriesLeft">Scripted entries whose time had not come.</param>
/// <param name="PairsDown">Pairs whose prices could not be relied on when the end came.</param>
/// <param name="Reconnects">How often the feed had to connect again.</param>
/// <param name="FeedError">The feed's last error; null when there was none.</param>
/// <param name="LateFees">Fees that the venue has charged and no fill has told, quote; 0 on paper.</param>
/// <param name="IsLeftInDoubt">Whether something at the venue was still in doubt at the end.</param>
/// <param name="Alarms">What the report says of alarms; nothing without any.</param>
internal sealed record LiveResult(
    ReplayResult Run, DateTimeOffset BegunAt, DateTimeOffset EndedAt, int EntriesLeft, int PairsDown,
    long Reconnects, string? FeedError, decimal LateFees, bool IsLeftInDoubt, IReadOnlyList<string> Alarms)
{
    /// <summary>What the looks at rebalances came to; null where none were made.</summary>
    public RebalanceReadings? Rebalances { get; init; }
}
