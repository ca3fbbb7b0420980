namespace LowLatencyPortfolio.Domain;

/// <summary>
/// What the risk gate said of one order: approved, waiting, or the first broken limit. The values stand in the order of
/// precedence.
/// </summary>
/// <remarks>
/// Source: SPEC 8. The number of each value is part of the state hash and of the database; never renumber.
/// </remarks>
public enum RiskVerdict : byte
{
    /// <summary>The event asked for nothing.</summary>
    None = 0,

    /// <summary>All limits hold; the order may go.</summary>
    Approved = 1,

    /// <summary>
    /// All limits hold; the entry waits for one of <c>MaxConcurrentEntries</c> slots, its capital reserved.
    /// </summary>
    Queued = 2,

    /// <summary>The trading mode is <see cref="TradingMode.ReduceOnly"/> or <see cref="TradingMode.Halted"/>.</summary>
    TradingModeForbids = 10,

    /// <summary>The pair is switched off in the configuration.</summary>
    PairDisabled = 11,

    /// <summary>The venue's flags for the product do not allow the order now.</summary>
    ProductNotTradable = 12,

    /// <summary>The product is not on the engine's list of pairs.</summary>
    ProductNotAllowed = 13,

    /// <summary>Restart or reconnect reconciliation has not come back clean.</summary>
    NotReconciled = 20,

    /// <summary>An order of the pair is in an unknown state.</summary>
    PairHasUnknownOrder = 21,

    /// <summary>The pair is being closed.</summary>
    PairExiting = 22,

    /// <summary>No accepted price of the pair has been seen, or the newest one is held back as absurd.</summary>
    PriceMissing = 30,

    /// <summary>The newest accepted price is older than <c>MaxPriceAgeSeconds</c>.</summary>
    PriceStale = 31,

    /// <summary>Our clock and the venue's differ by more than one second.</summary>
    ClockSkew = 32,

    /// <summary>The journal is more than one second behind.</summary>
    JournalLag = 33,

    /// <summary>The last commit of the journal failed.</summary>
    JournalFailed = 34,

    /// <summary>Same pair, side, quantity and price within five seconds.</summary>
    DuplicateIntent = 40,

    /// <summary>More than <c>MaxEntriesPerHour</c> entries in the pair.</summary>
    TooManyEntriesPerHour = 41,

    /// <summary>The limit price is farther than <c>EntryCollarPct</c> from the last price.</summary>
    LimitOutsideCollar = 42,

    /// <summary>
    /// The stop this entry would need cannot be placed: its limit would fall below one price increment.
    /// </summary>
    StopNotPlaceable = 43,

    /// <summary>The quantity is below the product's minimum, or zero after sizing.</summary>
    QuantityBelowMinimum = 50,

    /// <summary>Price times quantity is below the product's minimum.</summary>
    NotionalBelowMinimum = 51,

    /// <summary>The price or the quantity is not a multiple of the product's increment.</summary>
    OffIncrement = 52,

    /// <summary>Price times quantity is above <c>MaxOrderNotional</c>.</summary>
    OrderNotionalAboveLimit = 53,

    /// <summary>The pair's exposure would exceed <c>MaxPositionSizePct</c> of the capital.</summary>
    PositionSizeAboveLimit = 60,

    /// <summary>The order would open one position more than <c>MaxPositions</c>.</summary>
    PositionCountAboveLimit = 61,

    /// <summary>The configured group's exposure would exceed <c>MaxCorrelatedExposurePct</c> of the capital.</summary>
    CorrelatedExposureAboveLimit = 62,

    /// <summary>The largest N exposures together would exceed <c>MaxTopNConcentrationPct</c> of the capital.</summary>
    TopNConcentrationAboveLimit = 63,

    /// <summary>Available capital does not cover the notional and the taker fee.</summary>
    InsufficientCapital = 64,

    /// <summary>
    /// The exposure of the pairs that were measured to move together would exceed <c>MaxCorrelatedExposurePct</c> of
    /// the capital; <see cref="CorrelatedExposureAboveLimit"/> is said of configured groups alone.
    /// </summary>
    MeasuredGroupExposureAboveLimit = 65,

    /// <summary>The order would trade against one of our own orders.</summary>
    CrossesOwnOrder = 70,

    /// <summary>The order-rate budget is used up.</summary>
    OrderRateExceeded = 71,

    /// <summary>A sell of more than is held and not already being sold.</summary>
    SellExceedsPosition = 72,

    /// <summary>The entry queue is full.</summary>
    EntryQueueFull = 80,

    /// <summary>The intent could not be committed; the entry was abandoned before it was sent.</summary>
    IntentNotDurable = 81,

    /// <summary>The stop may not move: the engine is halted or the pair has been told to keep its stop.</summary>
    StopMovesSuspended = 82,

    /// <summary>The event also tripped the loss breaker; its stop decision was dropped.</summary>
    LossBreakerTripped = 83,

    /// <summary>
    /// A part of the position cannot be sold now: nothing is held under a resting stop, the stop is being moved or may
    /// not move, an entry, an exit or an earlier reduction is under way, or the part or the rest would be too small.
    /// </summary>
    ReductionNotPossible = 90,
}
