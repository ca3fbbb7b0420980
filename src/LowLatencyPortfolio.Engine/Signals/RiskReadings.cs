using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine;

/// <summary>How much the positions risk together, and which pairs move together, after one candle close.</summary>
/// <remarks>
/// Thread: immutable. Distances to stops are decimals; what rests on correlations is an estimate in <c>double</c>, to
/// be shown and compared, never booked. Value at risk is of one day at <see cref="Confidence"/>.
/// </remarks>
public sealed record RiskReadings
{
    /// <summary>Confidence of both values at risk, a fraction.</summary>
    public const double Confidence = 0.99;

    /// <summary>End of the newest candles, ns UTC; 0 before the first close.</summary>
    public required long ClosedAtNs { get; init; }

    /// <summary>Closes taken in.</summary>
    public required long Closes { get; init; }

    /// <summary>Pairs whose correlations are known.</summary>
    public required int MeasuredPairs { get; init; }

    /// <summary>Mean correlation of the measured pairs; 0 below two.</summary>
    public required double MeanCorrelation { get; init; }

    /// <summary>Times that a pair went over to another group.</summary>
    public required long GroupChanges { get; init; }

    /// <summary>Measured groups of two pairs or more, by product, each named after its first.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Groups { get; init; }

    /// <summary>What would be lost if every stop were hit at its trigger.</summary>
    public required PortfolioHeat Heat { get; init; }

    /// <summary><see cref="Heat"/> as a share of the equity, percent; null when there is no equity.</summary>
    public required decimal? HeatPct { get; init; }

    /// <summary>
    /// Loss of a day that is not exceeded with 99 %, for normal returns, quote; null where something is held and
    /// nothing of it is measured.
    /// </summary>
    public required double? ValueAtRisk { get; init; }

    /// <summary>The same by the remembered closes, no distribution assumed; null before 100 of them.</summary>
    public required double? HistoricalValueAtRisk { get; init; }

    /// <summary>
    /// How many equal, independent positions would risk as much; 0 without a position, null where something is held and
    /// nothing of it is measured.
    /// </summary>
    public required double? EffectiveBets { get; init; }

    /// <summary>Market value of positions whose pairs are not measured yet; in no figure but heat.</summary>
    public required double UnmeasuredValue { get; init; }
}
