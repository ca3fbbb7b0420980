namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>Worked examples that others published, to the digits they show.</summary>
/// <remarks>
/// Source: StockCharts ChartSchool, "Relative Strength Index (RSI)" and "Moving Averages - Simple and Exponential", the
/// tables of their spreadsheets.
/// </remarks>
public sealed class PublishedExampleTests
{
    private static readonly double[] RsiCloses =
    [
        44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931,
        46.0328, 45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521,
        45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314,
    ];

    private static readonly double[] Rsi =
    [
        70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46,
        41.87, 45.46, 37.30, 33.08, 37.77,
    ];

    private static readonly double[] AverageCloses =
    [
        22.27, 22.19, 22.08, 22.17, 22.18, 22.13, 22.23, 22.43, 22.24, 22.29, 22.15, 22.39, 22.38, 22.61, 23.36,
        24.05, 23.75, 23.83, 23.95, 23.63, 23.82, 23.87, 23.65, 23.19, 23.10, 23.33, 22.68, 23.10, 22.40, 22.17,
    ];

    private static readonly double[] Sma =
    [
        22.22, 22.21, 22.23, 22.26, 22.31, 22.42, 22.61, 22.77, 22.91, 23.08, 23.21, 23.38, 23.53, 23.65, 23.71,
        23.69, 23.61, 23.51, 23.43, 23.28, 23.13,
    ];

    private static readonly double[] Ema =
    [
        22.22, 22.21, 22.24, 22.27, 22.33, 22.52, 22.80, 22.97, 23.13, 23.28, 23.34, 23.43, 23.51, 23.54, 23.47,
        23.40, 23.39, 23.26, 23.23, 23.08, 22.92,
    ];

    [Fact]
    public void Rsi_of_14() => Check(new RelativeStrengthIndex(14), x => ((RelativeStrengthIndex)x).Value, RsiCloses, Rsi);

    [Fact]
    public void Sma_of_10() => Check(new SimpleAverage(10), x => ((SimpleAverage)x).Value, AverageCloses, Sma);

    [Fact]
    public void Ema_of_10() => Check(new ExponentialAverage(10), x => ((ExponentialAverage)x).Value, AverageCloses, Ema);

    // The tables show two decimals of what came from prices with more.
    private static void Check(IIndicator indicator, Func<IIndicator, double?> value, double[] closes, double[] shown)
    {
        List<double> values = [];
        foreach (double close in closes)
        {
            indicator.Add(Candles.Of(close));
            if (value(indicator) is { } number)
            {
                values.Add(number);
            }
        }

        Assert.Equal(shown.Length, values.Count);
        for (int i = 0; i < shown.Length; i++)
        {
            Assert.InRange(values[i], shown[i] - 0.011, shown[i] + 0.011);
        }
    }
}
