namespace LowLatencyPortfolio.Crash.Tests.Kills;

/// <summary>What is under way in a pair, as the rows tell it; a kill then lies inside it.</summary>
internal enum UnderWay
{
    /// <summary>An entry is on its way to the venue.</summary>
    Entry,

    /// <summary>An entry rests at its limit.</summary>
    Bid,

    /// <summary>What was bought gets its stop.</summary>
    Stop,

    /// <summary>A stop is moved by an edit.</summary>
    Edit,

    /// <summary>A stop is moved by a cancel and a new one.</summary>
    Replacement,

    /// <summary>A position is sold at the market, or its stop makes room for that.</summary>
    Exit,

    /// <summary>A rebalance makes a stop smaller.</summary>
    Reduction,

    /// <summary>A rebalance sells the part.</summary>
    Part,
}
