namespace LowLatencyPortfolio.Domain;

/// <summary>What a rebalance is told about the market and the time; all of it may be left out.</summary>
/// <remarks>
/// A pair without a volatility (nothing said, or not above 0) gets no recommendation but that to its limit, and those
/// of the plain threshold: without it nobody knows whether a trade is worth its cost. Statistics are measured
/// elsewhere, in floating point; what is told here is decimal.
/// </remarks>
public readonly ref struct RebalanceInputs
{
    /// <summary>
    /// Standard deviation of a year's return by pair index, fraction: 0.8 is 80 %. Empty: none is known.
    /// </summary>
    public ReadOnlySpan<decimal> Volatilities { get; init; }

    /// <summary>
    /// Weights by pair index, of any scale, by which the open positions contribute the same risk; 0 for the others.
    /// Only risk parity reads them.
    /// </summary>
    public ReadOnlySpan<decimal> RiskShares { get; init; }

    /// <summary>
    /// Whether orders follow. The plain threshold is then also held to the <see cref="NoTradeBand"/>, as every other
    /// method is in any case; as a recommendation it is SPEC 11 to the letter.
    /// </summary>
    public bool ForOrders { get; init; }

    /// <summary>Event time, ns since the Unix epoch; only the calendar reads it.</summary>
    public long NowNs { get; init; }

    /// <summary>Event time of the last rebalance, ns since the Unix epoch; null before the first.</summary>
    public long? LastNs { get; init; }

    internal decimal VolatilityOf(int pair) => pair < Volatilities.Length ? Math.Max(0m, Volatilities[pair]) : 0m;

    internal decimal RiskShareOf(int pair) => pair < RiskShares.Length ? Math.Max(0m, RiskShares[pair]) : 0m;
}
