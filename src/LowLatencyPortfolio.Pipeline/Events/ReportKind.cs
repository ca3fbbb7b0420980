namespace LowLatencyPortfolio.Pipeline;

/// <summary>What the venue says of an order.</summary>
/// <remarks>
/// A report always names the order's sequence, product, side, type, limit (<c>Price</c>; the fill price in a fill),
/// trigger (<c>Low</c>), total quantity (<c>Quantity</c>) and cumulative filled quantity, so that it can be understood
/// without an earlier one.
/// </remarks>
public enum ReportKind : byte
{
    /// <summary>Not a report.</summary>
    None = 0,

    /// <summary>The venue took the order; it works.</summary>
    Ack = 1,

    /// <summary>A stop's trigger was reached; the order now works as a limit order.</summary>
    Triggered = 2,

    /// <summary>Part or all of the order traded; the growth of the cumulative quantity is this fill.</summary>
    Fill = 3,

    /// <summary>The order now works in place of <c>RelatedSequence</c>, which is gone.</summary>
    Replaced = 4,

    /// <summary>
    /// The order is gone before it was filled completely, because we asked, or, with <see
    /// cref="RejectReason.CancelledByOther"/>, because somebody else did.
    /// </summary>
    Cancelled = 5,

    /// <summary>The order could not be cancelled; it stays as it is, or is already done.</summary>
    CancelRejected = 6,

    /// <summary>The order was not taken; see <see cref="RejectReason"/>. It never worked.</summary>
    Rejected = 7,

    /// <summary>The venue ended the order by itself.</summary>
    Expired = 8,

    /// <summary>Nobody knows what became of a request; the order counts fully against every limit.</summary>
    Unknown = 9,

    /// <summary>An unknown order was proven absent; it never worked.</summary>
    ProvenAbsent = 10,

    /// <summary>
    /// An order of an earlier start that no row knew arrived at the venue after this start had looked: it counts from
    /// now on; a buy is being cancelled. <c>RelatedSequence</c> is the start that named it.
    /// </summary>
    TakenOver = 11,

    /// <summary>
    /// An order that was to take the place of <c>RelatedSequence</c> was never sent: it waited so long for its turn
    /// that its level may not be the newest. The other one stays as it is, and the engine decides anew at once.
    /// </summary>
    HandedBack = 12,
}
