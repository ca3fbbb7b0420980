using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine.Tests.Rebalancing;

/// <summary>Rebalances that a caller asks a live engine for.</summary>
public sealed class RebalanceByHandTests
{
    private const string Product = "BTC-USD";

    // 10 coins at 100 are 1 % of the portfolio, the pair's size is 2 %; a bid at 99 is not reached.
    [Fact]
    public async Task What_is_being_bought_is_not_bought_again()
    {
        RebalanceOptions options = new() { EntryOffsetBps = 100m };
        await using MultiPairOrchestrator engine =
            Market.Started(Market.Options() with { Rebalance = options, Time = new ManualClock() }, Product);
        await Market.HoldAsync(engine, Product);
        RebalanceResult first = Assert.Single(await Until.Done(engine.RebalanceAsync(execute: true)));
        Assert.Equal((RebalanceKind.Increase, RiskVerdict.Approved), (first.Action.Kind, first.Verdict));
        Assert.Empty(await Until.Done(engine.RebalanceAsync()));
        Assert.Empty(await Until.Done(engine.RebalanceAsync(execute: true)));
        PairStatus status = engine.GetPortfolioStatus().Pair(Product);
        Assert.Equal((10m, 99m * first.Action.Quantity), (status.Held, status.Exposure - status.MarketValue));
    }

    [Fact]
    public async Task What_waits_for_the_disk_is_not_bought_again()
    {
        HeldJournal journal = new();
        await using MultiPairOrchestrator engine = Market.Started(
            new MultiPairOrchestrator(Market.Options() with { Time = new ManualClock() })
            {
                JournalForTests = _ => journal,
            },
            Product);
        Task held = Market.HoldAsync(engine, Product);
        await Until.True(() => !journal.Waiting.IsEmpty, "the entry waits for its commit");
        journal.AnswerOldest();
        await held;
        Task<IReadOnlyList<RebalanceResult>> first = engine.RebalanceAsync(execute: true);
        await Until.True(() => !journal.Waiting.IsEmpty, "the increase waits for its commit");
        Assert.Empty(await Until.Done(engine.RebalanceAsync(execute: true)));
        journal.AnswerOldest();
        RebalanceResult result = Assert.Single(await Until.Done(first));
        Assert.Equal((RebalanceKind.Increase, RiskVerdict.Approved), (result.Action.Kind, result.Verdict));
    }

    [Fact]
    public async Task Without_orders_looking_uses_no_date_up()
    {
        ManualClock clock = new();
        RebalanceOptions options = new()
        {
            IntervalMinutes = 1,
            Strategy = new RebalanceStrategy
            {
                Method = RebalanceMethod.Calendar, RiskAversion = 1_000m, HorizonDays = 3_650,
            },
        };
        await using MultiPairOrchestrator engine =
            Market.Started(Market.Options() with { Rebalance = options, Time = clock }, Product);
        await Market.HoldAsync(engine, Product);
        await Looks.MeasureAsync(engine, clock, Looks.WarmUp, Product);
        RebalanceResult due = Assert.Single(await Until.Done(engine.RebalanceAsync()));
        Assert.Equal((RebalanceKind.Increase, RiskVerdict.None), (due.Action.Kind, due.Verdict));
        await Looks.NextAsync(engine, clock);
        Assert.Single(await Until.Done(engine.RebalanceAsync()));
        Assert.Equal(0m, engine.GetPortfolioStatus().Metrics.ReservedCapital);
    }
}
