namespace LowLatencyPortfolio.Pipeline;

/// <summary>How far the sell of a part of a position has come.</summary>
internal enum ReductionStep : byte
{
    /// <summary>None is under way.</summary>
    None = 0,

    /// <summary>Asked for by the event that is being decided; no later event sees it.</summary>
    Wanted = 1,

    /// <summary>The stop is being made smaller; nothing is sold yet.</summary>
    Shrinking = 2,

    /// <summary>The sell was decided and has not ended.</summary>
    Selling = 3,
}
