using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>Stops and cancels that do not go as planned. Numbers are those of the list of faults.</summary>
public sealed class StopTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private const string NoEdit = """{"kind":"edit_unsupported"}""";

    // 29
    [Fact]
    public async Task A_partly_filled_entry_that_is_cancelled_keeps_what_was_filled_under_a_stop()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.SettingsAsync("\"limit_fills_to_print_size\":true");
        await trader.BuyAsync(2m, limit: 99m);
        await RestsAsync(trader);
        await trader.PrintAsync(99m, 0.75m);
        await trader.CoveredAsync(0.75m);
        await trader.Engine.ControlAsync(ControlAction.CancelEntries, 0);
        await trader.UntilAsync(
            async () => (await trader.OrdersAsync())[0].Status == "CANCELLED", "the rest of the entry is cancelled");
        await Truth.HoldsAsync(trader);
        Assert.Equal(0.75m, trader.Pair.Held);
    }

    // 47
    [Fact]
    public async Task An_entry_filled_in_parts_is_covered_part_by_part()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.SettingsAsync("\"limit_fills_to_print_size\":true");
        await trader.BuyAsync(2m, limit: 99m);
        await RestsAsync(trader);
        foreach (decimal held in (decimal[])[0.3m, 0.6m, 0.9m, 1.2m, 1.5m, 1.8m])
        {
            await trader.PrintAsync(99m, 0.3m);
            await trader.CoveredAsync(held);
        }

        await trader.PrintAsync(99m, 0.3m);
        await trader.CoveredAsync(2m);
        await Truth.HoldsAsync(trader);
    }

    // 32
    [Fact]
    public async Task A_fill_after_the_cancel_was_confirmed_as_queued_is_still_ours()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"fill_during_cancel"}""");
        await trader.BuyAsync(2m, limit: 99m);
        await RestsAsync(trader);
        await trader.Engine.ControlAsync(ControlAction.CancelEntries, 0);
        await trader.CoveredAsync(2m);
        await Truth.HoldsAsync(trader);
    }

    // 30, 45
    [Fact]
    public async Task A_stop_that_fills_while_it_is_cancelled_for_a_move_is_the_exit()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync(NoEdit + """,{"kind":"fill_during_cancel"}""");
        await trader.HoldAsync(2m);
        await trader.PrintAsync(110m);
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Single(await trader.OrdersAsync(), order => order.IsSell);
    }

    // 45, 47
    [Fact]
    public async Task A_stop_that_fills_in_part_while_it_is_cancelled_is_replaced_for_the_rest()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync(
            NoEdit + """,{"kind":"fill_during_cancel","fraction":0.5,"occurrences":[1]}""");
        await trader.HoldAsync(2m);
        await trader.PrintAsync(110m);
        await trader.UntilAsync(() => trader.Pair.Held < 2m, "a part is sold");
        await Truth.HoldsAsync(trader);
    }

    // 31
    [Fact]
    public async Task A_refused_cancel_is_asked_again_and_the_exit_follows()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"cancel_refused","occurrences":[1,2]}""");
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // 43
    [Fact]
    public async Task A_stop_that_was_gapped_through_is_sold_at_the_market()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await trader.PrintAsync(85m);
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        LedgerOrder exit = Assert.Single(await trader.OrdersAsync(), order => order is { IsSell: true, IsStop: false });
        Assert.Equal(2m, exit.Filled);
    }

    // 47
    [Fact]
    public async Task A_stop_that_fills_in_part_is_finished_at_the_market()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"partial_fill","fraction":0.25,"occurrences":[1]}""");
        await trader.PrintAsync(94m);
        await trader.UntilAsync(() => trader.Pair.Held < 2m, "a part is sold");
        await trader.PrintAsync(85m);
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0.75")]
    public async Task A_market_sell_that_is_taken_and_does_not_end_is_cancelled_and_the_rest_is_sold(string rests)
    {
        TraderSetup setup = new() { Pair = pair => pair with { NakedBudgetSeconds = 1, StopFillTimeoutSeconds = 3 } };
        await using Trader trader = await Trader.StartAsync(exchange, setup);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync(
            $$"""{"kind":"immediate_rests","fraction":{{rests}},"occurrences":[1]}""");
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        LedgerOrder[] sells =
            [.. (await trader.OrdersAsync()).Where(order => order is { IsSell: true, IsStop: false })];
        Assert.Equal(["CANCELLED", "FILLED"], sells.Select(order => order.Status));
        Assert.Equal(2m, sells.Sum(order => order.Filled));
        Assert.Equal(sells[1].Size, 2m - sells[0].Filled);
        Assert.Equal(1, trader.Engine.Counters.Pipeline.NakedAlarms);
    }

    // 44
    [Fact]
    public async Task A_stop_that_arrives_when_the_price_is_through_it_becomes_an_exit()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync(
            """{"on":"create","fault":"delay","variant":"request","milliseconds":2000,"nth":2}""");
        await trader.BuyAsync(2m);
        await trader.UntilAsync(() => trader.Pair.Held == 2m, "the entry is filled");
        await trader.PrintAsync(90m);
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // 49
    [Fact]
    public async Task A_refused_stop_is_placed_again()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"create_refused","occurrences":[2,3]}""");
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.True(trader.Engine.Counters.Pipeline.VenueRejections >= 2);
    }

    // 49
    [Fact]
    public async Task A_stop_that_was_taken_and_then_failed_is_placed_again()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"accepted_then_failed","occurrences":[2]}""");
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count(order => order.IsStop));
    }

    // 24
    [Fact]
    public async Task An_entry_that_was_taken_and_then_failed_leaves_nothing()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"accepted_then_failed","occurrences":[1]}""");
        await trader.BuyAsync(2m);
        await trader.UntilAsync(
            async () => (await trader.OrdersAsync()) is [{ Status: "FAILED" }]
                && trader.Status.Metrics.ReservedCapital == 0m && trader.Engine.Counters.Pipeline.Orders == 1,
            "the order has failed and nothing is reserved");
        await trader.HoldAsync(1m);
        await Truth.HoldsAsync(trader);
    }

    // 24
    [Fact]
    public async Task A_refused_entry_leaves_nothing()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"create_refused","occurrences":[1]}""");
        await trader.BuyAsync(2m);
        await trader.UntilAsync(
            () => trader.Status.Metrics.ReservedCapital == 0m && trader.Engine.Counters.Pipeline.VenueRejections == 1,
            "it is refused");
        await Truth.HoldsAsync(trader);
        Assert.Empty(await trader.OrdersAsync());
    }

    // 58
    [Fact]
    public async Task An_exit_refused_for_funds_while_a_hold_remains_is_tried_until_it_is_released()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"late_hold_release","delay_ms":2500}""");
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // 49, 58
    [Fact]
    public async Task A_replacement_stop_refused_for_funds_while_a_hold_remains_is_tried_until_it_is_released()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync(NoEdit + """,{"kind":"late_hold_release","delay_ms":2500}""");
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await Truth.HoldsAsync(trader);
    }

    // 38
    [Fact]
    public async Task An_edit_that_is_taken_and_ignored_is_noticed_and_the_stop_replaced()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"edit_ignored"}""");
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.PrintAsync(120m);
        await trader.CoveredAsync(2m, trigger: 114m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(3, (await trader.OrdersAsync()).Count(order => order.IsStop));
    }

    // 49
    [Fact]
    public async Task A_stop_that_may_not_be_edited_any_more_is_replaced()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.SettingsAsync("\"max_edits_per_order\":1");
        await trader.HoldAsync(2m);
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.PrintAsync(120m);
        await trader.CoveredAsync(2m, trigger: 114m);
        await trader.PrintAsync(130m);
        await trader.CoveredAsync(2m, trigger: 123.50m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count(order => order.IsStop));
    }

    // 49
    [Theory]
    [InlineData("""{"kind":"edit_unsupported","code":"COMMANDER_REJECTED_EDIT_ORDER"}""")]
    [InlineData("""{"kind":"edit_unsupported","code":"UNKNOWN_EDIT_ORDER_FAILURE_REASON"}""")]
    public async Task A_stop_whose_edits_are_refused_without_end_follows_the_price_all_the_same(string fault)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync(fault);
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.PrintAsync(120m);
        await trader.CoveredAsync(2m, trigger: 114m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(3, (await trader.OrdersAsync()).Count(order => order.IsStop));
    }

    // 45
    [Fact]
    public async Task A_stop_that_triggers_while_its_move_is_on_the_way_sells_once()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync(
            """{"on":"edit","fault":"delay","variant":"request","milliseconds":1500}""");
        await trader.PrintAsync(104m);
        await trader.UntilAsync(() => trader.Pair.LastPrice == 104m, "the price is known");
        await trader.PrintAsync(94.5m);
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // 46
    [Fact]
    public async Task A_fast_market_moves_the_stop_to_its_newest_level_and_never_down()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        for (decimal price = 100m; price < 160m; price += 1m)
        {
            await trader.PrintAsync(price);
            await trader.PrintAsync(price - 2m);
        }

        await trader.PrintAsync(160m);
        await trader.CoveredAsync(2m, trigger: 152m);
        await Truth.HoldsAsync(trader);
        Assert.True(trader.Gateway.Counters.Requests < 120);
    }

    // 46, 62
    [Fact]
    public async Task A_move_refused_for_too_many_requests_is_made_later()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync("""{"on":"edit","fault":"too-many-requests","nth":1,"count":2}""");
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, await exchange.Admin.StrikesAsync());
    }

    // 48
    [Fact]
    public async Task A_stop_that_a_person_cancels_is_placed_again()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.ForeignCancelAsync((await trader.LiveStopsAsync())[0].OrderId);
        await trader.UntilAsync(
            async () => (await trader.OrdersAsync()).Count(order => order.IsStop) == 2, "a second stop");
        await trader.CoveredAsync(2m);
        await Truth.HoldsAsync(trader);
    }

    // 59
    [Fact]
    public async Task Dust_that_a_stop_leaves_is_neither_sold_nor_protected_and_the_next_entry_takes_it_up()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"partial_fill","fraction":0.9998,"occurrences":[1]}""");
        await trader.PrintAsync(94m);
        await trader.UntilAsync(() => trader.Pair.Held == 0.0004m, "dust is left");
        await trader.PrintAsync(85m);
        await trader.UntilAsync(
            async () => !trader.Pair.IsExiting && (await trader.OrdersAsync()).All(order => !order.IsLive),
            "all is quiet");
        await Truth.HoldsAsync(trader);
        await trader.BuyAsync(1m, limit: 86m);
        await trader.CoveredAsync(1.0004m);
        await Truth.HoldsAsync(trader);
    }

    // 58
    [Fact]
    public async Task An_entry_refused_for_funds_leaves_nothing()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync(
            """{"kind":"create_refused","code":"INSUFFICIENT_FUND","occurrences":[1]}""");
        await trader.BuyAsync(2m);
        await trader.UntilAsync(
            () => trader.Status.Metrics.ReservedCapital == 0m && trader.Engine.Counters.Pipeline.VenueRejections == 1,
            "it is refused");
        await Truth.HoldsAsync(trader);
        Assert.Empty(await trader.OrdersAsync());
    }

    private static Task RestsAsync(Trader trader) => trader.UntilAsync(
        async () => (await trader.OrdersAsync()).Any(order => order.Status == "OPEN"), "the entry rests");
}
