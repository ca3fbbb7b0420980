using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What a <see cref="EventKind.Control"/> event asks for.</summary>
public enum ControlAction : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>One pair: look at the stop again (a time-out is due, a retry is due).</summary>
    Supervise = 1,

    /// <summary>
    /// One pair: cancel entries and stop, sell what is held. The portfolio (−1): every pair, largest exposure first.
    /// </summary>
    Liquidate = 2,

    /// <summary>One pair: cancel its working entries.</summary>
    CancelEntries = 3,

    /// <summary>One pair: review the entry at the head of the queue, a slot is free.</summary>
    ReviewEntry = 4,

    /// <summary>One pair: the stop decision of an earlier event was refused; it did not happen.</summary>
    DecisionRefused = 5,

    /// <summary>One pair: stops stay where they are.</summary>
    SuspendStopMoves = 6,

    /// <summary>One pair: stops may move, and entries may work again.</summary>
    AllowStopMoves = 7,

    /// <summary>The portfolio: refuse entries, keep ratcheting.</summary>
    ReduceOnly = 8,

    /// <summary>The portfolio: refuse entries, keep stops where they are.</summary>
    Halt = 9,

    /// <summary>The portfolio: trade again, if equity is above the breaker's floor.</summary>
    Resume = 10,

    /// <summary>The portfolio: make the current equity the breaker's base, then resume.</summary>
    ResumeRebased = 11,

    /// <summary>
    /// One pair, from outside: a rebalance. <c>Side</c> sell: sell <c>Quantity</c> of what is held, the stop made
    /// smaller first. Side buy: an entry of <c>Quantity</c> at <c>Price</c>, reviewed as any. <c>Source</c> is told the
    /// answer. <c>Count</c>: the <see cref="RebalanceKind"/>, for history.
    /// </summary>
    Rebalance = 12,

    /// <summary>
    /// One pair, from the risk gate: cancel its working entries, and each that turns out to work from now on, until
    /// <see cref="AllowStopMoves"/>.
    /// </summary>
    BarEntries = 13,
}
