using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>States of the venue, the account and the key. Numbers are those of the list of faults.</summary>
public sealed class VenueStateTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    // 51, 52
    [Theory]
    [InlineData("cancel_only")]
    [InlineData("auction_mode")]
    [InlineData("trading_disabled")]
    [InlineData("view_only")]
    [InlineData("is_disabled")]
    public async Task No_stop_is_cancelled_and_no_entry_sent_while_the_product_takes_no_orders(string flag)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"edit_unsupported"}""");
        await trader.HoldAsync(2m);
        string stop = (await trader.LiveStopsAsync())[0].OrderId;
        await exchange.Admin.ProductAsync(trader.Product, $"\"{flag}\":true");
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 101m)).Verdict == RiskVerdict.ProductNotTradable,
            "entries are refused");
        long looks = trader.Gateway.Counters.Reconciliations;
        await trader.PrintAsync(110m);
        await trader.UntilAsync(() => trader.Gateway.Counters.Reconciliations > looks + 1, "it had time to go wrong");
        Assert.Equal(stop, Assert.Single(await trader.LiveStopsAsync()).OrderId);
        await exchange.Admin.ProductAsync(trader.Product, $"\"{flag}\":false");
        await trader.UntilAsync(
            async () =>
            {
                await trader.PrintAsync(120m);
                return (await trader.LiveStopsAsync()).Any(order => order.StopPrice == 114m);
            },
            "the stop follows again");
        await trader.CoveredAsync(2m, trigger: 114m);
        await Truth.HoldsAsync(trader);
    }

    // 53
    [Fact]
    public async Task A_coarser_price_grid_is_followed()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.ProductAsync(trader.Product, "\"price_increment\":\"0.5\"");
        long looks = trader.Gateway.Counters.Reconciliations;
        await trader.UntilAsync(() => trader.Gateway.Counters.Reconciliations > looks + 1, "the venue was asked again");
        await trader.PrintAsync(111m);
        await trader.CoveredAsync(2m, trigger: 105m);
        await Truth.HoldsAsync(trader);
    }

    // 51
    [Fact]
    public async Task A_change_of_a_product_that_the_feed_tells_is_asked_about_at_once()
    {
        await using Trader trader = await Trader.StartAsync(exchange, new TraderSetup
        {
            Gateway = options => options with { FillsEvery = TimeSpan.FromHours(1) },
        });
        await exchange.Admin.ProductAsync(trader.Product, "\"is_disabled\":true,\"status\":\"offline\"");
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 98m)).Verdict == RiskVerdict.ProductNotTradable,
            "entries are refused");
        await exchange.Admin.ProductAsync(trader.Product, "\"is_disabled\":false,\"status\":\"online\"");
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 98m)).Verdict == RiskVerdict.Approved, "entries are taken");
        await Truth.HoldsAsync(trader);
    }

    // 55
    [Fact]
    public async Task Entries_wait_while_the_clocks_differ_and_stops_go_on()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync(string.Empty, skewMs: 20_000);
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 98m)).Verdict == RiskVerdict.ClockSkew, "entries are refused");
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await exchange.Admin.WireFaultsAsync(string.Empty);
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 109m)).Verdict == RiskVerdict.Approved, "entries are taken");
        await Truth.HoldsAsync(trader);
    }

    // 57
    [Fact]
    public async Task A_change_of_the_fee_tier_is_booked_as_the_venue_charges_it()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        decimal before = (await exchange.Admin.LedgerAsync()).Totals["USD"];
        await trader.HoldAsync(2m);
        await exchange.Admin.SettingsAsync("\"taker_fee_rate\":\"0.0037\",\"maker_fee_rate\":\"0.0011\"");
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        VenueLedger ledger = await exchange.Admin.LedgerAsync();
        Assert.Equal(ledger.Totals["USD"] - before, trader.Status.Metrics.RealizedPnl);
        Assert.Equal(2.4m + 0.74m, trader.Status.Metrics.Fees);
    }

    // 60
    [Fact]
    public async Task Coins_that_a_person_sends_are_never_sold()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        string coin = trader.Products[0].BaseCurrency;
        await trader.HoldAsync(2m);
        await exchange.Admin.MoveCoinsAsync(coin, 5m);
        long looks = trader.Gateway.Counters.Reconciliations;
        await trader.UntilAsync(() => trader.Gateway.Counters.Reconciliations > looks + 1, "the venue was asked again");
        await Truth.HoldsAsync(trader);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Equal(5m, (await exchange.Admin.LedgerAsync()).Totals[coin]);
    }

    // 35
    [Fact]
    public async Task Orders_of_another_hand_are_left_alone_and_their_fills_not_counted()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.MoveCoinsAsync(trader.Products[0].BaseCurrency, 5m);
        await exchange.Admin.ForeignLimitAsync(trader.Product, "SELL", 1m, 200m);
        await exchange.Admin.ForeignLimitAsync(trader.Product, "BUY", 1m, 50m);
        await exchange.Admin.ForeignLimitAsync(trader.Product, "BUY", 1m, 97m);
        await trader.HoldAsync(2m);
        await trader.PrintAsync(97m);
        await trader.UntilAsync(() => trader.Gateway.Counters.ForeignOrders > 0, "they are seen");
        Assert.Equal(2m, trader.Pair.Held);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        LedgerOrder[] foreign =
            [.. (await exchange.Admin.LedgerAsync()).Orders.Where(o => o.Product == trader.Product && o.IsForeign)];
        Assert.Equal(["FILLED", "OPEN", "OPEN"], foreign.Select(order => order.Status).Order());
    }

    // 35, 50
    [Fact]
    public async Task Two_engines_on_one_account_leave_each_others_orders_alone()
    {
        ProductSpec product = exchange.TakeProduct();
        await using Trader first = await Trader.StartAsync(exchange, null, product);
        await using Trader second = await Trader.StartAsync(exchange, null, product);
        await first.HoldAsync(2m);
        await second.HoldAsync(3m);
        await first.PrintAsync(110m);
        await first.CoveredAsync(2m, trigger: 104.50m);
        await second.CoveredAsync(3m, trigger: 104.50m);
        _ = await first.LiquidateAsync();
        await first.FlatAsync();
        await Truth.HoldsAsync(first);
        await Truth.HoldsAsync(second);
        Assert.Equal(3m, second.Pair.Held);
        Assert.True(second.Gateway.Counters.ForeignOrders > 0);
    }

    // 24, 61
    [Fact]
    public async Task A_key_that_may_not_trade_any_more_stops_entries_until_it_may()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.SettingsAsync("\"can_trade\":false");
        await trader.BuyAsync(2m);
        await trader.UntilAsync(
            () => trader.Engine.Counters.Pipeline.VenueRejections == 1 && trader.Status.Metrics.ReservedCapital == 0m,
            "the entry is refused");
        Assert.Empty(await trader.OrdersAsync());
        await exchange.Admin.SettingsAsync("\"can_trade\":true");
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
    }

    // 61
    [Fact]
    public async Task A_revoked_key_stops_entries_without_a_storm_and_leaves_the_stop()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        string stop = (await trader.LiveStopsAsync())[0].OrderId;
        await exchange.Admin.RevokeKeyAsync(true);
        await trader.PrintAsync(110m);
        await trader.UntilAsync(() => trader.Gateway.Counters.NotAuthorized > 0, "the refusal is seen");
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 108m)).Verdict == RiskVerdict.NotReconciled, "entries wait");
        Assert.Equal(stop, Assert.Single(await trader.LiveStopsAsync()).OrderId);
        Assert.True(trader.Gateway.Counters.NotAuthorized < 10);
        await exchange.Admin.RevokeKeyAsync(false);
        await trader.UntilAsync(
            async () =>
            {
                await trader.PrintAsync(120m);
                return (await trader.LiveStopsAsync()).Any(order => order.StopPrice == 114m);
            },
            "the stop follows again");
        await Truth.HoldsAsync(trader);
        await trader.UntilAsync(
            () => KeyRows(trader).SequenceEqual([HistoryAction.EntriesHalted, HistoryAction.EntriesAllowed]),
            "one alarm, and its end");
    }

    private static HistoryAction[] KeyRows(Trader trader)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        return [.. database.History().Where(row => row.Detail == "KEY_REFUSED").Select(row => row.Action)];
    }
}
