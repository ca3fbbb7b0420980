using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What a pipeline begins with after an engine that was not stopped in order.</summary>
/// <remarks>
/// Positions and fills as the journal has them, orders as the journal and the venue have them together; what the venue
/// filled since comes as reports.
/// </remarks>
public sealed record StoredPortfolio
{
    /// <summary>Trading mode.</summary>
    public TradingMode Mode { get; init; }

    /// <summary>
    /// The emergency loss limit was reached, and nobody has resumed since: it does not fire again before that.
    /// </summary>
    public bool HasTripped { get; init; }

    /// <summary>What the loss breaker measures against, quote, above 0.</summary>
    public required decimal BreakerBase { get; init; }

    /// <summary>
    /// What equity was measured against when it was last written down; all 0 where nothing says it, and the day and the
    /// drawdown begin anew.
    /// </summary>
    public EquityBases Bases { get; init; }

    /// <summary>Time of the newest thing that was written down, ns UTC.</summary>
    public required long AtNs { get; init; }

    /// <summary>Highest number of an order ever given.</summary>
    public required long LastOrderSequence { get; init; }

    /// <summary>Highest number of a position ever given.</summary>
    public required long LastPositionId { get; init; }

    /// <summary>At most one a pair.</summary>
    public required IReadOnlyList<StoredPosition> Positions { get; init; }

    /// <summary>Those that may still trade, and finished ones that may still be told of a late fill.</summary>
    public required IReadOnlyList<StoredOrder> Orders { get; init; }

    /// <summary>
    /// Pairs by index of which coins are missing without an explanation: they take no entry until the venue shows them.
    /// </summary>
    public IReadOnlyList<int> CoinsInDoubt { get; init; } = [];

    /// <summary>
    /// By index of the pair: coins of its position that orders of others hold, ring units above 0. No stop covers them
    /// and no exit sells them before the venue shows them free.
    /// </summary>
    public IReadOnlyDictionary<int, long> ContestedCoins { get; init; } = new Dictionary<int, long>();

    /// <summary>
    /// By pair: index of the pair that its measured group is named after; empty where none was written down.
    /// </summary>
    public IReadOnlyList<int> MeasuredGroups { get; init; } = [];
}
