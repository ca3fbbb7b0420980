namespace LowLatencyPortfolio.Persistence;

/// <summary>How a <see cref="StateJournal"/> is opened and how it writes.</summary>
public sealed record JournalOptions
{
    /// <summary>
    /// Changes that may wait for a commit, at least 1. At the bound whole events are dropped, counted and recorded as a
    /// gap.
    /// </summary>
    public int MaxQueued { get; init; } = 1_000_000;

    /// <summary>Rows after which a transaction ends at the next end of an event, at least 1.</summary>
    public int BatchRows { get; init; } = 1_000;

    /// <summary>Age after which a transaction that is being filled ends at the next end of an event.</summary>
    public TimeSpan BatchAge { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Pause between two attempts to commit after the disk was full or the database locked.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Wait of the oldest uncommitted change beyond which <see cref="StateJournal.Health"/> is
    /// <see cref="JournalHealth.Lagging"/>.
    /// </summary>
    public TimeSpan LagLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long <see cref="StateJournal.Complete"/> goes on retrying a failing disk before it gives up what is queued.
    /// </summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Engine id of a database that is created: 1 to 32 lower-case letters and digits. Null draws eight random base-32
    /// characters; a replay passes one derived from its input, so that repeats write identical rows. An existing
    /// database keeps its own.
    /// </summary>
    public string? EngineId { get; init; }

    /// <summary>
    /// Whether a database may be given another total capital than it was made with; the change is journaled.
    /// </summary>
    public bool Recapitalize { get; init; }

    /// <summary>
    /// Fee rate a new order is assumed to pay, fraction, at least 0; stored beside the limits, so that a reader reckons
    /// reservations as the engine does.
    /// </summary>
    public decimal TakerFee { get; init; } = 0.012m;

    /// <summary>How this start rebalances, stored for readers; null leaves what the start before stored.</summary>
    public RebalanceRow? Rebalance { get; init; }

    /// <summary>
    /// Whether a live start leaves the limits that readers are shown as the start before stored them; for a start that
    /// only gives an instruction.
    /// </summary>
    public bool KeepsLimits { get; init; }

    /// <summary>
    /// Whether measured groups and correlations of an earlier start stay; false where nobody measures any more.
    /// </summary>
    public bool KeepsMeasuredGroups { get; init; } = true;

    /// <summary>
    /// Largest file, bytes, whose structure is checked when it is opened; the check reads the whole file.
    /// </summary>
    public long CheckUpToBytes { get; init; } = 64L * 1024 * 1024;
}
