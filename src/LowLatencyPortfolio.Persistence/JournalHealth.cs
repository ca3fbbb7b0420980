namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// How well the journal keeps up. Anything but <see cref="Ok"/> halts entries; nothing here ever halts an exit.
/// </summary>
public enum JournalHealth
{
    /// <summary>What is appended is committed within <see cref="JournalOptions.LagLimit"/>.</summary>
    Ok = 0,

    /// <summary>
    /// The oldest change that is not committed has waited longer than <see cref="JournalOptions.LagLimit"/>.
    /// </summary>
    Lagging = 1,

    /// <summary>
    /// <see cref="JournalOptions.MaxQueued"/> changes wait; further events are dropped and counted until there is room.
    /// </summary>
    AtBound = 2,

    /// <summary>
    /// The last commit failed for want of room or of a lock. What is queued is kept and tried again; recovers by
    /// itself.
    /// </summary>
    Failed = 3,

    /// <summary>
    /// Writing failed in a way that a retry could only hide, such as an input/output error. Stays so until a restart.
    /// </summary>
    FailedForGood = 4,
}
