namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The venue's word for where an order stands.</summary>
/// <remarks>Source: Advanced Trade, order status.</remarks>
public enum VenueStatus
{
    /// <summary>A word that is not known, or none: nothing follows from it.</summary>
    None = 0,

    /// <summary>Accepted, not live yet: PENDING, QUEUED.</summary>
    Pending = 1,

    /// <summary>Live: OPEN, and while a cancel or an edit is queued.</summary>
    Open = 2,

    /// <summary>Live, an edit is queued: EDIT_QUEUED.</summary>
    EditQueued = 3,

    /// <summary>Traded completely: FILLED.</summary>
    Filled = 4,

    /// <summary>Cancelled, perhaps after a part traded: CANCELLED.</summary>
    Cancelled = 5,

    /// <summary>Ended by its time in force: EXPIRED.</summary>
    Expired = 6,

    /// <summary>Not carried out: FAILED.</summary>
    Failed = 7,
}
