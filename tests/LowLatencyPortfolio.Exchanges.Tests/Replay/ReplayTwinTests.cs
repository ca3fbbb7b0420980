using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Tests.Replay;

/// <summary>Random files against a plain twin: all ticks in a list, sorted.</summary>
public sealed class ReplayTwinTests
{
    private static readonly string[] s_products = ["A-USD", "B-USD", "C-USD", "D-USD", "E-USD"];

    [Fact]
    public void Random_bars_and_trades_come_out_as_the_sorted_list_of_all_ticks()
    {
        for (int seed = 1; seed <= 25; seed++)
        {
            var random = new Random(seed);
            using var data = new DataFolder();
            var expected = new List<(long TimeNs, int Product, int Order, decimal Price, decimal Quantity)>();
            for (int product = 0; product < s_products.Length; product++)
            {
                Write(random, data, product, expected);
            }

            ProductSpec units = Pairs.Of("A-USD")[0].Product;
            var actual = data.Play(s_products)
                .Select(
                    tick => (tick.TimeNs, tick.Product, units.PriceOf(tick.Price), units.QuantityOf(tick.Quantity)));
            var sorted = expected.OrderBy(tick => tick.TimeNs).ThenBy(tick => tick.Product).ThenBy(tick => tick.Order)
                .Select(tick => (tick.TimeNs, tick.Product, tick.Price, tick.Quantity));
            Assert.True(sorted.SequenceEqual(actual), $"seed {seed}");
        }
    }

    private static void Write(
        Random random, DataFolder data, int product,
        List<(long TimeNs, int Product, int Order, decimal Price, decimal Quantity)> expected)
    {
        bool bars = random.Next(2) == 0;
        var lines = new List<string> { bars ? DataFolder.Bars : DataFolder.Ticks };
        DateTime time = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int row = 0; row < 300; row++)
        {
            time = time.AddSeconds(bars ? 60 * random.Next(1, 3) : random.Next(0, 45));
            long ns = (time - DateTime.UnixEpoch).Ticks * 100;
            string text = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            decimal[] p = [.. Enumerable.Range(0, 4).Select(_ => random.Next(1, 1_000_000) / 100m).Order()];
            decimal volume = random.Next(1, 1_000_000) / 10_000_000m;
            if (!bars)
            {
                lines.Add(FormattableString.Invariant($"{text},{p[0]},{volume}"));
                expected.Add((ns, product, row, p[0], volume));
                continue;
            }

            bool rising = random.Next(2) == 0;
            (decimal open, decimal close) = rising ? (p[1], p[2]) : (p[2], p[1]);
            rising = close >= open;
            lines.Add(FormattableString.Invariant($"{text},{open},{p[3]},{p[0]},{close},{volume}"));
            decimal quarter = decimal.Floor(volume / 4m * 100_000_000m) / 100_000_000m;
            expected.Add((ns, product, 0, open, quarter));
            expected.Add((ns + 15_000_000_000, product, 1, rising ? p[0] : p[3], quarter));
            expected.Add((ns + 30_000_000_000, product, 2, rising ? p[3] : p[0], quarter));
            expected.Add((ns + 59_999_999_999, product, 3, close, volume - (3 * quarter)));
        }

        string name = s_products[product] + (bars ? ".1m.csv" : ".csv") + (random.Next(2) == 0 ? ".gz" : string.Empty);
        data.Add(name, [.. lines]);
    }
}
