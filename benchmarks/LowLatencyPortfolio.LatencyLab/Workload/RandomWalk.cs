namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Seeded prices on the grid: small steps both ways with a drift upwards, so that stops keep moving.</summary>
/// <param name="prices">Starting prices, ring units; moved in place.</param>
/// <param name="increment">Price grid, ring units.</param>
/// <param name="seed">Same seed, same walk.</param>
/// <param name="stepBp">Largest single step, hundredths of a percent of the price.</param>
/// <param name="driftBp">Mean step, hundredths of a percent of the price.</param>
internal sealed class RandomWalk(long[] prices, long increment, int seed, double stepBp, double driftBp)
{
#pragma warning disable CA5394 // a reproducible walk is wanted, not an unpredictable one
    private readonly Random _random = new(seed);

    public long PriceOf(int product) => prices[product];

    /// <summary>Which pair trades next, and how much.</summary>
    public (int Product, ushort Lots) NextTrade() => (_random.Next(prices.Length), (ushort)_random.Next(1, 1000));

    /// <summary>The pair's next price; near the stop it is thrown back up.</summary>
    public long Step(int product, long trigger)
    {
        long price = prices[product];
        double bp = driftBp + (stepBp * ((2 * _random.NextDouble()) - 1));
        long next = price + ((long)Math.Round(price * bp / 10_000 / increment) * increment);
        if (next <= trigger + (trigger / 1000))
        {
            next = price + (Math.Abs(next - price) + increment);
        }

        prices[product] = next;
        return next;
    }
#pragma warning restore CA5394
}
