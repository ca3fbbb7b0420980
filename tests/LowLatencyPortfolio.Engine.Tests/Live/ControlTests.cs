using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>What a person may ask of an engine, and what nobody may.</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task Entries_of_all_pairs_are_cancelled_at_the_venue_when_the_portfolio_is_named()
    {
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator orchestrator = Market.Started(
            Market.Options(pairs => venue = new ScriptedGateway(pairs)), "ADA-USD", "BTC-USD", "ETH-USD");
        await RestAsync(orchestrator, "ADA-USD", "ETH-USD");

        await Until.Done(orchestrator.Engine.ControlAsync(ControlAction.CancelEntries));
        await Until.True(() => Cancels(venue!).Length == 2, "both cancels reach the venue");
        Assert.Equal([0, 2], Cancels(venue!).Select(cancel => (int)cancel.Product).Order());
        await GoneAsync(orchestrator, "ADA-USD", "ETH-USD");
        Assert.Equal(TradingMode.Trading, orchestrator.GetPortfolioStatus().Mode);

        await RestAsync(orchestrator, "BTC-USD");       // entries are taken as before
    }

    [Fact]
    public async Task Entries_of_one_pair_are_cancelled_and_those_of_the_others_stay()
    {
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator orchestrator = Market.Started(
            Market.Options(pairs => venue = new ScriptedGateway(pairs)), "ADA-USD", "BTC-USD");
        await RestAsync(orchestrator, "ADA-USD", "BTC-USD");
        await Until.Done(orchestrator.Engine.ControlAsync(ControlAction.CancelEntries, "BTC-USD"));
        await GoneAsync(orchestrator, "BTC-USD");
        Assert.Equal(1, (int)Assert.Single(Cancels(venue!)).Product);
        Assert.Equal(990m, (await orchestrator.GetPortfolioStatusAsync()).Pair("ADA-USD").Exposure);
    }

    public static TheoryData<ControlAction, int> NotAllowed()
    {
        TheoryData<ControlAction, int> data = [];
        foreach (ControlAction action in Enum.GetValues<ControlAction>().Append((ControlAction)99))
        {
            bool isOfPortfolio = action is ControlAction.Halt or ControlAction.ReduceOnly or ControlAction.Resume
                or ControlAction.ResumeRebased;
            bool isOfBoth = action is ControlAction.Liquidate or ControlAction.CancelEntries;
            int[] allowed = isOfPortfolio ? [-1] : isOfBoth ? [-1, 0, 1] : [];
            foreach (int product in Enumerable.Range(-2, 5).Except(allowed))
            {
                data.Add(action, product);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NotAllowed))]
    public async Task Any_other_instruction_is_refused_by_its_name_and_the_engine_goes_on(
        ControlAction action, int product)
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD", "ETH-USD");
        ArgumentOutOfRangeException refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => orchestrator.Engine.ControlAsync(action, product));
        Assert.Contains(refusal.ParamName == "action" ? $"{action}" : $"{product}", refusal.Message);
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        Assert.Equal(
            (EngineState.Running, TradingMode.Trading),
            (orchestrator.Engine.State, orchestrator.GetPortfolioStatus().Mode));
    }

    [Fact]
    public async Task A_product_that_is_not_traded_and_an_instruction_about_the_portfolio_are_refused_by_product()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD");
        TradingEngine engine = orchestrator.Engine;
        await Assert.ThrowsAsync<ArgumentException>(() => engine.ControlAsync(ControlAction.CancelEntries, "DOGE-USD"));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.ControlAsync(ControlAction.CancelEntries, null!));
        ArgumentException refusal =
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                () => engine.ControlAsync(ControlAction.Resume, "BTC-USD"));
        Assert.Contains("Resume is of the whole portfolio (-1)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, OrderType.Limit, 100, 1)]
    [InlineData(1, OrderType.Limit, 100, 1)]
    [InlineData(0, OrderType.Limit, 0, 1)]
    [InlineData(0, OrderType.Limit, -1, 1)]
    [InlineData(0, OrderType.Market, 100, 1)]
    [InlineData(0, OrderType.Market, 0, -1)]
    [InlineData(0, OrderType.StopLimit, 100, 1)]
    [InlineData(0, (OrderType)99, 100, 1)]
    public async Task An_entry_that_says_what_cannot_be_meant_is_refused(
        int product, OrderType type, long limit, long quantity)
    {
        await using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        engine.Start();
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.SubmitEntry(product, type, limit, quantity));
        Assert.Equal(EngineState.Running, engine.State);
    }

    // A bid of 10 below the last price, so that it rests at the venue.
    private static async Task RestAsync(MultiPairOrchestrator orchestrator, params string[] productIds)
    {
        foreach (string productId in productIds)
        {
            await Until.Done(orchestrator.HandlePriceUpdateAsync(productId, 100m));
            EntryResult result = Assert.Single(await Until.Done(
                orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy(productId, limit: 99m)])));
            Assert.Equal(RiskVerdict.Approved, result.Verdict);
        }

        await Until.True(
            () => productIds.All(id => orchestrator.GetPortfolioStatusAsync().Result.Pair(id).Exposure == 990m),
            "the bids are on their way");
    }

    private static Task GoneAsync(MultiPairOrchestrator orchestrator, params string[] productIds) => Until.True(
        () => productIds.All(id => orchestrator.GetPortfolioStatusAsync().Result.Pair(id).Exposure == 0m),
        "the bids are gone");

    private static OrderCommand[] Cancels(ScriptedGateway venue) =>
        [.. venue.Sent.Where(command => command.Kind == OrderCommandKind.Cancel)];
}
