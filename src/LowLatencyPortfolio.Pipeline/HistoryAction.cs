using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// What a row of the <c>history</c> table says happened; written to the database in upper snake case. A price that an
/// order does not have, such as the limit of a market order, is NULL there.
/// </summary>
public enum HistoryAction : byte
{
    /// <summary>Not a history row.</summary>
    None = 0,

    /// <summary>
    /// <c>ENTRY_SUBMITTED</c>: an entry's intent is durable and the order was sent. Price: its limit.
    /// </summary>
    EntrySubmitted = 1,

    /// <summary><c>ENTRY_FILLED</c>. Price: the fill's. Detail: <c>MAKER</c> or <c>TAKER</c>.</summary>
    EntryFilled = 2,

    /// <summary><c>STOP_PLACED</c>: the venue acknowledged a first or additional stop. Price: the trigger.</summary>
    StopPlaced = 3,

    /// <summary><c>STOP_REPLACED</c>: the venue acknowledged a moved or merged stop. Price: the new trigger.</summary>
    StopReplaced = 4,

    /// <summary><c>STOP_TRIGGERED</c>. Price: the trigger.</summary>
    StopTriggered = 5,

    /// <summary>
    /// <c>EXIT_FILLED</c>: a stop or an exit order traded. Price: the fill's. Detail: why the position is left.
    /// </summary>
    ExitFilled = 6,

    /// <summary><c>LIQUIDATED</c>: a position closed by an emergency liquidation. Price: the last fill's.</summary>
    Liquidated = 7,

    /// <summary>
    /// <c>ORDER_CANCELLED</c>. Price: the limit; the detail says when an entry had waited too long.
    /// </summary>
    OrderCancelled = 8,

    /// <summary><c>ORDER_REJECTED</c> by the venue. Price: the limit.</summary>
    OrderRejected = 9,

    /// <summary>
    /// <c>RISK_REJECTED</c> by the risk gate. Price: an entry's limit, a stop's trigger, 0 for an exit.
    /// </summary>
    RiskRejected = 10,

    /// <summary><c>HALTED</c>: the trading mode became stricter.</summary>
    Halted = 11,

    /// <summary><c>RESUMED</c>: the trading mode was loosened.</summary>
    Resumed = 12,

    /// <summary><c>ORDER_ABANDONED</c>: an entry was given up before it was sent. Price: the limit.</summary>
    OrderAbandoned = 13,

    /// <summary>
    /// <c>CAPITAL_CHANGED</c>: the database was given another total capital. Value: the new one; detail: the old one.
    /// </summary>
    CapitalChanged = 14,

    /// <summary>
    /// <c>JOURNAL_GAP</c>: changes were dropped here because the journal was at its bound; the detail counts them.
    /// </summary>
    JournalGap = 15,

    /// <summary>
    /// <c>JOURNAL_RECOVERED</c>: commits failed before this row and work again; the detail says why and what was
    /// abandoned.
    /// </summary>
    JournalRecovered = 16,

    /// <summary>
    /// <c>NAKED_ALARM</c>: a position was without a working stop for longer than its budget. Price: the trigger that
    /// the engine watches itself; quantity: what is held.
    /// </summary>
    NakedAlarm = 17,

    /// <summary>
    /// <c>RECONCILED</c>: a start after a crash, or a look while running, found a difference between what was known and
    /// the venue; the detail names it (<see cref="ReconcileFinding"/>). Price: an order's limit; quantity: what the
    /// difference is about.
    /// </summary>
    Reconciled = 18,

    /// <summary>
    /// <c>EXTERNAL_OUT</c>: coins of a position have left the account without an order of ours. It shrinks at what they
    /// cost: nothing is won or lost by it. Quantity: what is missing; value: its cost.
    /// </summary>
    ExternalOut = 19,

    /// <summary>
    /// <c>EXIT_BLOCKED</c>: a position is to be closed and the product's state forbids it; what rests stays. Quantity:
    /// what is held.
    /// </summary>
    ExitBlocked = 20,

    /// <summary>
    /// <c>STOP_TAKEN</c>: somebody cancelled a stop that had been restored once; it is not placed again. Price: the
    /// trigger that the engine watches itself; quantity: what is held.
    /// </summary>
    StopTaken = 21,

    /// <summary>
    /// <c>COINS_CONTESTED</c>: coins of the position are in the account and held by an order that is not ours; the pair
    /// takes no entry. Quantity: how many.
    /// </summary>
    CoinsContested = 22,

    /// <summary><c>STOPS_REFUSED</c>: the venue does not take stops in this product, so it is not bought.</summary>
    StopsRefused = 23,

    /// <summary>
    /// <c>GROUP_CHANGED</c>: the pair was measured to move with others than before. Detail: the pair that its group is
    /// named after, itself where it moves with no other.
    /// </summary>
    GroupChanged = 24,

    /// <summary>
    /// <c>ENTRIES_HALTED</c>: entries of all pairs wait for a person, or for the key; the detail says why (<see
    /// cref="HaltCause"/>), product and order what it is about. What a person must look at outlives the session.
    /// </summary>
    EntriesHalted = 26,

    /// <summary>
    /// <c>ENTRIES_ALLOWED</c>: what <c>ENTRIES_HALTED</c> told is over. Detail: <c>KEY_REFUSED</c> when the key was
    /// accepted again; none when a person resumed.
    /// </summary>
    EntriesAllowed = 27,

    /// <summary>
    /// <c>RESUME_ASKED</c>: somebody asked, while no engine ran, that a portfolio at a venue trades again: the next
    /// start does it, unless the loss limit forbids it.
    /// </summary>
    ResumeAsked = 28,

    /// <summary>
    /// <c>RESUME_REBASED_ASKED</c>: as <see cref="ResumeAsked"/>, with the loss limit measured from the equity of that
    /// start.
    /// </summary>
    ResumeRebasedAsked = 29,

    /// <summary>
    /// <c>REBALANCE_STARTED</c>: a rebalance was taken on; the detail says which way (<see cref="RebalanceKind"/>).
    /// <c>INCREASE</c>: an entry; price: its limit. <c>DECREASE</c>, <c>REDUCE_TO_LIMIT</c>: the stop is being made
    /// smaller, the sell follows at the market; no price. Quantity: what is to be traded.
    /// </summary>
    RebalanceStarted = 30,

    /// <summary><c>REBALANCE_REFUSED</c>; the detail says why.</summary>
    RebalanceRefused = 31,

    /// <summary>
    /// <c>REBALANCE_SELLING</c>: the stop is smaller, the sell left. Its fills are <c>EXIT_FILLED</c> rows.
    /// </summary>
    RebalanceSelling = 32,

    /// <summary>
    /// <c>REBALANCE_ENDED</c>: a reduction ended before its sell left; quantity: what was not sold. A stop covers it
    /// again, or an exit has begun.
    /// </summary>
    RebalanceEnded = 33,

    /// <summary>
    /// <c>OUTAGE_BEGAN</c>: something that the engine depends on has been away for longer than a reconnect takes; the
    /// detail says what (<see cref="OutageKind"/>). The product is that of a pair whose price alone is missing.
    /// </summary>
    OutageBegan = 34,

    /// <summary><c>OUTAGE_ENDED</c>: it is back, and has stayed so for a few seconds. Detail as above.</summary>
    OutageEnded = 35,
}
