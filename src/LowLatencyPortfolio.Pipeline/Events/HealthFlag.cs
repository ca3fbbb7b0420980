namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// What a <see cref="EventKind.FeedState"/> event reports as bad (flag set) or good again (flag cleared).
/// </summary>
public enum HealthFlag : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The market feed of the product (−1: of all) has a gap, stalled or is down.</summary>
    FeedDown = 1,

    /// <summary>Our clock and the venue's differ by more than one second.</summary>
    ClockSkew = 2,

    /// <summary>The journal is more than one second behind, or at its bound.</summary>
    JournalLag = 3,

    /// <summary>The last commit failed.</summary>
    JournalFailed = 4,

    /// <summary>Reconciliation with the venue has not come back clean.</summary>
    NotReconciled = 5,

    /// <summary>One pair: the venue refuses its stops, so nothing is bought that could not be protected.</summary>
    StopsRefused = 6,

    /// <summary>
    /// One pair: to move its stop would leave it without one for longer than its budget, so the stop stays.
    /// </summary>
    StopMovesSlow = 7,

    /// <summary>
    /// One pair: no edit of a stop has been proven, so <c>MinRatchet</c> counts as at least
    /// <see cref="ProtectionGrid.SmallestUnprovenRatchet"/>.
    /// </summary>
    StopEditsUnproven = 8,

    /// <summary>
    /// One pair: its stop is not moved again before so much time has passed: <c>Quantity</c> ns; 0 = at once.
    /// </summary>
    StopMovesPaced = 9,

    /// <summary>
    /// One pair: a market sell ends within moments, whether others trade or not, so one that does not is overdue. A
    /// paper exchange, where it waits for the next trade, never says so.
    /// </summary>
    SellsAtOnce = 10,

    /// <summary>
    /// An order is at the venue that is not what was asked for, or that nobody can explain (<see cref="HaltCause"/>):
    /// no entries until a person has looked. The event names the order; the flag is kept for the portfolio.
    /// </summary>
    OrdersUnexplained = 11,

    /// <summary>The venue refuses the key: no entries until it is accepted again.</summary>
    KeyRefused = 12,

    /// <summary>
    /// The venue's messages about our orders do not come. Refuses nothing by itself: entries wait for
    /// <see cref="NotReconciled"/>.
    /// </summary>
    UserChannelDown = 13,

    /// <summary>A question to the venue failed when it was asked last. Refuses nothing by itself.</summary>
    QuestionsFailing = 14,

    /// <summary>
    /// Something has been away for long: a person is to know (<see cref="TradingEvent.Outage"/>). <c>Low</c> is since
    /// when, <c>High</c> until when, 0 while it lasts, ns UTC. Refuses nothing by itself.
    /// </summary>
    Outage = 15,
}
