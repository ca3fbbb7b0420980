using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.Sample;

/// <summary>The bundled sample is what its ORIGIN.md says.</summary>
public sealed class SampleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "sample");

    [Theory]
    [InlineData("ADA-USD", 5040, "cc279d279f628cf19d2bbb553445faaa0871c16f6129bb9f11dad04712fc8bb1")]
    [InlineData("AVAX-USD", 5039, "ee9b6f913725e78d0c9eca58beb48bb3e6313a1ce4685cbf1064497c48aabd22")]
    [InlineData("BTC-USD", 5040, "94ace06df4c9a09e4257ebaa66515a18a6b3af86fd8b7346fc7005cd9a91a61a")]
    [InlineData("DOGE-USD", 5037, "fe25e107f8ddafe980311f21c540c7950831e0aba65e951873e444d19e1df410")]
    [InlineData("DOT-USD", 5007, "53fbab71a01ebf4fc614478d90451a668616fc0adcdd50e1dc23f193a96e3bce")]
    [InlineData("ETH-USD", 5040, "22ee22f65721ef2133f67dfb0a5be586fafd87c6eb6a7ceca6d3922d525bc5b7")]
    [InlineData("LINK-USD", 5038, "e4ce7cfce6206dba2858e590bfb4a8de4128aeba32878f4ca7dbbfdf61795e76")]
    [InlineData("LTC-USD", 5038, "b4662828c78588676c40904a97c467316944ae6e771ab120de8818cafbade119")]
    [InlineData("SOL-USD", 5040, "f386d191b117bfdf302d9325a33358ee63e0934186e8d662fcd99c4668d7342a")]
    [InlineData("XRP-USD", 5040, "940b8f142a63a1242fbbfa0bdb8fc2f5a44c948a3bdd2b5e19624071d60cb95f")]
    public void The_bars_are_the_cut_rows_of_the_source(string productId, int rows, string sha256)
    {
        string text = Unpack(productId);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("time,open,high,low,close,volume", lines[0]);
        string[] times = [.. lines.Skip(1).Select(line => line.Split(',')[0])];
        Assert.Equal(rows, times.Length);
        Assert.Equal(times.Order(StringComparer.Ordinal).Distinct(), times);
        Assert.Equal("2023-12-08T00:00:00Z", times[0]);
        Assert.Equal("2023-12-11T11:59:00Z", times[^1]);
    }

    [Fact]
    public void The_packed_files_carry_no_name_and_no_time()
    {
        string[] files = Directory.GetFiles(Path.Combine(Folder, "ticks"));
        Assert.Equal(10, files.Length);
        Assert.All(files, file =>
        {
            // RFC 1952: magic, deflate, flags 0 (no name), time 0.
            Assert.Equal([0x1f, 0x8b, 8, 0, 0, 0, 0, 0], File.ReadAllBytes(file)[..8]);
        });
    }

    [Fact]
    public void The_configuration_has_no_fault_and_names_every_pair_with_a_group()
    {
        RunConfiguration configuration = Configuration();
        string[] products = [.. ProductIds()];
        Assert.Equal(products, configuration.Products.Select(product => product.ProductId));
        Assert.Equal(products, configuration.Pairs.Select(pair => pair.ProductId));
        Assert.All(configuration.Pairs, pair => Assert.NotNull(pair.CorrelationGroup));
        Assert.All(configuration.Pairs, pair => Assert.Equal((4m, 0.05m), (pair.PositionSizePct, pair.TrailPct)));
        Assert.Equal((100_000m, 9), (configuration.Portfolio.TotalCapital, configuration.Portfolio.MaxPositions));
    }

    [Fact]
    public void The_increments_are_those_that_the_data_shows()
    {
        foreach (ProductSpec product in Configuration().Products)
        {
            decimal[][] rows = [.. Rows(product.ProductId).Select(row => row.Skip(1).Select(Number).ToArray())];
            Assert.Equal(
                ProductSpec.DecimalsOf(product.PriceIncrement), rows.Max(row => row[..4].Max(ProductSpec.DecimalsOf)));
            Assert.Equal(
                ProductSpec.DecimalsOf(product.QuantityIncrement), rows.Max(row => ProductSpec.DecimalsOf(row[4])));
        }
    }

    [Fact]
    public void The_regular_entries_fit_every_group_and_the_extra_entry_breaks_one()
    {
        RunConfiguration configuration = Configuration();
        decimal limit = configuration.Portfolio.MaxCorrelatedExposurePct;
        decimal fullest = configuration.Pairs.GroupBy(pair => pair.CorrelationGroup)
            .Max(group => group.Sum(pair => pair.PositionSizePct));
        Assert.True(fullest <= limit);
        Assert.True(fullest + 0.9m > limit);
        Assert.True(4m + 0.9m <= configuration.Portfolio.MaxPositionSizePct);
    }

    [Fact]
    public void The_entries_are_exactly_those_of_the_rule()
    {
        StringBuilder expected = new("time,product_id,price,qty,order_type\n");
        AppendRegular(expected, "2023-12-08T00:05:00Z");
        AppendSized(expected, "2023-12-08T00:06:00Z", "BTC-USD", 6_000m);
        AppendSized(expected, "2023-12-08T00:06:00Z", "SOL-USD", 900m);
        AppendRegular(expected, "2023-12-10T18:05:00Z");
        Assert.Equal(expected.ToString(), File.ReadAllText(Path.Combine(Folder, "entries.csv")));
    }

    [Fact]
    public void The_entries_file_has_no_fault()
    {
        FaultLines faults = new();
        RunConfiguration configuration = Configuration();
        PairSetup[] pairs = PairSetup.Arrange(configuration.Products.Zip(configuration.Pairs));
        Assert.Equal(22, ScriptedEntries.Load(Path.Combine(Folder, "entries.csv"), pairs, faults).Count);
        Assert.Empty(faults.Lines);
    }

    [Fact]
    public void The_origin_stands_beside_the_data()
    {
        string origin = File.ReadAllText(Path.Combine(Folder, "ORIGIN.md"));
        Assert.Contains("willchenko7/adaptive-trading-agent", origin, StringComparison.Ordinal);
        Assert.Contains("7d994b147d10", origin, StringComparison.Ordinal);
        Assert.Contains("states no licence", origin, StringComparison.Ordinal);
    }

    private static void AppendRegular(StringBuilder to, string time)
    {
        foreach (string productId in ProductIds())
        {
            to.Append(CultureInfo.InvariantCulture, $"{time},{productId},{Limit(productId, time)},,limit\n");
        }
    }

    private static void AppendSized(StringBuilder to, string time, string productId, decimal notional)
    {
        decimal limit = Limit(productId, time);
        decimal quantity = Floor(notional / limit, Product(productId).QuantityIncrement);
        to.Append(CultureInfo.InvariantCulture, $"{time},{productId},{limit},{quantity},limit\n");
    }

    private static decimal Limit(string productId, string time)
    {
        string lastClose = Rows(productId).Last(row => string.CompareOrdinal(row[0], time) < 0)[4];
        return Floor(Number(lastClose) * 1.01m, Product(productId).PriceIncrement);
    }

    private static decimal Floor(decimal value, decimal increment) => decimal.Floor(value / increment) * increment;

    private static ProductSpec Product(string productId) =>
        Configuration().Products.Single(product => product.ProductId == productId);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> ProductIds() => Directory.GetFiles(Path.Combine(Folder, "ticks"))
        .Select(file => Path.GetFileName(file).Split('.')[0]).Order(StringComparer.Ordinal);

    private static IEnumerable<string[]> Rows(string productId) =>
        Unpack(productId).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));

    private static RunConfiguration Configuration()
    {
        FaultLines faults = new();
        RunConfiguration? configuration = ConfigurationFile.Load(Path.Combine(Folder, "config.json"), faults);
        Assert.Empty(faults.Lines);
        return configuration!;
    }

    private static string Unpack(string productId)
    {
        using FileStream packed = File.OpenRead(Path.Combine(Folder, "ticks", $"{productId}.1m.csv.gz"));
        using GZipStream unpacked = new(packed, CompressionMode.Decompress);
        using StreamReader reader = new(unpacked);
        return reader.ReadToEnd();
    }
}
