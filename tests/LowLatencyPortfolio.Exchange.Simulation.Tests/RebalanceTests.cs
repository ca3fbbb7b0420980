using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>Positions that are made smaller and larger by orders, with the exchange's ledger as truth.</summary>
public sealed class RebalanceTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    // Two coins at 100 are 0.2 % of 100,000.
    private static readonly TraderSetup TooMuch = Sized(0.1m);
    private static readonly TraderSetup TooLittle = Sized(0.4m);

    [Fact]
    public async Task A_position_above_its_size_is_made_smaller_and_stays_covered()
    {
        await using Trader trader = await Trader.StartAsync(exchange, TooMuch);
        await trader.HoldAsync(2m);
        RebalanceAction action = await trader.RebalanceAsync();
        Assert.Equal(RebalanceKind.Decrease, action.Kind);
        await trader.CoveredAsync(2m - action.Quantity);
        await Truth.HoldsAsync(trader);
        LedgerOrder sale = Assert.Single(await trader.OrdersAsync(), order => order is { IsSell: true, IsStop: false });
        Assert.Equal((action.Quantity, action.Quantity), (sale.Size, sale.Filled));
        await SaysAsync(trader, HistoryAction.RebalanceStarted, HistoryAction.RebalanceSelling);
        Assert.Empty(await trader.RecommendAsync());
    }

    [Fact]
    public async Task A_position_below_its_size_is_made_larger_and_the_new_part_gets_its_stop()
    {
        await using Trader trader = await Trader.StartAsync(exchange, TooLittle);
        await trader.HoldAsync(2m);
        RebalanceAction action = await trader.RebalanceAsync();
        Assert.Equal(RebalanceKind.Increase, action.Kind);
        await trader.PrintAsync(99m);       // the bid at the last price trades
        await trader.CoveredAsync(2m + action.Quantity);
        await Truth.HoldsAsync(trader);
        await SaysAsync(trader, HistoryAction.RebalanceStarted);
    }

    [Fact]
    public async Task A_recommendation_alone_sends_nothing()
    {
        await using Trader trader = await Trader.StartAsync(exchange, TooMuch);
        await trader.HoldAsync(2m);
        RebalanceResult result = Assert.Single(await trader.RecommendAsync());
        Assert.Equal((RebalanceKind.Decrease, RiskVerdict.None), (result.Action.Kind, result.Verdict));
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count);
        Assert.Empty(Rows(trader));
    }

    // The market sell is the fourth order: entry, stop, smaller stop.
    [Theory]
    [InlineData("reset")]
    [InlineData("timeout")]
    public async Task A_lost_answer_to_the_sell_sells_nothing_twice(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange, TooMuch);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"edit_unsupported"}""");
        await exchange.Admin.WireFaultsAsync(LostAnswer(4, variant));
        await trader.HoldAsync(2m);
        RebalanceAction action = await trader.RebalanceAsync();
        await trader.CoveredAsync(2m - action.Quantity);
        await Truth.HoldsAsync(trader);
        Assert.Single(await trader.OrdersAsync(), order => order is { IsSell: true, IsStop: false });
        Assert.Equal(1, await exchange.Admin.StrikesAsync());
    }

    [Fact]
    public async Task A_lost_answer_to_the_smaller_stop_ends_with_every_coin_covered_or_sold()
    {
        await using Trader trader = await Trader.StartAsync(exchange, TooMuch);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"edit_unsupported"}""");
        await exchange.Admin.WireFaultsAsync(LostAnswer(3, "reset"));
        await trader.HoldAsync(2m);
        RebalanceAction action = await trader.RebalanceAsync();
        await trader.UntilAsync(
            () => Rows(trader).Any(row => row is HistoryAction.RebalanceEnded or HistoryAction.RebalanceSelling),
            "the reduction went on or ended");
        await Truth.HoldsAsync(trader);
        bool isSold = Rows(trader).Contains(HistoryAction.RebalanceSelling);
        await trader.CoveredAsync(isSold ? 2m - action.Quantity : 2m);
        Assert.Equal(1, await exchange.Admin.StrikesAsync());
    }

    private static TraderSetup Sized(decimal sizePct) =>
        new() { Pair = pair => pair with { PositionSizePct = sizePct } };

    private static string LostAnswer(int nth, string variant) =>
        $$"""{"on":"create","fault":"lost-ack","variant":"{{variant}}","nth":{{nth}},"milliseconds":8000}""";

    // The rows follow what happened by a commit.
    private static Task SaysAsync(Trader trader, params HistoryAction[] rows) =>
        trader.UntilAsync(() => Rows(trader).SequenceEqual(rows), $"history says {string.Join(", ", rows)}");

    private static HistoryAction[] Rows(Trader trader)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        return [.. database.History().Select(row => row.Action).Where(action => action is
            HistoryAction.RebalanceStarted or HistoryAction.RebalanceSelling or HistoryAction.RebalanceEnded)];
    }
}
