namespace LowLatencyPortfolio.Domain;

/// <summary>Why a position was, or is being, closed.</summary>
public enum ExitReason : byte
{
    /// <summary>The position is not being closed.</summary>
    None = 0,

    /// <summary>The resting stop-limit order was triggered and filled at the venue.</summary>
    TrailingStop = 1,

    /// <summary>
    /// The price crossed the newest trigger while no stop rested, or a stop could not be placed below the market.
    /// </summary>
    TriggerCrossed = 2,

    /// <summary>
    /// A triggered stop was not filled within <c>StopFillTimeoutSeconds</c>; it was cancelled and sold at the market.
    /// </summary>
    StopNotFilled = 3,

    /// <summary>
    /// No stop could be brought to rest within <c>NakedExitSeconds</c>, within <c>NakedBudgetSeconds</c> while no
    /// prices came, or at all.
    /// </summary>
    NakedTooLong = 4,

    /// <summary>Somebody asked to liquidate this pair or the portfolio.</summary>
    Liquidation = 5,

    /// <summary>The emergency loss breaker tripped.</summary>
    LossBreaker = 6,
}
