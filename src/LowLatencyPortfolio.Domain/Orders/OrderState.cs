namespace LowLatencyPortfolio.Domain;

/// <summary>Where one of our orders stands.</summary>
/// <remarks>The number of each value is stored; never renumber.</remarks>
public enum OrderState : byte
{
    /// <summary>No order.</summary>
    None = 0,

    /// <summary>Decided; its intent waits for the disk. Nothing was sent.</summary>
    Intended = 1,

    /// <summary>Sent; the venue has not answered.</summary>
    Submitted = 2,

    /// <summary>The venue took it; nothing or a part traded.</summary>
    Working = 3,

    /// <summary>A stop whose trigger was reached; it works as a limit order.</summary>
    Triggered = 4,

    /// <summary>We asked to cancel or replace it; it may still trade.</summary>
    CancelPending = 5,

    /// <summary>Nobody knows; counts fully against every limit until it is resolved by asking the venue.</summary>
    Unknown = 6,

    /// <summary>Traded completely. Final.</summary>
    Filled = 10,

    /// <summary>Cancelled on our request, perhaps after a part traded. Final but for late fills.</summary>
    Cancelled = 11,

    /// <summary>Another order took its place. Final but for late fills.</summary>
    Replaced = 12,

    /// <summary>The venue did not take it. Final, unless a fill contradicts it.</summary>
    Rejected = 13,

    /// <summary>The venue ended it by itself. Final but for late fills.</summary>
    Expired = 14,

    /// <summary>
    /// Given up before it was sent, or proven never to have arrived. Final, unless a report contradicts the proof.
    /// </summary>
    Abandoned = 15,
}
