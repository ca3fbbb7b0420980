namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>What the venue itself can do wrong. Faults of the wire (lost answers, resets) are not here.</summary>
public enum VenueFaultKind
{
    /// <summary>
    /// Edit: refused with <see cref="VenueFault.Code"/>, or FIELD_STOPPRICE_NOT_SUPPORTED for stops and
    /// ONLY_LIMIT_ORDER_EDITS_SUPPORTED for others.
    /// </summary>
    EditUnsupported,

    /// <summary>Edit: accepted and queued, then the old terms stay.</summary>
    EditIgnored,

    /// <summary>
    /// Cancel: queued, then the order (or <see cref="VenueFault.Fraction"/> of what is left) fills first.
    /// </summary>
    FillDuringCancel,

    /// <summary>Execution: only <see cref="VenueFault.Fraction"/> of what is left fills.</summary>
    PartialFill,

    /// <summary>End of an order: its hold stays for <see cref="VenueFault.DelayNs"/>.</summary>
    LateHoldRelease,

    /// <summary>Create: accepted with success, then the order becomes FAILED.</summary>
    AcceptedThenFailed,

    /// <summary>Create: refused with UNKNOWN_FAILURE_REASON or <see cref="VenueFault.Code"/>.</summary>
    CreateRefused,

    /// <summary>
    /// Create: a known client order id is refused with DUPLICATE_CLIENT_ORDER_ID, not answered with its order.
    /// </summary>
    DuplicateIdRefused,

    /// <summary>Preview: UNKNOWN_PREVIEW_FAILURE_REASON or <see cref="VenueFault.Code"/> among its errors.</summary>
    PreviewRefused,

    /// <summary>Cancel: refused with COMMANDER_REJECTED_CANCEL_ORDER or <see cref="VenueFault.Code"/>.</summary>
    CancelRefused,

    /// <summary>
    /// Execution: fills what is left and <see cref="VenueFault.Fraction"/> of it more than the order was for, as far as
    /// the account has that.
    /// </summary>
    Overfill,

    /// <summary>
    /// Execution of an order that trades at once or ends (market, IOC): <see cref="VenueFault.Fraction"/> of what is
    /// left does not fill, and the order stays open until somebody cancels it.
    /// </summary>
    ImmediateRests,

    /// <summary>Fill during cancel: that the stop triggered is not told; its status stays STOP_PENDING.</summary>
    TriggerUntold,

    /// <summary>
    /// Create: accepted with <see cref="VenueFault.Fraction"/> of the size that was asked for; not scaled orders.
    /// </summary>
    TermsChanged,
}
