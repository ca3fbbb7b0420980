namespace LowLatencyPortfolio.Domain;

/// <summary>What a rebalance recommends for one position.</summary>
public enum RebalanceKind : byte
{
    /// <summary>Its weight fell too far below the target: buy.</summary>
    Increase = 1,

    /// <summary>Its weight rose too far above the target: sell down to the target.</summary>
    Decrease = 2,

    /// <summary>
    /// Its market value is above <c>MaxPositionSizePct</c> of the capital: sell down to that, whatever the drift.
    /// </summary>
    ReduceToLimit = 3,
}
