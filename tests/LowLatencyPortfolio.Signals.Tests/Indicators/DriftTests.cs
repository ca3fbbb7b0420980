namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>Errors do not grow with the number of candles.</summary>
public sealed class DriftTests
{
    private const int Period = 20;

    [Fact]
    public void After_a_million_candles_a_window_says_what_a_new_one_says()
    {
        // Large prices first: what they leave behind in a sum would drown the small ones after them.
        IEnumerable<CandleValues> all =
            Candles.Walk(seed: 5, count: 1_000, price: 1e9).Concat(Candles.Walk(seed: 6, count: 1_000_000, price: 0.01));
        (SimpleAverage average, BollingerBands bands) = (new SimpleAverage(Period), new BollingerBands(Period));
        (RollingVwap vwap, RollingVolatility volatility) = (new RollingVwap(Period), new RollingVolatility(Period));
        Queue<CandleValues> last = new();
        foreach (CandleValues candle in all)
        {
            average.Add(in candle);
            bands.Add(in candle);
            vwap.Add(in candle);
            volatility.Add(in candle);
            last.Enqueue(candle);
            if (last.Count > Period + 1)
            {
                _ = last.Dequeue();
            }
        }

        double[] closes = [.. last.Select(candle => candle.Close)];
        double mean = closes[1..].Sum() / Period;
        double deviation = Math.Sqrt(closes[1..].Sum(x => (x - mean) * (x - mean)) / Period);
        double[] returns = [.. closes[1..].Zip(closes, (now, before) => Math.Log(now / before))];
        double drift = returns.Sum() / Period;
        double spread = Math.Sqrt(returns.Sum(x => (x - drift) * (x - drift)) / (Period - 1));
        CandleValues[] window = [.. last.Skip(1)];
        double weighed = window.Sum(x => x.TypicalPrice * x.Volume) / window.Sum(x => x.Volume);
        Near(mean, average.Value);
        Near(mean + (2 * deviation), bands.Upper);
        Near(weighed, vwap.Value);
        Near(spread, volatility.Value);
    }

    [Fact]
    public void After_a_million_candles_a_fading_average_has_forgotten_how_it_began()
    {
        CandleValues[] candles = [.. Candles.Walk(seed: 7, count: 1_000_000)];
        (RelativeStrengthIndex rsi, RelativeStrengthIndex young) = (new(), new());
        (MovingAverageConvergence macd, MovingAverageConvergence fresh) = (new(), new());
        (AverageTrueRange atr, AverageTrueRange late) = (new(), new());
        for (int i = 0; i < candles.Length; i++)
        {
            foreach (IIndicator indicator in (IIndicator[])[rsi, macd, atr])
            {
                indicator.Add(in candles[i]);
            }

            foreach (IIndicator indicator in i < candles.Length - 2_000 ? [] : (IIndicator[])[young, fresh, late])
            {
                indicator.Add(in candles[i]);
            }
        }

        Near(young.Value!.Value, rsi.Value);
        Near(fresh.Line!.Value, macd.Line, 1e-10);
        Near(late.Value!.Value, atr.Value);
    }

    private static void Near(double expected, double? actual, double tolerance = 1e-12) =>
        Assert.InRange(actual!.Value / expected, 1 - tolerance, 1 + tolerance);
}
