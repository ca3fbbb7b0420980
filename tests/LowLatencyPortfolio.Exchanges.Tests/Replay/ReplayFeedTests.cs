using LowLatencyPortfolio.Exchanges.Replay;

namespace LowLatencyPortfolio.Exchanges.Tests.Replay;

public sealed class ReplayFeedTests
{
    [Fact]
    public void A_rising_bar_goes_open_low_high_close_and_its_volume_is_quartered()
    {
        using DataFolder data = new DataFolder().Add(
            "A-USD.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,10,13,9,12,4.00000003");
        Assert.Equal(
            ["0 0 10 1", "0 15 9 1", "0 30 13 1", "0 59.999999999 12 1.00000003"],
            data.Play("A-USD").Select(DataFolder.Line));
    }

    [Fact]
    public void A_falling_bar_goes_open_high_low_close()
    {
        using DataFolder data = new DataFolder().Add(
            "A-USD.1s.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,12,13,9,10,0.00000007");
        Assert.Equal(
            ["0 0 12 0.00000001", "0 0.25 13 0.00000001", "0 0.5 9 0.00000001", "0 0.999999999 10 0.00000004"],
            data.Play("A-USD").Select(DataFolder.Line));
    }

    [Fact]
    public void A_bar_that_closes_where_it_opened_counts_as_rising_and_may_have_no_volume()
    {
        using DataFolder data = new DataFolder().Add(
            "A-USD.1h.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,10,13,9,10,0");
        Assert.Equal(
            ["0 0 10 0", "0 900 9 0", "0 1800 13 0", "0 3599.999999999 10 0"],
            data.Play("A-USD").Select(DataFolder.Line));
    }

    [Fact]
    public void Trade_rows_are_ticks_and_their_number_is_the_trade_key()
    {
        using DataFolder data = new DataFolder().Add(
            "A-USD.csv", DataFolder.Ticks + ",side,trade_id,received",
            "2024-01-01T00:00:01.5Z,10.5,0.25,buy,4711,x", "2024-01-01T00:00:01.5Z,10.4,1,sell,,y");
        List<MarketTick> ticks = data.Play("A-USD");
        Assert.Equal(["0 1.5 10.5 0.25", "0 1.5 10.4 1"], ticks.Select(DataFolder.Line));
        Assert.Equal([4711, 0], ticks.Select(tick => tick.TradeKey));
    }

    [Fact]
    public void Without_a_number_column_the_trade_key_is_unknown()
    {
        using DataFolder data = new DataFolder().Add("A-USD.csv", DataFolder.Ticks, "2024-01-01T00:00:01Z,10.5,0.25");
        Assert.Equal(0, Assert.Single(data.Play("A-USD")).TradeKey);
    }

    [Fact]
    public void Products_are_merged_by_the_time_of_each_tick_and_ties_go_by_product_id()
    {
        using DataFolder data = new DataFolder()
            .Add("B-USD.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,4")
            .Add(
                "A-USD.csv", DataFolder.Ticks, "2024-01-01T00:00:00Z,7,1", "2024-01-01T00:00:15Z,8,1",
                "2024-01-01T00:00:15Z,8.5,1", "2024-01-01T00:00:59Z,9,1");
        Assert.Equal(
            ["0 0 7 1", "1 0 1 1", "0 15 8 1", "0 15 8.5 1", "1 15 1 1", "1 30 1 1", "0 59 9 1", "1 59.999999999 1 1"],
            data.Play("A-USD", "B-USD").Select(DataFolder.Line));
    }

    [Fact]
    public void Bars_that_do_not_follow_each_other_leave_a_hole()
    {
        using DataFolder data = new DataFolder().Add(
            "A-USD.1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,1,1,1,4", "2024-01-01T00:07:00Z,2,2,2,2,4");
        Assert.Equal(
            [0m, 15m, 30m, 59.999999999m, 420m, 435m, 450m, 479.999999999m], data.Play("A-USD").Select(Seconds));
        static decimal Seconds(MarketTick tick) => (tick.TimeNs - 1_704_067_200_000_000_000) / 1_000_000_000m;
    }

    [Fact]
    public void Files_of_one_product_that_follow_each_other_are_played_one_after_another()
    {
        using DataFolder data = new DataFolder()
            .Add("A-USD.second.csv.gz", DataFolder.Ticks, "2024-01-01T00:00:02Z,2,1", "2024-01-01T00:00:03Z,3,1")
            .Add(
                "A-USD.first.csv", DataFolder.Ticks + ",trade_id", "2024-01-01T00:00:00Z,1,1,5",
                "2024-01-01T00:00:01Z,1,1,6")
            .Add("A-USD.third.1m.csv", DataFolder.Bars, "2024-01-01T00:01:00Z,4,4,4,4,4");
        List<MarketTick> ticks = data.Play("A-USD");
        Assert.Equal(
            ["0 0 1 1", "0 1 1 1", "0 2 2 1", "0 3 3 1", "0 60 4 1", "0 75 4 1", "0 90 4 1", "0 119.999999999 4 1"],
            ticks.Select(DataFolder.Line));
        Assert.Equal([5, 6, 0, 0, 0, 0, 0, 0], ticks.Select(tick => tick.TradeKey));
    }

