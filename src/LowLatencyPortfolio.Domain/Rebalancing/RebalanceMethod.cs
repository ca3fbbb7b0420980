namespace LowLatencyPortfolio.Domain;

/// <summary>What a rebalance takes as the right weight of a position, and when it looks.</summary>
/// <remarks>The number of each value is stored; never renumber.</remarks>
public enum RebalanceMethod : byte
{
    /// <summary>Each pair's <c>PositionSizePct</c>, once it drifted beyond a threshold (SPEC 11).</summary>
    Threshold = 1,

    /// <summary>Each pair's <c>PositionSizePct</c>, once a period, beyond what a trade costs.</summary>
    Calendar = 2,

    /// <summary>The same weight for every open position.</summary>
    EqualWeight = 3,

    /// <summary>Weights in inverse proportion to the pairs' volatilities.</summary>
    InverseVolatility = 4,

    /// <summary>Weights by which every position contributes the same risk, correlations included.</summary>
    RiskParity = 5,
}
