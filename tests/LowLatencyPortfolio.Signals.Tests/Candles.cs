namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>Candles as plain as a test needs them.</summary>
internal static class Candles
{
    public const long MinuteNs = 60_000_000_000;

    public static CandleValues Of(double close, double volume = 1, long minute = 0) =>
        new(minute * MinuteNs, close * 1.01, close * 0.99, close, volume);

    /// <summary>Candles of a price that walks at random, a minute each.</summary>
    public static IEnumerable<CandleValues> Walk(int seed, int count, double price = 100)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            price *= Math.Exp((random.NextDouble() - 0.5) * 0.01);
            yield return new CandleValues(
                i * MinuteNs, price * (1 + (random.NextDouble() * 0.01)), price * (1 - (random.NextDouble() * 0.01)),
                price, random.NextDouble() * 1_000);
        }
    }
}
