namespace LowLatencyPortfolio.Signals;

/// <summary>What the fused model is told of one pair at one close; not a number where it is not known.</summary>
/// <param name="Close">Price at the close, quote per base; not a number where no candle was.</param>
/// <param name="QuoteVolume">Traded in the candle, quote, at least 0; decides who leads the market.</param>
/// <param name="Rsi">Relative strength index, 0 to 100.</param>
/// <param name="MacdHistogram">MACD line less its signal, quote per base.</param>
/// <param name="Atr">Average true range, quote per base, above 0; the scale of the histogram.</param>
/// <param name="SessionVwap">Volume-weighted price of the UTC day, quote per base, above 0.</param>
/// <param name="Volatility">Standard deviation of a candle's return, fraction, above 0.</param>
/// <remarks>Thread: immutable.</remarks>
public readonly record struct PairFeatures(
    double Close,
    double QuoteVolume,
    double Rsi,
    double MacdHistogram,
    double Atr,
    double SessionVwap,
    double Volatility)
{
    /// <summary>A pair without a candle at this close.</summary>
    public static PairFeatures Absent { get; } =
        new(double.NaN, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Whether the pair has a candle and all its indicators are warmed up.</summary>
    public bool IsComplete => HasClose && double.IsFinite(Rsi) && double.IsFinite(MacdHistogram)
        && IsPositive(Atr) && IsPositive(SessionVwap) && IsPositive(Volatility);

    internal bool HasClose => IsPositive(Close);

    /// <summary>The features of a pair after a closed candle.</summary>
    /// <param name="candle">The candle.</param>
    /// <param name="indicators">The indicators after it.</param>
    /// <returns>Incomplete while an indicator warms up.</returns>
    public static PairFeatures Of(in CandleValues candle, in IndicatorValues indicators) => new(
        candle.Close,
        candle.TypicalPrice * candle.Volume,
        indicators.Rsi ?? double.NaN,
        indicators.MacdHistogram ?? double.NaN,
        indicators.Atr ?? double.NaN,
        indicators.SessionVwap ?? double.NaN,
        indicators.Volatility ?? double.NaN);

    private static bool IsPositive(double value) => double.IsFinite(value) && value > 0;
}
