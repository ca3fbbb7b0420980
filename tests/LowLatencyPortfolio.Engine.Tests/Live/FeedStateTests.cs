using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class FeedStateTests
{
    [Fact]
    public async Task A_pair_whose_feed_is_down_takes_no_entry_until_it_is_good_again()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD", "ETH-USD");
        await PriceAsync(orchestrator, "BTC-USD", "ETH-USD");
        orchestrator.Engine.PublishFeedState(0, HealthFlag.FeedDown, isBad: true);
        Assert.Equal(
            [RiskVerdict.PriceMissing, RiskVerdict.Approved], await EnterAsync(orchestrator, "BTC-USD", "ETH-USD"));
        orchestrator.Engine.PublishFeedState(0, HealthFlag.FeedDown, isBad: false);
        Assert.Equal([RiskVerdict.Approved], await EnterAsync(orchestrator, "BTC-USD"));
    }

    [Theory]
    [InlineData(HealthFlag.FeedDown, RiskVerdict.PriceMissing)]
    [InlineData(HealthFlag.ClockSkew, RiskVerdict.ClockSkew)]
    [InlineData(HealthFlag.NotReconciled, RiskVerdict.NotReconciled)]
    public async Task What_is_bad_for_all_pairs_closes_the_gate_for_all(HealthFlag flag, RiskVerdict verdict)
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD", "ETH-USD");
        await PriceAsync(orchestrator, "BTC-USD", "ETH-USD");
        orchestrator.Engine.PublishFeedState(-1, flag, isBad: true);
        Assert.Equal([verdict, verdict], await EnterAsync(orchestrator, "BTC-USD", "ETH-USD"));
        orchestrator.Engine.PublishFeedState(-1, flag, isBad: false);
        Assert.Equal(
            [RiskVerdict.Approved, RiskVerdict.Approved], await EnterAsync(orchestrator, "BTC-USD", "ETH-USD"));
    }

    [Theory]
    [InlineData(1, HealthFlag.FeedDown)]
    [InlineData(-2, HealthFlag.FeedDown)]
    [InlineData(0, HealthFlag.ClockSkew)]
    [InlineData(0, HealthFlag.NotReconciled)]
    [InlineData(-1, HealthFlag.JournalLag)]
    [InlineData(-1, HealthFlag.JournalFailed)]
    [InlineData(-1, HealthFlag.None)]
    public async Task A_state_that_nobody_may_tell_is_refused(int product, HealthFlag flag)
    {
        await using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        engine.Start();
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.PublishFeedState(product, flag, isBad: true));
    }

    [Fact]
    public async Task An_engine_that_has_stopped_takes_no_state()
    {
        TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        engine.Start();
        await engine.DisposeAsync();
        Assert.Throws<EngineStoppedException>(() => engine.PublishFeedState(0, HealthFlag.FeedDown, isBad: true));
    }

    private static async Task PriceAsync(MultiPairOrchestrator orchestrator, params string[] products)
    {
        foreach (string product in products)
        {
            await Until.Done(orchestrator.HandlePriceUpdateAsync(product, 100m));
        }
    }

    private static async Task<RiskVerdict[]> EnterAsync(MultiPairOrchestrator orchestrator, params string[] products)
    {
        IReadOnlyList<EntryResult> results = await Until.Done(
            orchestrator.SubmitCoordinatedEntriesAsync([.. products.Select(product => Market.Buy(product))]));
        return [.. results.Select(result => result.Verdict)];
    }
}
