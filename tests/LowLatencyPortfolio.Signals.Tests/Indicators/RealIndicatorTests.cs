using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>Each indicator, after each of the venue's candles, against its definition reckoned anew.</summary>
public sealed class RealIndicatorTests
{
    // Relative to the price, or to 1 where that is above.
    private const double Tolerance = 1e-10;
    private const int Minutes = 5;

    public static TheoryData<string> Pairs => RealCandles.Pairs;

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Averages_are_those_of_the_closes(string productId)
    {
        List<MarketCandle> candles = RealCandles.Read(productId, Minutes);
        decimal[] exact = [.. candles.Select(candle => candle.Close)];
        double[] closes = [.. exact.Select(close => (double)close)];
        SimpleAverage simple = new(20);
        ExponentialAverage exponential = new(20);
        Follow(candles, simple, (i, now) => Near(SlowIndicators.Mean(exact, i, 20), simple.Value, now));
        Follow(candles, exponential, (i, now) => Near(SlowIndicators.Ema(closes, i, 20), exponential.Value, now));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Macd_is_the_difference_of_two_averages_and_its_average(string productId)
    {
        List<MarketCandle> candles = RealCandles.Read(productId, Minutes);
        double[] closes = [.. candles.Select(candle => (double)candle.Close)];
        List<double> lines = [];
        MovingAverageConvergence macd = new();
        Follow(candles, macd, (i, now) =>
        {
            double? line = SlowIndicators.Ema(closes, i, 12) - SlowIndicators.Ema(closes, i, 26);
            Near(line, macd.Line, now);
            if (line is { } known)
            {
                lines.Add(known);
            }

            double? signal = SlowIndicators.Ema(lines, lines.Count - 1, 9);
            Near(signal, macd.Signal, now);
            Near(line - signal, macd.Histogram, now);
        });
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Rsi_is_that_of_the_fading_rises_and_falls(string productId)
    {
        List<MarketCandle> candles = RealCandles.Read(productId, Minutes);
        double[] closes = [.. candles.Select(candle => (double)candle.Close)];
        RelativeStrengthIndex rsi = new();
        Follow(candles, rsi, (i, _) => Near(SlowIndicators.Rsi(closes, i, 14), rsi.Value, scale: 1));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Atr_is_the_fading_average_of_the_true_ranges(string productId)
    {
        List<MarketCandle> candles = RealCandles.Read(productId, Minutes);
        double[] ranges = SlowIndicators.TrueRanges(candles);
        AverageTrueRange atr = new();
        Follow(candles, atr, (i, now) => Near(SlowIndicators.Faded(ranges, i, 14, 1.0 / 14), atr.Value, now));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Bands_stand_two_deviations_from_the_mean(string productId)
    {
        List<MarketCandle> candles = RealCandles.Read(productId, Minutes);
        decimal[] closes = [.. candles.Select(candle => candle.Close)];
        BollingerBands bands = new();
        Follow(candles, bands, (i, now) =>
        {
            double? mean = SlowIndicators.Mean(closes, i, 20);
            double? deviation = SlowIndicators.Deviation(closes, i, 20, divisor: 20);
            Near(mean, bands.Middle, now);
            Near(mean + (2 * deviation), bands.Upper, now);
            Near(mean - (2 * deviation), bands.Lower, now);
        });
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Volatility_is_the_deviation_of_the_logarithmic_returns(string productId)
    {
        List<MarketCandle> candles = RealCandles.Read(productId, Minutes);
        decimal[] returns = [.. candles.Skip(1).Zip(
            candles, (now, before) => (decimal)Math.Log((double)now.Close / (double)before.Close))];
        RollingVolatility volatility = new();
        Follow(candles, volatility, (i, _) =>
            Near(SlowIndicators.Deviation(returns, i - 1, 20, divisor: 19), volatility.Value, scale: 1e-3));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Vwap_weighs_typical_prices_by_volume_over_the_day_and_over_a_window(string productId)
    {
        List<MarketCandle> candles = RealCandles.Read(productId, Minutes);
        SessionVwap session = new();
        RollingVwap rolling = new();
        Follow(candles, session, (i, now) => Near(
            SlowIndicators.Vwap(candles.Take(i + 1).Where(c => c.OpenTime.Date == candles[i].OpenTime.Date)),
            session.Value,
            now));
        Follow(candles, rolling, (i, now) => Near(
            i < 19 ? null : SlowIndicators.Vwap(candles.Skip(i - 19).Take(20)), rolling.Value, now));
    }

    private static void Follow(List<MarketCandle> candles, IIndicator indicator, Action<int, double> check)
    {
        ProductSpec product = RealCandles.Product;
        Assert.Equal(576, candles.Count);
        for (int i = 0; i < candles.Count; i++)
        {
            indicator.Add(CandleValues.Of(RealCandles.Units(candles[i]), product));
            check(i, (double)candles[i].Close);
        }
    }

    private static void Near(double? expected, double? actual, double scale)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } known)
        {
            double allowed = Tolerance * Math.Min(1, scale);
            Assert.InRange(actual!.Value, known - allowed, known + allowed);
        }
    }
}
