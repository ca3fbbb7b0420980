namespace LowLatencyPortfolio.Crash.Tests.Points;

/// <summary>What goes on when the process dies.</summary>
internal enum CrashScenario
{
    /// <summary>A database is being made.</summary>
    Creation,

    /// <summary>A limit order is bought with.</summary>
    Entry,

    /// <summary>It has traded.</summary>
    Fill,

    /// <summary>It has traded; while nobody runs, the price falls through the stop.</summary>
    FillAndFall,

    /// <summary>A part of it has traded that is too small for a stop.</summary>
    SmallFill,

    /// <summary>The stop is moved up by cancelling it and placing another.</summary>
    Replacement,

    /// <summary>As <see cref="Replacement"/>, and a part is sold while it is cancelled.</summary>
    ReplacementOfRest,

    /// <summary>As <see cref="Replacement"/>, and the cancel is carried out after the next start has looked.</summary>
    LateCancel,

    /// <summary>The stop is moved up by an edit.</summary>
    Edit,

    /// <summary>It was moved up by an edit in a life before, and is again.</summary>
    EditAgain,

    /// <summary>A rebalance sells a part: the stop is made smaller, then the part is sold.</summary>
    Reduction,

    /// <summary>The same where the venue edits no stops.</summary>
    ReductionByCancel,

    /// <summary>The same, and the venue takes a part of the part.</summary>
    ReductionInPart,

    /// <summary>The loss limit sells everything, and the venue takes a part.</summary>
    Liquidation,

    /// <summary>It is told to stop while it holds a position.</summary>
    Stop,

    /// <summary>The start after a crash that a fill was lost in.</summary>
    Recovery,
}
