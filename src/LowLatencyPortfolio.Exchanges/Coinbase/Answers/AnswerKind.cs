namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What an answer to a request about an order means for the order.</summary>
internal enum AnswerKind
{
    /// <summary>Nobody knows: no answer, an unreadable one, or the venue failed. Never a rejection.</summary>
    Unknown,

    /// <summary>The request never left.</summary>
    NotSent,

    /// <summary>The venue took it: an order is accepted, a cancel or an edit is queued.</summary>
    Accepted,

    /// <summary>The venue did not take it, for a reason of its own.</summary>
    Refused,

    /// <summary>Asked too often; it was not looked at.</summary>
    Limited,

    /// <summary>The key was refused; it was not looked at.</summary>
    NotAuthorized,

    /// <summary>A create: the venue has an order of this client id; it must be looked at.</summary>
    Exists,

    /// <summary>
    /// A cancel or an edit: the order is over, or not where it could be changed; it must be looked at.
    /// </summary>
    NotOpen,

    /// <summary>An edit: the stop was triggered; it cannot be moved any more.</summary>
    Triggered,

    /// <summary>An edit: this product's stops cannot be edited.</summary>
    EditUnsupported,

    /// <summary>An edit: this order was edited as often as the venue allows.</summary>
    TooManyEdits,

    /// <summary>An edit: the order already is what was asked for.</summary>
    Same,
}