    [Theory]
    [InlineData("A-USD.csv")]
    [InlineData("A-USD.csv.gz")]
    public void Line_ends_of_windows_a_byte_order_mark_blank_lines_and_a_missing_last_line_end_do_not_matter(
        string name)
    {
        using DataFolder data = new DataFolder().AddText(
            name,
            "\uFEFF" + DataFolder.Ticks + "\r\n2024-01-01T00:00:01Z,10.5,0.25\r\n\r\n2024-01-01T00:00:02Z,10.6,0.25");
        Assert.Equal(["0 1 10.5 0.25", "0 2 10.6 0.25"], data.Play("A-USD").Select(DataFolder.Line));
    }

    [Fact]
    public void A_gzip_file_of_several_members_is_read_to_its_end()
    {
        byte[] first = DataFolder.Gzip("time,price,size\n2024-01-01T00:00:01Z,1,1\n2024-01-"u8.ToArray());
        byte[] second = DataFolder.Gzip("01T00:00:02Z,2,1\n"u8.ToArray());
        using DataFolder data = new DataFolder().AddBytes("A-USD.csv.gz", [.. first, .. second]);
        Assert.Equal(["0 1 1 1", "0 2 2 1"], data.Play("A-USD").Select(DataFolder.Line));
    }

    [Fact]
    public void Skipping_arrives_where_reading_would_have()
    {
        using DataFolder data = Minutes("A-USD", "B-USD");
        List<MarketTick> all = data.Play("A-USD", "B-USD");
        for (int skipped = 0; skipped <= all.Count; skipped++)
        {
            using ReplayFeed feed = data.Open("A-USD", "B-USD");
            feed.Skip(skipped);
            Assert.Equal(skipped, feed.Delivered);
            Assert.Equal(all.Skip(skipped).Select(DataFolder.Line), DataFolder.All(feed).Select(DataFolder.Line));
            Assert.Equal(all.Count, feed.Delivered);
        }
    }

    [Fact]
    public void Skipping_beyond_the_end_is_a_fault()
    {
        using DataFolder data = Minutes("A-USD");
        using ReplayFeed feed = data.Open("A-USD");
        Assert.Equal(
            "the data ends after 12 market events, 3 before the position to continue from",
            data.Fault(() => feed.Skip(15)));
    }

    [Fact]
    public void Progress_goes_from_nearly_nothing_to_all()
    {
        using DataFolder data = Minutes("A-USD", "B-USD");
        using ReplayFeed feed = data.Open("A-USD", "B-USD");
        Assert.InRange(feed.Progress, 0.3, 0.4);        // the first row of each file waits already
        _ = DataFolder.All(feed);
        Assert.Equal(1.0, feed.Progress);
        Assert.False(feed.TryRead(out _));
    }

    [Fact]
    public void Only_products_with_a_pair_are_played_and_a_pair_may_have_no_data()
    {
        using DataFolder data = Minutes("A-USD", "C-USD").Add(
            "B-USD.csv", DataFolder.Ticks, "2024-01-01T00:00:02Z,2,1");
        using ReplayFeed feed = data.Open("B-USD", "C-USD", "X-USD");
        Assert.Equal([false, true, false], feed.PlayedFromBars());
        Assert.Equal([0, 1], DataFolder.All(feed).Select(tick => tick.Product).Distinct().Order());
    }

    [Fact]
    public void Data_of_no_pair_is_a_fault()
    {
        using DataFolder data = Minutes("A-USD");
        Assert.Equal(
            "the data has A-USD, and none of the pairs X-USD, Y-USD", data.Fault(() => data.Open("X-USD", "Y-USD")));
    }

    [Fact]
    public void A_file_that_grew_after_the_scan_stops_the_run()
    {
        using DataFolder data = Minutes("A-USD");
        ReplayCatalog catalog = data.Scan();
        File.AppendAllText(data.PathOf("A-USD.1m.csv"), "2024-01-01T00:09:00Z,1,1,1,1,1\n");
        using var feed = new ReplayFeed(catalog, Pairs.Of("A-USD"));
        Assert.Equal(
            "A-USD.1m.csv: has 4 rows now and had 3 when the run began: it was changed meanwhile",
            data.Fault(() => DataFolder.All(feed)));
    }

    private static DataFolder Minutes(params string[] products)
    {
        var data = new DataFolder();
        foreach (string product in products)
        {
            data.Add(
                product + ".1m.csv", DataFolder.Bars, "2024-01-01T00:00:00Z,1,2,1,2,4",
                "2024-01-01T00:01:00Z,2,3,2,3,4", "2024-01-01T00:02:00Z,3,4,3,4,4");
        }

        return data;
    }
}
