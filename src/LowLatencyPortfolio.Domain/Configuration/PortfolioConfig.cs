namespace LowLatencyPortfolio.Domain;

/// <summary>Limits and sizes of the whole portfolio. Percentages are percent: <c>5</c> is 5 %.</summary>
/// <remarks>Thread: immutable. Ranges: SPEC 16, checked by <c>ConfigurationCheck</c>.</remarks>
public sealed record PortfolioConfig
{
    /// <summary>Capital the engine may use, quote currency, above 0. The base of every percentage limit.</summary>
    public decimal TotalCapital { get; init; } = 100_000m;

    /// <summary>The one quote currency of the engine. USD and USDC are different.</summary>
    public string QuoteCurrency { get; init; } = "USD";

    /// <summary>Most that one pair's exposure may be, percent of <see cref="TotalCapital"/>, above 0 to 100.</summary>
    public decimal MaxPositionSizePct { get; init; } = 5m;

    /// <summary>Most pairs with exposure at once, at least 1; dust is not counted.</summary>
    public int MaxPositions { get; init; } = 10;

    /// <summary>
    /// Most that one correlation group's exposure may be, percent of <see cref="TotalCapital"/>, above 0 to 100.
    /// </summary>
    public decimal MaxCorrelatedExposurePct { get; init; } = 20m;

    /// <summary>
    /// Most that the <see cref="TopNConcentration"/> largest exposures may be together, percent; null is off.
    /// </summary>
    public decimal? MaxTopNConcentrationPct { get; init; }

    /// <summary>How many of the largest positions a concentration is taken over, at least 1.</summary>
    public int TopNConcentration { get; init; } = 3;

    /// <summary>
    /// Drift of a position's weight that a rebalance recommends to correct, percent of its target, above 0.
    /// </summary>
    public decimal RebalanceThresholdPct { get; init; } = 10m;

    /// <summary>Loss against the breaker's base that liquidates everything, percent, in (−100, 0).</summary>
    public decimal EmergencyLiquidationLossPct { get; init; } = -10m;

    /// <summary>Loss within one UTC day that stops entries, percent of the day's first equity, in (−100, 0).</summary>
    public decimal DailyLossPct { get; init; } = -5m;

    /// <summary>Entries between decision and acknowledgement at once, at least 1.</summary>
    public int MaxConcurrentEntries { get; init; } = 3;

    /// <summary>Largest notional of one order, quote; null is off (required when trading for real).</summary>
    public decimal? MaxOrderNotional { get; init; }

    /// <summary>
    /// Orders a second the engine may send, at least 1. Half of a two-second burst is kept for exits and stops.
    /// </summary>
    public int MaxOrdersPerSecond { get; init; } = 30;
}
