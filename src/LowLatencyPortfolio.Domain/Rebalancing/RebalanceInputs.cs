namespace LowLatencyPortfolio.Domain;

/// <summary>What a rebalance is told about the market and the time; all of it may be left out.</summary>
/// <remarks>
/// A pair without a volatility (nothing said, not a number, not above 0) gets no recommendation but that to its limit:
/// without it nobody knows whether a trade is worth its cost.
/// </remarks>
public readonly ref struct RebalanceInputs
{
    /// <summary>
    /// Standard deviation of a year's return by pair index, fraction: 0.8 is 80 %. Empty: none is known.
    /// </summary>
    public ReadOnlySpan<double> Volatilities { get; init; }

    /// <summary>
    /// Correlations by pair index, n², row-major, symmetric, 1 on the diagonal; only risk parity reads them.
    /// </summary>
    public ReadOnlySpan<double> Correlations { get; init; }

    /// <summary>Event time, ns since the Unix epoch; only the calendar reads it.</summary>
    public long NowNs { get; init; }

    /// <summary>Event time of the last rebalance, ns since the Unix epoch; null before the first.</summary>
    public long? LastNs { get; init; }

    internal double VolatilityOf(int pair) =>
        pair < Volatilities.Length && double.IsFinite(Volatilities[pair]) ? Math.Max(0, Volatilities[pair]) : 0;
}
