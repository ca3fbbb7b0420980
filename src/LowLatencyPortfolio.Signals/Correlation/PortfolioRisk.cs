using MathNet.Numerics.Distributions;

namespace LowLatencyPortfolio.Signals;

/// <summary>How much the positions risk together, from measured volatilities and correlations.</summary>
/// <param name="VolatilityPerClose">Standard deviation of the portfolio's value over one candle, quote.</param>
/// <param name="ValueAtRisk">
/// Loss that is not exceeded with the asked confidence over the asked closes, quote: z · volatility · √closes, for
/// normal returns about zero. Crypto has fatter tails; compare <see cref="ReturnHistory.ValueAtRisk"/>.
/// </param>
/// <param name="EffectiveBets">
/// The squared diversification ratio, (Σ bᵢ)² ÷ bᵀρb with bᵢ = value · volatility: 1 when all positions move as one, n
/// for n uncorrelated equal risks, 0 without a measured position.
/// </param>
/// <param name="UnmeasuredValue">Value of the positions whose pairs are not measured; it is in no other figure.</param>
/// <remarks>
/// <para>Statistics in <c>double</c>: to be shown and compared, never booked.</para>
/// <para>Source: Y. Choueifaty, T. Froidure, J. Reynier, "Properties of the most diversified portfolio", Journal of
/// Investment Strategies 2(2), 2013 (the squared ratio as the number of independent bets); RiskMetrics Technical
/// Document, 1996 (parametric value at risk). Not taken for the bets: Meucci's entropy over principal portfolios
/// (2009), which says one bet of equal weights at any common correlation, however small; over minimum torsion (2013),
/// which says n bets there, however large; and entropy of risk contributions, for which two copies of one coin are two
/// bets.</para>
/// </remarks>
public readonly record struct PortfolioRisk(
    double VolatilityPerClose, double ValueAtRisk, double EffectiveBets, double UnmeasuredValue)
{
    /// <summary>Something is held and nothing of it is measured: what is 0 here is not known.</summary>
    public bool IsUnknown { get; private init; }

    /// <summary>Measures.</summary>
    /// <param name="estimator">Volatilities and correlations after the last close.</param>
    /// <param name="values">Market value by pair, quote; 0 when flat, not below 0.</param>
    /// <param name="confidence">Of the value at risk, in (0.5, 1): 0.99 is 99 %.</param>
    /// <param name="horizonCloses">Candles ahead, above 0; 288 is a day of 5-minute candles.</param>
    /// <returns>All figures at once.</returns>
    /// <exception cref="ArgumentException">Not one value a pair, or an argument out of its range.</exception>
    /// <remarks>Thread: that of the estimator. Allocation: none. Cost: O(m²) for m positions.</remarks>
    public static PortfolioRisk Measure(
        CorrelationEstimator estimator, ReadOnlySpan<double> values, double confidence, double horizonCloses)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return Measure(
            estimator.Correlations, estimator.Volatilities, estimator.AreMeasured, values, confidence, horizonCloses);
    }

    /// <summary>Measures by what an estimator said earlier.</summary>
    /// <param name="correlations">n² values, row by row.</param>
    /// <param name="volatilities">Standard deviation of each pair's return over one candle, a fraction.</param>
    /// <param name="areMeasured">By pair: whether its correlations are known.</param>
    /// <param name="values">Market value by pair, quote; 0 when flat, not below 0.</param>
    /// <param name="confidence">Of the value at risk, in (0.5, 1): 0.99 is 99 %.</param>
    /// <param name="horizonCloses">Candles ahead, above 0; 288 is a day of 5-minute candles.</param>
    /// <returns>All figures at once.</returns>
    /// <exception cref="ArgumentException">Lengths that do not fit, or an argument out of its range.</exception>
    /// <remarks>Thread: any. Allocation: none. Cost: O(m²) for m positions.</remarks>
    public static PortfolioRisk Measure(
        ReadOnlySpan<double> correlations, ReadOnlySpan<double> volatilities, ReadOnlySpan<bool> areMeasured,
        ReadOnlySpan<double> values, double confidence, double horizonCloses)
    {
        DemandConfidence(confidence);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizonCloses);
        int n = volatilities.Length;
        if (values.Length != n || areMeasured.Length != n || correlations.Length != n * n)
        {
            throw new ArgumentException($"{values.Length} values for {n} pairs", nameof(values));
        }

        (double risks, double variance, double measured, double unmeasured) = (0, 0, 0, 0);
        for (int i = 0; i < n; i++)
        {
            if (values[i] <= 0 || !areMeasured[i])
            {
                unmeasured += Math.Max(0, values[i]);
                continue;
            }

            measured += values[i];
            double risk = values[i] * volatilities[i];
            double others = 0;
            for (int j = 0; j < i; j++)
            {
                if (values[j] > 0 && areMeasured[j])
                {
                    others += values[j] * volatilities[j] * correlations[(i * n) + j];
                }
            }

            risks += risk;
            variance += risk * (risk + (2 * others));
        }

        double volatility = Math.Sqrt(Math.Max(0, variance));
        double loss = Normal.InvCDF(0, 1, confidence) * volatility * Math.Sqrt(horizonCloses);
        return new PortfolioRisk(volatility, loss, variance > 0 ? risks * risks / variance : 0, unmeasured)
        {
            IsUnknown = unmeasured > 0 && measured <= 0,
        };
    }

    internal static void DemandConfidence(double confidence)
    {
        if (confidence is not (> 0.5 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(confidence), confidence, "above 0.5, below 1 (0.99 means 99 %)");
        }
    }
}
