namespace LowLatencyPortfolio.Signals;

/// <summary>Every indicator of a pair after one closed candle; what its candles do not determine yet is null.</summary>
/// <param name="Rsi">Relative strength index, 0 to 100.</param>
/// <param name="MacdLine">Fast less slow average, quote per base.</param>
/// <param name="MacdSignal">Average of the MACD line, quote per base.</param>
/// <param name="SessionVwap">Volume-weighted price of the UTC day, quote per base.</param>
/// <param name="Atr">Average true range, quote per base.</param>
/// <param name="Sma">Mean of the last closes, quote per base.</param>
/// <param name="Ema">Exponential average of the closes, quote per base.</param>
/// <param name="UpperBand">Upper Bollinger band, quote per base; the middle one is <paramref name="Sma"/>.</param>
/// <param name="LowerBand">Lower Bollinger band, quote per base.</param>
/// <param name="Volatility">Standard deviation of the logarithmic returns, fraction per candle.</param>
/// <param name="RollingVwap">Volume-weighted price of the last candles, quote per base.</param>
/// <remarks>Thread: immutable. Periods: <see cref="ConfirmationSettings"/>.</remarks>
public readonly record struct IndicatorValues(
    double? Rsi,
    double? MacdLine,
    double? MacdSignal,
    double? SessionVwap,
    double? Atr,
    double? Sma,
    double? Ema,
    double? UpperBand,
    double? LowerBand,
    double? Volatility,
    double? RollingVwap)
{
    /// <summary>MACD line less signal, quote per base.</summary>
    public double? MacdHistogram => MacdLine - MacdSignal;
}
