namespace LowLatencyPortfolio.Pipeline;

/// <summary>How far the closing of a pair is.</summary>
public enum ExitProgress : byte
{
    /// <summary>The venue acknowledged the exit order.</summary>
    Acknowledged = 1,

    /// <summary>The venue, or the risk gate before it, refused an exit order; it is tried again.</summary>
    Failed = 2,

    /// <summary>Nothing, or only dust, is held and nothing of the pair works any more.</summary>
    Flat = 3,
}
