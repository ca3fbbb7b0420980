using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Replay;

namespace LowLatencyPortfolio.Exchanges.Tests.Replay;

public sealed class ReplayCatalogTests
{
    private const long Minute = 60_000_000_000;

    [Fact]
    public void Of_overlapping_files_the_finest_is_taken_and_that_is_said()
    {
        using DataFolder data = new DataFolder()
            .Add("A-USD.1h.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1")
            .Add("A-USD.1m.csv", DataFolder.Bars, "2024-01-01T00:30:00Z,1,1,1,1,1")
            .Add("B-USD.1s.csv", DataFolder.Bars, "2024-01-01T00:00:05Z,1,1,1,1,1")
            .Add("B-USD.csv", DataFolder.Ticks, "2024-01-01T00:00:05Z,1,1");
        ReplayCatalog catalog = data.Scan();
        Assert.Equal(["A-USD", "B-USD"], catalog.Products.Select(product => product.ProductId));
        Assert.Equal(
            ["A-USD.1m.csv", "B-USD.csv"],
            catalog.Products.Select(product => Path.GetFileName(Assert.Single(product.Files).Path)));
        Assert.Equal(
            [
                $"A-USD: 1m bars taken; {data.PathOf("A-USD.1h.csv")} (1h bars of an overlapping time) left out",
                $"B-USD: trade ticks taken; {data.PathOf("B-USD.1s.csv")} (1s bars of an overlapping time) left out",
            ],
            catalog.Notes);
        Assert.Equal([true, false], catalog.Products.Select(product => product.PlayedFromBars));
    }

    [Fact]
    public void Overlapping_files_of_one_interval_are_a_fault()
    {
        using DataFolder data = new DataFolder()
            .Add("A-USD.a.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1", "2024-01-01T00:05:00Z,1,1,1,1,1")
            .Add("A-USD.b.1m.csv", DataFolder.Bars, "2024-01-01T00:05:30Z,1,1,1,1,1");
        Assert.Equal(
            "A-USD.b.1m.csv: overlaps A-USD.a.1m.csv; both have 1m bars of A-USD: give one of them", data.Fault());
    }

    [Fact]
    public void Files_that_only_touch_are_chained()
    {
        using DataFolder data = new DataFolder()
            .Add("A-USD.b.1m.csv", DataFolder.Bars, "2024-01-01T00:06:00Z,1,1,1,1,1")
            .Add("A-USD.a.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1", "2024-01-01T00:05:00Z,1,1,1,1,1");
        ReplayProduct product = Assert.Single(data.Scan().Products);
        Assert.Equal(["A-USD.a.1m.csv", "A-USD.b.1m.csv"], product.Files.Select(file => Path.GetFileName(file.Path)));
        Assert.Equal(1_704_067_200_000_000_000, product.FirstTimeNs);
        Assert.Equal(1_704_067_200_000_000_000 + (7 * Minute) - 1, product.LastTimeNs);
        Assert.Equal(3, product.Rows);
    }

    [Theory]
    [InlineData("A-USD.1s.csv", 1L)]
    [InlineData("A-USD.1m.crash-week.csv", 60L)]
    [InlineData("A-USD.2017-12-17.5m.csv", 300L)]
    [InlineData("A-USD.1h.csv", 3_600L)]
    [InlineData("A-USD.1d.csv", 86_400L)]
    [InlineData("A-USD.csv", 120L)]                 // the smallest step
    [InlineData("A-USD.minutes.csv", 120L)]
    public void Bar_length_comes_from_the_name_else_from_the_smallest_step(string name, long seconds)
    {
        using DataFolder data = new DataFolder().Add(
            name, DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1", "2024-01-02T00:00:00Z,1,1,1,1,1",
            "2024-01-03T00:00:00Z,1,1,1,1,1");
        if (seconds == 120)
        {
            data.Add(
                name, DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1", "2024-01-01T00:06:00Z,1,1,1,1,1",
                "2024-01-01T00:08:00Z,1,1,1,1,1");
        }

        Assert.Equal(seconds * 1_000_000_000, Assert.Single(data.Scan().Products).Files[0].IntervalNs);
    }

