using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>An answer as far as the order path needs it.</summary>
internal struct OrderAnswer
{
    public AnswerKind Kind;

    /// <summary>Why it was refused.</summary>
    public RejectReason Reason;

    /// <summary>The venue's id of an accepted order.</summary>
    public VenueOrderId OrderId;

    /// <summary>The answer tells of another product, side or client id than was asked for.</summary>
    public bool IsOfAnother;

    /// <summary>
    /// It tells of our client id with another product or side: the id is taken, and no order of ours.
    /// </summary>
    public bool IsIdTaken;

    /// <summary>When a limited request may be sent again, as the venue says it; −1 when it does not.</summary>
    public long RetryAfter;
}
