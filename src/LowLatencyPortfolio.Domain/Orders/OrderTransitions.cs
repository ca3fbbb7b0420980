using static LowLatencyPortfolio.Domain.OrderEvent;
using static LowLatencyPortfolio.Domain.OrderState;

namespace LowLatencyPortfolio.Domain;

/// <summary>The life of an order as one table.</summary>
/// <remarks>
/// Thread: any. Allocation: none. Pure. What is not in the table is a contradiction: the state stays,
/// <see cref="Next"/> answers <see cref="None"/>, and the caller counts and journals it. Fills are never a
/// contradiction
/// after the order was sent: money moved. Reports that were merely overtaken by a later one are no contradiction
/// either: the state stays.
/// </remarks>
public static class OrderTransitions
{
    /// <summary>The state that follows.</summary>
    /// <param name="state">Where the order stands; not <see cref="None"/>.</param>
    /// <param name="happened">What happened to it.</param>
    /// <returns>The next state, or <see cref="None"/> for a pair that contradicts itself.</returns>
    public static OrderState Next(OrderState state, OrderEvent happened) => (state, happened) switch
    {
        (Intended, Sent) => Submitted,
        (Intended, Abandon) => Abandoned,
        (Intended, Lost) => Unknown,                        // after a crash: it may have left unjournaled

        (Submitted, Ack) => Working,
        (Submitted, OrderEvent.Triggered) => OrderState.Triggered,     // the ack was overtaken
        (Submitted, PartialFill) => Working,                // fill before ack: real
        (Submitted, CancelSent) => CancelPending,
        (Submitted, OrderEvent.Cancelled) => OrderState.Cancelled,
        (Submitted, OrderEvent.Replaced) => OrderState.Replaced,
        (Submitted, CancelRejected) => Submitted,
        (Submitted, OrderEvent.Rejected) => OrderState.Rejected,
        (Submitted, OrderEvent.Expired) => OrderState.Expired,
        (Submitted, Lost) => Unknown,
        (Submitted, ProvenAbsent) => Abandoned,

        (Working, Ack) => Working,                          // duplicate ack: no-op
        (Working, OrderEvent.Triggered) => OrderState.Triggered,
        (Working, PartialFill) => Working,
        (Working, CancelSent) => CancelPending,
        (Working, OrderEvent.Cancelled) => OrderState.Cancelled,
        (Working, OrderEvent.Replaced) => OrderState.Replaced,
        (Working, CancelRejected) => Working,
        (Working, OrderEvent.Rejected) => OrderState.Rejected,
        (Working, OrderEvent.Expired) => OrderState.Expired,
        (Working, Lost) => Unknown,

        (OrderState.Triggered, Ack) => OrderState.Triggered,
        (OrderState.Triggered, OrderEvent.Triggered) => OrderState.Triggered,
        (OrderState.Triggered, PartialFill) => OrderState.Triggered,
        (OrderState.Triggered, CancelSent) => CancelPending,
        (OrderState.Triggered, OrderEvent.Cancelled) => OrderState.Cancelled,
        (OrderState.Triggered, OrderEvent.Replaced) => OrderState.Replaced,
        (OrderState.Triggered, CancelRejected) => OrderState.Triggered,
        (OrderState.Triggered, OrderEvent.Rejected) => OrderState.Rejected,
        (OrderState.Triggered, OrderEvent.Expired) => OrderState.Expired,
        (OrderState.Triggered, Lost) => Unknown,

        (CancelPending, Ack) => CancelPending,              // the ack of the order itself, overtaken by our cancel
        (CancelPending, OrderEvent.Triggered) => CancelPending,
        (CancelPending, PartialFill) => CancelPending,
        (CancelPending, CancelSent) => CancelPending,
        (CancelPending, OrderEvent.Cancelled) => OrderState.Cancelled,
        (CancelPending, OrderEvent.Replaced) => OrderState.Replaced,
        (CancelPending, CancelRejected) => Working,         // still there, or a fill is on its way: live
        (CancelPending, OrderEvent.Rejected) => OrderState.Rejected,
        (CancelPending, OrderEvent.Expired) => OrderState.Expired,
        (CancelPending, Lost) => Unknown,
        (CancelPending, ProvenAbsent) => Abandoned,         // it never arrived: there was nothing to cancel

        (Unknown, Ack) => Working,
        (Unknown, OrderEvent.Triggered) => OrderState.Triggered,
        (Unknown, PartialFill) => Working,
        (Unknown, CancelSent) => Unknown,                   // asking changes nothing that is known
        (Unknown, OrderEvent.Cancelled) => OrderState.Cancelled,
        (Unknown, OrderEvent.Replaced) => OrderState.Replaced,
        (Unknown, CancelRejected) => Unknown,
        (Unknown, OrderEvent.Rejected) => OrderState.Rejected,
        (Unknown, OrderEvent.Expired) => OrderState.Expired,
        (Unknown, Lost) => Unknown,
        (Unknown, ProvenAbsent) => Abandoned,

        (Filled, Ack or OrderEvent.Triggered or PartialFill or CancelRejected or Lost) => Filled,

        (OrderState.Cancelled, PartialFill) => OrderState.Cancelled,        // fill after cancel: real
        (OrderState.Cancelled, Ack or OrderEvent.Triggered or CancelRejected or Lost) => OrderState.Cancelled,
        (OrderState.Cancelled, OrderEvent.Cancelled or OrderEvent.Replaced) => OrderState.Cancelled,

        (OrderState.Replaced, PartialFill) => OrderState.Replaced,
        (OrderState.Replaced, Ack or OrderEvent.Triggered or CancelRejected or Lost) => OrderState.Replaced,
        (OrderState.Replaced, OrderEvent.Cancelled or OrderEvent.Replaced) => OrderState.Replaced,

        (OrderState.Rejected, PartialFill) => Unknown,      // it was taken after all: the rest may trade, ask
        (OrderState.Rejected, Ack or OrderEvent.Triggered or CancelRejected or Lost) => OrderState.Rejected,
        (OrderState.Rejected, OrderEvent.Rejected or ProvenAbsent) => OrderState.Rejected,

        (OrderState.Expired, PartialFill) => OrderState.Expired,
        (OrderState.Expired, Ack or OrderEvent.Triggered or CancelRejected or Lost) => OrderState.Expired,
        (OrderState.Expired, OrderEvent.Expired) => OrderState.Expired,

        // The request arrived after the venue said it never did. The venue is the truth about orders: it is there.
        (Abandoned, Ack or PartialFill) => Working,
        (Abandoned, OrderEvent.Triggered) => OrderState.Triggered,
        (Abandoned, OrderEvent.Cancelled) => OrderState.Cancelled,
        (Abandoned, OrderEvent.Replaced) => OrderState.Replaced,
        (Abandoned, OrderEvent.Rejected) => OrderState.Rejected,
        (Abandoned, OrderEvent.Expired) => OrderState.Expired,
        (Abandoned, Abandon or CancelRejected or Lost or ProvenAbsent) => Abandoned,

        (not None and not Intended, CompleteFill) => Filled,
        _ => None,
    };

    /// <summary>
    /// Whether the order is over as far as we know; only a late or contradicting report can still change it.
    /// </summary>
    /// <param name="state">Any state.</param>
    /// <returns>True from <see cref="Filled"/> on.</returns>
    public static bool IsFinal(OrderState state) => state >= Filled;

    /// <summary>Whether the order may trade, as far as we know: it counts against the limits.</summary>
    /// <param name="state">Any state.</param>
    /// <returns>True from sent to the end, <see cref="Unknown"/> included.</returns>
    public static bool IsLive(OrderState state) => state is >= Submitted and <= Unknown;

    /// <summary>Whether the venue is known to have the order: a stop in such a state protects.</summary>
    /// <param name="state">Any state.</param>
    /// <returns>
    /// True while it works, is triggered, or was asked to end and has not; not while it is sent or unknown.
    /// </returns>
    public static bool IsAtVenue(OrderState state) =>
        state is Working or OrderState.Triggered or CancelPending;
}
