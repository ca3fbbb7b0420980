using LowLatencyPortfolio.Exchanges.Replay;

namespace LowLatencyPortfolio.Exchanges.Tests.Replay;

public sealed class ReplayAllocationTests
{
    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void Reading_and_merging_allocate_nothing_after_warm_up(string suffix)
    {
        using var data = new DataFolder();
        DateTime start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        data.Add(
            "A-USD.1m.csv" + suffix,
            [DataFolder.Bars, .. Rows(i => start.AddMinutes(i), ",100.5,101.25,99.75,100.75,12.5")]);
        data.Add(
            "B-USD.csv" + suffix,
            [DataFolder.Ticks + ",trade_id", .. Rows(i => start.AddSeconds(i * 40), ",100.5,12.5,77")]);
        ReplayCatalog catalog = data.Scan();

        // Warm-up ends when the runtime has compiled the parsing for good; until then unoptimized generic code boxes.
        long allocated = long.MaxValue;
        for (long deadline = Environment.TickCount64 + 30_000; allocated != 0 && Environment.TickCount64 < deadline;)
        {
            allocated = AllocatedBy(catalog);
        }

        Assert.Equal(0, allocated);
    }

    private static long AllocatedBy(ReplayCatalog catalog)
    {
        using var feed = new ReplayFeed(catalog, Pairs.Of("A-USD", "B-USD"));
        feed.Skip(20_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        feed.Skip(70_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(feed.Progress < 1.0, "the end of the files is not part of the measurement");
        return allocated;
    }

    private static IEnumerable<string> Rows(Func<int, DateTime> time, string rest) =>
        Enumerable.Range(0, 20_000).Select(i => time(i).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) + rest);
}
