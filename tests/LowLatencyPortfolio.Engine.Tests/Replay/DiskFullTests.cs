using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Replay;

/// <summary>
/// A full disk in the middle of trading: entries halt, exits go on, nothing is lost when there is room again.
/// </summary>
public sealed class DiskFullTests
{
    private const long Price = 100_00000000;
    private static readonly long Start = 20_000 * EventTime.Day;

    [Fact]
    public void Entries_are_abandoned_unsent_while_the_disk_is_full_and_exits_are_sent()
    {
        string folder = Directory.CreateTempSubdirectory("disk-full-").FullName;
        try
        {
            Play(Path.Combine(folder, "full.db"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Play(string path)
    {
        PortfolioConfig portfolio = new();
        PairSetup[] pairs = PairSetup.Arrange([
            (new ProductSpec("AAA-USD", 0.01m, 0.001m), new PairConfig { ProductId = "AAA-USD" }),
            (new ProductSpec("BBB-USD", 0.01m, 0.001m), new PairConfig { ProductId = "BBB-USD" })]);
        using StateJournal journal = StateJournal.Open(path, new JournalOptions(), portfolio, pairs);
        PaperExchange paper = new(new PaperConfig(), pairs, portfolio.TotalCapital, [false, false]);
        using TradingPipeline pipeline = new(new PipelineOptions(), portfolio, pairs, paper, journal);
        Ticks feed = new();
        ScriptedCommand[] entries =
        [
            new(Start + EventTime.Second, 0, OrderType.Market, 0, 0),
            new(Start + (5 * EventTime.Second), 1, OrderType.Market, 0, 0),
        ];
        ReplayFeeder feeder = new(pipeline, paper, journal, feed, entries);
        for (int second = 0; second < 4; second++)
        {
            feed.Add(0, Start + (second * EventTime.Second), Price);
            feed.Add(1, Start + (second * EventTime.Second), Price);
        }

        PlayAll(feeder);
        Assert.Equal(1, pipeline.Counters.Fills);
        Assert.Equal(1, pipeline.Counters.StopsPlaced);
        Assert.True(journal.WaitUntilQueuedAtMost(0));

        FillDisk(journal);
        feed.Add(1, Start + (4 * EventTime.Second), Price);
        feed.Add(1, Start + (6 * EventTime.Second), Price);
        feed.Add(0, Start + (7 * EventTime.Second), Price * 9 / 10);
        feed.Add(0, Start + (8 * EventTime.Second), Price * 99 / 100);
        PlayAll(feeder);
        PipelineCounters counters = pipeline.Counters;
        Assert.Equal(0m, pipeline.ReadPairs()[1].Held);
        Assert.Equal(1, counters.RiskRejections);
        Assert.Equal(0m, pipeline.ReadPairs()[0].Held);
        Assert.Equal(1, counters.Exits);
        Assert.NotEqual(JournalHealth.Ok, journal.Health);

        journal.LimitPages(1_000_000);
        Assert.True(
            SpinWait.SpinUntil(() => journal.Health == JournalHealth.Ok, TimeSpan.FromSeconds(30)),
            "the journal did not recover");
        _ = pipeline.Stop(TimeSpan.FromSeconds(10));
        journal.Complete();
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        Assert.Contains(database.History(), row => row.Action == HistoryAction.ExitFilled);
        Assert.Contains(database.Orders(), row => row.ProductId == "BBB-USD" && row.State == OrderState.Abandoned);
    }

    // No page more than there are, and enough rows to use up what is free in them.
    private static void FillDisk(StateJournal journal)
    {
        journal.LimitPages(1);
        for (int i = 0; i < 2_000; i++)
        {
            journal.Append(new StateChange
            {
                Kind = StateChangeKind.History, Action = HistoryAction.OrderCancelled, TimeNs = Start,
                EndOfEvent = true,
            });
        }

        Assert.True(
            SpinWait.SpinUntil(() => journal.Health == JournalHealth.Failed, TimeSpan.FromSeconds(30)),
            "the disk is not full");
    }

    private static void PlayAll(ReplayFeeder feeder)
    {
        while (feeder.Step())
        {
        }
    }

    private sealed class Ticks : IMarketFeed
    {
        private readonly Queue<MarketTick> _ticks = new();

        public void Add(int product, long timeNs, long price) =>
            _ticks.Enqueue(
                new MarketTick { Product = product, TimeNs = timeNs, Price = price, Quantity = 100_000_000_000 });

        public bool TryRead(out MarketTick tick) => _ticks.TryDequeue(out tick);
    }
}
