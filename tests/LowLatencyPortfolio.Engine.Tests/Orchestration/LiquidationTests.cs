using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class LiquidationTests
{
    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public async Task A_pair_is_sold_at_the_market_and_the_second_task_says_when_it_is_flat(Topology topology)
    {
        ScriptedGateway? venue = null;
        TradingEngineOptions options = Market.Options(pairs => venue = new ScriptedGateway(pairs)) with
        {
            Topology = topology, RequireCores = false,
        };
        await using MultiPairOrchestrator orchestrator = Market.Started(options, "BTC-USD", "ETH-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD", "ETH-USD");

        LiquidationResult result = await Until.Done(orchestrator.EmergencyLiquidatePairAsync("BTC-USD"));
        Assert.Equal(new PairLiquidation("BTC-USD", LiquidationOutcome.Pending), Assert.Single(result.Pairs));
        Assert.False(result.Flat.IsCompleted);
        OrderCommand sell = Assert.Single(venue!.Sent, command => command.Purpose == OrderPurpose.Exit);
        Assert.Equal((OrderSide.Sell, OrderType.Market, OrderCommandKind.Place), (sell.Side, sell.Type, sell.Kind));
        Assert.True(orchestrator.GetPortfolioStatus().Pair("BTC-USD").IsExiting);

        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 101m));
        await Until.Done(result.Flat);
        PortfolioStatus status = orchestrator.GetPortfolioStatus();
        Assert.Equal(0m, status.Pair("BTC-USD").Held);
        Assert.False(status.Pair("BTC-USD").IsExiting);
        Assert.Equal(10m, status.Pair("ETH-USD").Held);
        Assert.Equal(TradingMode.Trading, status.Mode);
    }

    [Fact]
    public async Task A_flat_pair_is_closed_at_once()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD", "ETH-USD");
        LiquidationResult result = await Until.Done(orchestrator.EmergencyLiquidatePairAsync("BTC-USD"));
        Assert.Equal(LiquidationOutcome.Closed, Assert.Single(result.Pairs).Outcome);
        await Until.Done(result.Flat);
        LiquidationResult whole = await Until.Done(orchestrator.EmergencyLiquidatePortfolioAsync());
        Assert.Empty(whole.Pairs);
        await Until.Done(whole.Flat);
        await Assert.ThrowsAsync<ArgumentException>(() => orchestrator.EmergencyLiquidatePairAsync("DOGE-USD"));
    }

    [Fact]
    public async Task A_working_entry_is_cancelled_and_the_pair_is_free_again()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD");
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        await Until.Done(orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD", limit: 99m)]));
        LiquidationResult result = await Until.Done(orchestrator.EmergencyLiquidatePairAsync("BTC-USD"));
        await Until.Done(result.Flat);
        Assert.Equal(LiquidationOutcome.Closed, Assert.Single(result.Pairs).Outcome);
        IReadOnlyList<EntryResult> again = await Until.Done(
            orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD", limit: 98.5m)]));
        Assert.Equal(RiskVerdict.Approved, again[0].Verdict);
    }

    [Fact]
    public async Task An_entry_that_waits_for_its_commit_is_abandoned_and_the_pair_is_free_again()
    {
        HeldJournal journal = new();
        await using MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(Market.Options()) { JournalForTests = _ => journal }, "BTC-USD");
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        Task<IReadOnlyList<EntryResult>> entry = orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD")]);
        await Until.True(() => !journal.Waiting.IsEmpty, "the intent waits for its commit");

        Task<LiquidationResult> liquidating = orchestrator.EmergencyLiquidatePairAsync("BTC-USD");
        await Until.True(() => orchestrator.GetPortfolioStatus().Pair("BTC-USD").IsExiting, "the pair is being closed");
        journal.AnswerOldest();
        Assert.Equal(RiskVerdict.PairExiting, (await Until.Done(entry))[0].Verdict);
        LiquidationResult result = await Until.Done(liquidating);
        Assert.Equal(LiquidationOutcome.Closed, Assert.Single(result.Pairs).Outcome);

        Task<IReadOnlyList<EntryResult>> again = orchestrator.SubmitCoordinatedEntriesAsync(
            [Market.Buy("BTC-USD", quantity: 5m)]);
        await Until.True(() => !journal.Waiting.IsEmpty || again.IsCompleted, "the second entry was reviewed");
        journal.AnswerOldest();
        Assert.Equal(RiskVerdict.Approved, (await Until.Done(again))[0].Verdict);
    }

    [Fact]
    public async Task The_portfolio_is_sold_largest_exposure_first_and_halted()
    {
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator orchestrator = Market.Started(
            Market.Options(pairs => venue = new ScriptedGateway(pairs)), Market.Five);
        await Market.HoldAsync(orchestrator, "BTC-USD", "ETH-USD", "SOL-USD");
        await Until.Done(orchestrator.HandlePriceUpdateAsync("SOL-USD", 101m));
        await Until.Done(orchestrator.HandlePriceUpdateAsync("ETH-USD", 101.5m));

        LiquidationResult result = await Until.Done(orchestrator.EmergencyLiquidatePortfolioAsync());
        Assert.Equal(["BTC-USD", "ETH-USD", "SOL-USD"], result.Pairs.Select(pair => pair.ProductId));
        Assert.All(result.Pairs, pair => Assert.Equal(LiquidationOutcome.Pending, pair.Outcome));
        string[] sold = [.. venue!.Sent.Where(command => command.Kind == OrderCommandKind.Cancel)
            .Select(command => orchestrator.Engine.Pairs[command.Product].ProductId)];
        Assert.Equal(["ETH-USD", "SOL-USD", "BTC-USD"], sold);
        Assert.Equal(TradingMode.Halted, orchestrator.GetPortfolioStatus().Mode);

        foreach (PairLiquidation pair in result.Pairs)
        {
            string productId = pair.ProductId;
            Assert.False(result.Flat.IsCompleted);
            await Until.Done(orchestrator.HandlePriceUpdateAsync(productId, 100m));
        }

        await Until.Done(result.Flat);
        Assert.Equal(0m, orchestrator.GetPortfolioStatus().Metrics.DeployedCapital);
        EntryResult refused =
            (await Until.Done(orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("ADA-USD")])))[0];
        Assert.Equal(RiskVerdict.TradingModeForbids, refused.Verdict);
    }

    [Fact]
    public async Task A_venue_that_refuses_the_exit_makes_it_failed_until_a_retry_gets_through()
    {
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator orchestrator = Market.Started(
            Market.Options(pairs => venue = new ScriptedGateway(pairs)), "BTC-USD", "ETH-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD", "ETH-USD");
        int bitcoin = orchestrator.Engine.Pairs.Single(pair => pair.ProductId == "BTC-USD").Index;
        venue!.Refuses = command => command.Purpose == OrderPurpose.Exit && command.Product == bitcoin;

        LiquidationResult result = await Until.Done(orchestrator.EmergencyLiquidatePortfolioAsync());
        Assert.Equal(
            [new PairLiquidation("BTC-USD", LiquidationOutcome.Failed),
                new PairLiquidation("ETH-USD", LiquidationOutcome.Pending)],
            result.Pairs);

        await Until.Done(orchestrator.HandlePriceUpdateAsync("ETH-USD", 100m));
        await Until.True(() => orchestrator.GetPortfolioStatus().Pair("ETH-USD").Held == 0m, "the other pair is flat");
        Assert.False(result.Flat.IsCompleted);
        venue.Refuses = _ => false;
        await Until.True(
            () =>
            {
                orchestrator.Engine.PublishTick("BTC-USD", 100m, 0m, 0, 0);
                return result.Flat.IsCompleted;
            },
            "a retry gets through");
        await result.Flat;
        Assert.Equal(0m, orchestrator.GetPortfolioStatus().Pair("BTC-USD").Held);
    }

    [Fact]
    public async Task A_venue_that_says_nothing_leaves_the_pair_pending_at_the_deadline()
    {
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(
                Market.Options(pairs => venue = new ScriptedGateway(pairs)),
                options: new OrchestratorOptions { LiquidationDeadline = TimeSpan.FromMilliseconds(200) }),
            "BTC-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD");
        venue!.HoldsReports = true;
        LiquidationResult result = await Until.Done(orchestrator.EmergencyLiquidatePairAsync("BTC-USD"));
        Assert.Equal(LiquidationOutcome.Pending, Assert.Single(result.Pairs).Outcome);
        venue.HoldsReports = false;
        await Until.True(
            () =>
            {
                orchestrator.Engine.PublishTick("BTC-USD", 100m, 0m, 0, 0);
                return result.Flat.IsCompleted;
            },
            "the venue speaks again");
    }

    [Fact]
    public async Task A_stop_that_is_refused_is_not_taken_for_a_flat_pair()
    {
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator orchestrator = Market.Started(
            Market.Options(pairs => venue = new ScriptedGateway(pairs)), "BTC-USD", "ETH-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD", "ETH-USD");
        venue!.Refuses = command => command.Purpose is OrderPurpose.Exit or OrderPurpose.Stop;
        LiquidationResult result = await Until.Done(orchestrator.EmergencyLiquidatePairAsync("BTC-USD"));
        Assert.Equal(LiquidationOutcome.Failed, Assert.Single(result.Pairs).Outcome);
        await Until.True(
            () => venue.Sent.Count(command => command.Purpose == OrderPurpose.Exit) >= 3,
            "it is tried again and again");
        Assert.False(result.Flat.IsCompleted);
        Assert.Equal(10m, orchestrator.GetPortfolioStatus().Pair("BTC-USD").Held);
    }

    [Fact]
    public async Task An_engine_that_ends_before_the_pair_is_flat_says_so()
    {
        MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD");
        LiquidationResult result = await Until.Done(orchestrator.EmergencyLiquidatePairAsync("BTC-USD"));
        await Until.Done(orchestrator.StopAsync());
        await Assert.ThrowsAsync<EngineStoppedException>(() => Until.Done(result.Flat));
        await Assert.ThrowsAsync<EngineStoppedException>(() => orchestrator.EmergencyLiquidatePairAsync("BTC-USD"));
        await orchestrator.DisposeAsync();
    }
}