    [Fact]
    public void Files_and_folders_mix_and_a_file_named_twice_counts_once()
    {
        using DataFolder data = new DataFolder()
            .Add("A-USD.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1")
            .Add("notes.txt", "not data");
        using DataFolder other = new DataFolder().Add("B-USD.csv", DataFolder.Ticks, "2024-01-01T00:00:00Z,1,1");
        ReplayCatalog catalog = ReplayCatalog.Scan([data.PathOf("A-USD.1m.csv"), data.Root, other.PathOf("B-USD.csv")]);
        Assert.Equal(["A-USD", "B-USD"], catalog.Products.Select(product => product.ProductId));
        Assert.Equal(2, catalog.Rows);
    }

    [Fact]
    public void Increments_are_inferred_from_the_decimals_that_matter()
    {
        using DataFolder data = new DataFolder()
            .Add(
                "A-USD.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1.50,1.5,1,1.2,7.0",
                "2024-01-01T00:01:00Z,1.5,1.505,1,1.2,7.12340")
            .Add("B-USD.csv", DataFolder.Ticks, "2024-01-01T00:00:00Z,12,3")
            .Add("C-USD.csv", DataFolder.Ticks, "2024-01-01T00:00:00Z,0.0000012345,3.25");
        IReadOnlyList<ReplayProduct> products = data.Scan().Products;
        Assert.Equal([0.001m, 1m, 0.0000000001m], products.Select(product => product.PriceIncrement));
        Assert.Equal([0.0001m, 1m, 0.01m], products.Select(product => product.QuantityIncrement));
    }

    [Fact]
    public void A_price_finer_than_the_default_unit_is_played_exactly()
    {
        using DataFolder data = new DataFolder().Add(
            "C-USD.csv", DataFolder.Ticks, "2024-01-01T00:00:00Z,0.0000012345,3.25");
        ReplayCatalog catalog = data.Scan();
        var product = new ProductSpec(
            "C-USD", catalog.Products[0].PriceIncrement, catalog.Products[0].QuantityIncrement);
        using var feed = new ReplayFeed(
            catalog, Pipeline.PairSetup.Arrange([(product, new PairConfig { ProductId = "C-USD" })]));
        MarketTick tick = Assert.Single(DataFolder.All(feed));
        Assert.Equal(0.0000012345m, product.PriceOf(tick.Price));
        Assert.Equal(3.25m, product.QuantityOf(tick.Quantity));
    }

    [Fact]
    public void A_known_product_judges_rows_by_its_own_units()
    {
        string[] rows = [.. Enumerable.Range(0, 200).Select(i => $"2024-01-01T00:00:00.{i:000}Z,1.5,1")];
        rows[77] = "2024-01-01T00:00:00.077Z,33.35399601000002,1";
        using DataFolder data = new DataFolder().Add("A-USD.csv", [DataFolder.Ticks, .. rows]);
        ReplayCatalog catalog = ReplayCatalog.Scan([data.Root], [new ProductSpec("A-USD", 0.01m, 0.001m)]);
        Assert.Equal(
            [
                $"{data.PathOf("A-USD.csv")}: 1 of 200 rows are bad and left out; the first: line 79: "
                + "price \"33.35399601000002\" has more decimals than its unit",
            ],
            catalog.Notes);
        using var feed = new ReplayFeed(catalog, Pairs.Of("A-USD"));
        Assert.Equal(199, DataFolder.All(feed).Count);
        Assert.Equal(1, feed.BadRowCount);
    }

    [Fact]
    public void The_fingerprint_follows_contents_and_not_names()
    {
        using DataFolder data = new DataFolder().Add(
            "A-USD.x.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1");
        using DataFolder renamed = new DataFolder().Add(
            "A-USD.y.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1");
        using DataFolder changed = new DataFolder().Add(
            "A-USD.x.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,2");
        using DataFolder longer = new DataFolder().Add(
            "A-USD.x.5m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1");
        using DataFolder product = new DataFolder().Add(
            "B-USD.x.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,1");
        string fingerprint = data.Scan().Fingerprint;
        Assert.Matches("^[0-9a-f]{64}$", fingerprint);
        Assert.Equal(fingerprint, renamed.Scan().Fingerprint);
        Assert.Equal(
            4, new[] { data, changed, longer, product }.Select(folder => folder.Scan().Fingerprint).Distinct().Count());
    }
}
