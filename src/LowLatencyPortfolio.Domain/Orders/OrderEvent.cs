namespace LowLatencyPortfolio.Domain;

/// <summary>What can happen to an order.</summary>
public enum OrderEvent : byte
{
    /// <summary>The request left for the venue.</summary>
    Sent = 1,

    /// <summary>Given up before it was sent: the intent failed, or the second review refused it.</summary>
    Abandon = 2,

    /// <summary>The venue took it.</summary>
    Ack = 3,

    /// <summary>The stop's trigger was reached.</summary>
    Triggered = 4,

    /// <summary>A part traded; some remains.</summary>
    PartialFill = 5,

    /// <summary>The last of it traded.</summary>
    CompleteFill = 6,

    /// <summary>We asked to cancel or replace it.</summary>
    CancelSent = 7,

    /// <summary>It is cancelled.</summary>
    Cancelled = 8,

    /// <summary>Another order took its place.</summary>
    Replaced = 9,

    /// <summary>The cancel or replace was refused.</summary>
    CancelRejected = 10,

    /// <summary>The venue did not take it.</summary>
    Rejected = 11,

    /// <summary>The venue ended it.</summary>
    Expired = 12,

    /// <summary>A request about it ended without an answer we can read.</summary>
    Lost = 13,

    /// <summary>The venue was asked and does not know it.</summary>
    ProvenAbsent = 14,
}
