namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>
/// The indicators by their definitions, from all candles anew each time and in decimals where a sum decides.
/// </summary>
internal static class SlowIndicators
{
    public static double? Mean(IReadOnlyList<decimal> numbers, int at, int period) =>
        at < period - 1 ? null : (double)(Last(numbers, at, period).Sum() / period);

    public static double? Deviation(IReadOnlyList<decimal> numbers, int at, int period, int divisor)
    {
        if (at < period - 1)
        {
            return null;
        }

        decimal mean = Last(numbers, at, period).Sum() / period;
        return Math.Sqrt((double)(Last(numbers, at, period).Sum(x => (x - mean) * (x - mean)) / divisor));
    }

    /// <summary>The first average and every number after it, each with the weight it has left at the end.</summary>
    public static double? Faded(IReadOnlyList<double> numbers, int at, int period, double weight)
    {
        if (at < period - 1)
        {
            return null;
        }

        double sum = numbers.Take(period).Sum() / period * Math.Pow(1 - weight, at - period + 1);
        for (int i = period; i <= at; i++)
        {
            sum += weight * Math.Pow(1 - weight, at - i) * numbers[i];
        }

        return sum;
    }

    public static double? Ema(IReadOnlyList<double> numbers, int at, int period) =>
        Faded(numbers, at, period, 2.0 / (period + 1));

    public static double? Rsi(IReadOnlyList<double> closes, int at, int period)
    {
        double[] changes = [.. closes.Skip(1).Zip(closes, (now, before) => now - before)];
        double? rise = Faded([.. changes.Select(x => Math.Max(x, 0))], at - 1, period, 1.0 / period);
        double? fall = Faded([.. changes.Select(x => Math.Max(-x, 0))], at - 1, period, 1.0 / period);
        return 100 - (100 / (1 + (rise / fall)));
    }

    public static double[] TrueRanges(IReadOnlyList<MarketCandle> candles) => [.. candles.Select((candle, i) =>
    {
        decimal range = candle.High - candle.Low;
        decimal before = i == 0 ? candle.Low : candles[i - 1].Close;
        return (double)new[] { range, Math.Abs(candle.High - before), Math.Abs(candle.Low - before) }.Max();
    })];

    public static double? Vwap(IEnumerable<MarketCandle> candles)
    {
        decimal value = 0;
        decimal volume = 0;
        foreach (MarketCandle candle in candles)
        {
            value += (candle.High + candle.Low + candle.Close) / 3 * candle.Volume;
            volume += candle.Volume;
        }

        return volume == 0 ? null : (double)(value / volume);
    }

    private static IEnumerable<decimal> Last(IReadOnlyList<decimal> numbers, int at, int period) =>
        numbers.Skip(at - period + 1).Take(period);
}
