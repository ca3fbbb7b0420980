namespace LowLatencyPortfolio.Engine;

/// <summary>How far the closing of a pair was when a liquidation returned.</summary>
public enum LiquidationOutcome
{
    /// <summary>Nothing, or only dust, is held and nothing of the pair works any more.</summary>
    Closed = 1,

    /// <summary>
    /// Under way: the exit is acknowledged and not filled yet, or the deadline came before any answer.
    /// </summary>
    Pending = 2,

    /// <summary>The venue refused the exit. The engine goes on trying.</summary>
    Failed = 3,
}
