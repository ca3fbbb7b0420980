namespace LowLatencyPortfolio.Pipeline;

/// <summary>The engine's own rules that <see cref="Invariant"/> checks.</summary>
public enum InvariantRule
{
    /// <summary>More unfinished orders than the order table holds.</summary>
    OrderTableOverflow,

    /// <summary>More control events than the outbox holds.</summary>
    OutboxOverflow,

    /// <summary>Two stages disagree whether a report carried a new fill.</summary>
    FillSeenDifferently,

    /// <summary>Two stages disagree on the quantity held.</summary>
    HeldQuantityDiffers,

    /// <summary>A sell was applied that exceeds the position.</summary>
    SoldMoreThanHeld,

    /// <summary>A stop was decided below the one before it.</summary>
    StopMovedDown,

    /// <summary>The running market value differs from its full recomputation.</summary>
    MarketValueDiffers,

    /// <summary>A (state, event) pair that the stop table does not know.</summary>
    StopContradiction,

    /// <summary>Work was left in a mailbox at a point that must be quiet.</summary>
    NotQuiescent,

    /// <summary>Two orders with one number.</summary>
    OrderNumberTwice,
}
