using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>
/// Positions that the venue's state or another hand keeps from being protected or sold. Numbers are those of the list
/// of faults.
/// </summary>
public sealed class ProtectionTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private static readonly TraderSetup NeverSoldForNakedness =
        new() { Pair = pair => pair with { NakedExitSeconds = 3000 } };

    // 51
    [Fact]
    public async Task An_exit_that_may_not_go_to_the_market_goes_at_a_limit()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.ProductAsync(trader.Product, "\"limit_only\":true");
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        LedgerOrder exit = Assert.Single(await trader.OrdersAsync(), order => order is { IsSell: true, IsStop: false });
        Assert.Equal(("sor_limit_ioc", 95m, 2m), (exit.Kind, exit.LimitPrice, exit.Filled));
    }

    // 51, 52
    [Theory]
    [InlineData("cancel_only")]
    [InlineData("auction_mode")]
    [InlineData("trading_disabled")]
    public async Task A_liquidation_keeps_the_stop_while_nothing_can_be_sold_and_goes_on_after(string flag)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        string stop = (await trader.LiveStopsAsync())[0].OrderId;
        await exchange.Admin.ProductAsync(trader.Product, $"\"{flag}\":true");
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m)).Verdict == RiskVerdict.ProductNotTradable, "the state is known");
        await trader.Engine.ControlAsync(ControlAction.Liquidate, 0);
        await trader.UntilAsync(() => trader.Engine.Counters.Pipeline.BlockedExits == 1, "it says that it waits");
        long looks = trader.Gateway.Counters.Reconciliations;
        await trader.UntilAsync(() => trader.Gateway.Counters.Reconciliations > looks + 1, "it had time to go wrong");
        Assert.Equal(stop, Assert.Single(await trader.LiveStopsAsync()).OrderId);
        await exchange.Admin.ProductAsync(trader.Product, $"\"{flag}\":false");
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Single(History(trader), row => row.Action == HistoryAction.ExitBlocked);
    }

    // 51
    [Fact]
    public async Task An_exit_caught_by_a_halt_without_a_stop_is_sent_when_the_product_trades_again()
    {
        await using Trader trader = await Trader.StartAsync(exchange, NeverSoldForNakedness);
        await exchange.Admin.ProductAsync(trader.Product, "\"cancel_only\":false");
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"create_refused","code":"ORDER_ENTRY_DISABLED"}""");
        await trader.Engine.ControlAsync(ControlAction.Liquidate, 0);
        await trader.UntilAsync(() => trader.Engine.Counters.Pipeline.BlockedExits == 1, "every rung was refused");
        Assert.Equal(2m, trader.Pair.Held);
        await exchange.Admin.VenueFaultsAsync(string.Empty);
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // 48
    [Fact]
    public async Task A_stop_that_a_person_cancels_twice_is_restored_once_and_the_position_is_sold_in_the_end()
    {
        await using Trader trader = await Trader.StartAsync(
            exchange, new TraderSetup { Pair = pair => pair with { NakedBudgetSeconds = 2, NakedExitSeconds = 4 } });
        await trader.HoldAsync(2m);
        string first = (await trader.LiveStopsAsync())[0].OrderId;
        await exchange.Admin.ForeignCancelAsync(first);
        await trader.UntilAsync(
            async () => (await trader.LiveStopsAsync()).Any(stop => stop.OrderId != first), "the stop is restored");
        await trader.CoveredAsync(2m);
        await exchange.Admin.ForeignCancelAsync((await trader.LiveStopsAsync())[0].OrderId);
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count(order => order.IsStop));
        Assert.Single(History(trader), row => row.Action == HistoryAction.StopTaken);
    }

    // 60
    [Fact]
    public async Task Coins_that_a_person_takes_leave_the_position_at_cost_and_the_rest_is_protected()
    {
        await using Trader trader = await Trader.StartAsync(exchange, NeverSoldForNakedness);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"create_refused","code":"ORDER_ENTRY_DISABLED"}""");
        await exchange.Admin.ForeignCancelAsync((await trader.LiveStopsAsync())[0].OrderId);
        await trader.UntilAsync(async () => (await trader.LiveStopsAsync()).Count == 0, "the stop is gone");
        await exchange.Admin.MoveCoinsAsync(trader.Products[0].BaseCurrency, -0.75m);
        await trader.UntilAsync(() => trader.Pair.Held == 1.25m, "the position is smaller");
        await exchange.Admin.VenueFaultsAsync(string.Empty);
        await trader.CoveredAsync(1.25m);
        HistoryRow row = Assert.Single(History(trader), row => row.Action == HistoryAction.ExternalOut);
        Assert.Equal((0.75m, 75m), (row.Quantity, row.Value));
        Assert.Equal(-2.4m, trader.Status.Metrics.RealizedPnl);     // the fee of the entry and nothing else
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m)).Verdict == RiskVerdict.Approved, "entries are let in again");
    }

    // 35, 60
    [Fact]
    public async Task Of_coins_that_another_hands_order_holds_the_free_ones_are_protected_and_the_others_when_free()
    {
        await using Trader trader = await Trader.StartAsync(exchange, NeverSoldForNakedness);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync("""{"on":"create","fault":"server-error","count":100000}""");
        await exchange.Admin.ForeignCancelAsync((await trader.LiveStopsAsync())[0].OrderId);
        await trader.UntilAsync(async () => (await trader.LiveStopsAsync()).Count == 0, "the stop is gone");
        await exchange.Admin.ForeignLimitAsync(trader.Product, "SELL", 1m, 150m);
        await exchange.Admin.WireFaultsAsync(string.Empty);
        await trader.UntilAsync(
            () => History(trader).Any(row => row.Action == HistoryAction.CoinsContested), "the other order is noticed");
        await trader.UntilAsync(
            async () => (await trader.LiveStopsAsync()).Sum(stop => stop.Size) == 1m, "the free coin is protected");
        Assert.Equal(2m, trader.Pair.Held);
        Assert.Equal(RiskVerdict.NotReconciled, (await trader.EnterAsync(1m)).Verdict);
        LedgerOrder other = Assert.Single(
            (await exchange.Admin.LedgerAsync()).Orders,
            order => order.Product == trader.Product && order is { IsForeign: true, IsLive: true });
        await exchange.Admin.ForeignCancelAsync(other.OrderId);
        await trader.CoveredAsync(2m);
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m)).Verdict == RiskVerdict.Approved, "entries are let in again");
    }

    // 35, 60
    [Fact]
    public async Task Of_coins_that_another_hands_order_holds_the_free_ones_are_sold_by_an_exit_and_the_others_when_free()
    {
        await using Trader trader = await Trader.StartAsync(exchange, NeverSoldForNakedness);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync("""{"on":"create","fault":"server-error","count":100000}""");
        await trader.Engine.ControlAsync(ControlAction.Liquidate, 0);
        await trader.UntilAsync(async () => (await trader.LiveStopsAsync()).Count == 0, "the stop is gone");
        await exchange.Admin.ForeignLimitAsync(trader.Product, "SELL", 0.75m, 150m);
        await exchange.Admin.WireFaultsAsync(string.Empty);
        await trader.UntilAsync(() => trader.Pair.Held == 0.75m, "the free coins are sold");
        LedgerOrder other = Assert.Single(
            (await exchange.Admin.LedgerAsync()).Orders,
            order => order.Product == trader.Product && order is { IsForeign: true, IsLive: true });
        await exchange.Admin.ForeignCancelAsync(other.OrderId);
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    [Fact]
    public async Task A_product_whose_stops_the_venue_refuses_is_told_at_the_start_and_never_bought()
    {
        ProductSpec product = exchange.TakeProduct();
        ProductSpec other = exchange.TakeProduct();
        await exchange.Admin.MoveCoinsAsync(product.BaseCurrency, 1m);      // a preview first looks for the coins
        TraderSetup setup = new()
        {
            VenueFaults = $$"""
                {"kind":"preview_refused","product_id":"{{product.ProductId}}","code":"UNSUPPORTED_ORDER_CONFIGURATION"}
                """,
        };
        await using Trader trader = await Trader.StartAsync(exchange, setup, product, other);
        await trader.UntilAsync(
            () => History(trader).Any(row => row.Action == HistoryAction.StopsRefused), "it is told");
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m)).Verdict == RiskVerdict.StopNotPlaceable, "entries are refused");
        await trader.BuyAsync(1m, product: other.ProductId);
        await exchange.Admin.VenueFaultsAsync(string.Empty);
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m)).Verdict == RiskVerdict.Approved, "it is asked about again");
    }

    private static IReadOnlyList<HistoryRow> History(Trader trader)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        return [.. database.History().Where(row => row.ProductId == trader.Product)];
    }
}
