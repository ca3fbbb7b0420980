namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>Answers to orders that are lost, late, twice or unreadable.</summary>
/// <remarks>The numbers above the tests are those of the list of faults.</remarks>
public sealed class LostAnswerTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    // 20, 21, 22, 23
    [Theory]
    [InlineData("timeout")]
    [InlineData("5xx")]
    [InlineData("reset")]
    public async Task An_entry_that_was_taken_without_an_answer_is_found_and_never_sent_again(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync(LostAck("create", 1, variant));
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Single(await trader.OrdersAsync(), order => !order.IsSell);
        Assert.Equal(1, await exchange.Admin.StrikesAsync());
    }

    // 20, 21, 22, 23
    [Theory]
    [InlineData("timeout")]
    [InlineData("5xx")]
    [InlineData("reset")]
    public async Task A_stop_that_was_taken_without_an_answer_rests_once(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync(LostAck("create", 2, variant));
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Single(await trader.OrdersAsync(), order => order.IsStop);
        Assert.Equal(1, await exchange.Admin.StrikesAsync());
    }

    // 20, 21, 22, 23
    [Theory]
    [InlineData("timeout")]
    [InlineData("5xx")]
    [InlineData("reset")]
    public async Task An_exit_that_was_taken_without_an_answer_sells_once(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync(LostAck("create", 1, variant));
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Single(await trader.OrdersAsync(), order => order.IsSell && order.Filled > 0m);
        Assert.Equal(1, await exchange.Admin.StrikesAsync());
    }

    // 20, 22, 33
    [Theory]
    [InlineData("timeout")]
    [InlineData("5xx")]
    [InlineData("reset")]
    public async Task A_cancel_without_an_answer_is_followed_by_one_exit(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync(LostAck("cancel", 1, variant));
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Single(await trader.OrdersAsync(), order => order.IsSell && order.Filled > 0m);
        Assert.Equal(1, await exchange.Admin.StrikesAsync());
    }

    // 38
    [Theory]
    [InlineData("timeout")]
    [InlineData("5xx")]
    [InlineData("reset")]
    public async Task A_stop_move_that_was_taken_without_an_answer_is_read_back(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync(LostAck("edit", 1, variant));
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await Truth.HoldsAsync(trader);
        LedgerOrder stop = Assert.Single(await trader.OrdersAsync(), order => order.IsStop);
        Assert.Equal(1, stop.Edits);
        Assert.Equal(1, await exchange.Admin.StrikesAsync());
    }

    // 20, 40
    [Fact]
    public async Task An_entry_that_never_arrived_is_given_up_after_two_looks_and_not_sent_again()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync("""{"on":"create","fault":"server-error","nth":1}""");
        await trader.BuyAsync(2m);
        await trader.UntilAsync(
            () => trader.Gateway.Counters.Lost == 1 && trader.Status.Metrics.ReservedCapital == 0m, "it is given up");
        Assert.Empty(await trader.OrdersAsync());
        await trader.HoldAsync(3m);
        await Truth.HoldsAsync(trader);
    }

    // 20, 40
    [Theory]
    [InlineData(101, false)]
    [InlineData(99, false)]
    [InlineData(101, true)]
    [InlineData(99, true)]
    public async Task An_entry_that_arrives_after_it_was_given_up_counts_and_what_it_buys_is_covered(
        int limit, bool isStartedAnew)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync("""{"on":"create","fault":"server-error","nth":1}""");
        string late = await trader.BuyAsync(2m, limit);
        await trader.UntilAsync(
            () => trader.Gateway.Counters.Lost == 1 && trader.Status.Metrics.ReservedCapital == 0m, "it is given up");
        if (!isStartedAnew)
        {
            await ArrivesAsync(trader, late, limit);
            return;
        }

        await trader.StopAsync();
        await using Trader second = await Trader.StartAsync(
            exchange, new TraderSetup { Folder = trader.Folder }, trader.Products[0]);
        await ArrivesAsync(second, late, limit);
    }

    // 20, 49
    [Fact]
    public async Task A_stop_that_never_arrived_is_placed_by_the_same_request()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync("""{"on":"create","fault":"server-error","nth":2,"count":3}""");
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(3, await exchange.Admin.StrikesAsync());
        Assert.Equal(2, (await trader.OrdersAsync()).Count);
    }

    // 23, 37, 74, 75
    [Theory]
    [InlineData("truncated")]
    [InlineData("wrong-types")]
    [InlineData("deep")]
    [InlineData("huge")]
    [InlineData("duplicate-keys")]
    [InlineData("bad-utf8")]
    public async Task An_unreadable_answer_to_a_stop_leaves_one_stop(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync(
            $$"""{"on":"create","fault":"hostile-json","variant":"{{variant}}","nth":2}""");
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count);
        Assert.Equal(1, await exchange.Admin.StrikesAsync());
    }

    // 23, 74
    [Theory]
    [InlineData("truncated")]
    [InlineData("wrong-types")]
    [InlineData("huge")]
    public async Task An_unreadable_answer_to_an_entry_leaves_one_entry(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync(
            $$"""{"on":"create","fault":"hostile-json","variant":"{{variant}}","nth":1}""");
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count);
    }

    // 25
    [Fact]
    public async Task Orders_that_arrive_twice_are_one_order_each()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync("""
            {"on":"create","fault":"duplicate"},{"on":"cancel","fault":"duplicate"},{"on":"edit","fault":"duplicate"}
            """);
        await trader.HoldAsync(2m);
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Equal(3, (await trader.OrdersAsync()).Count);
    }

    // 27
    [Fact]
    public async Task A_fill_that_is_known_before_the_answer_to_its_order_is_taken()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync(
            """{"on":"create","fault":"delay","variant":"answer","milliseconds":1500}""");
        await trader.HoldAsync(2m);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Equal(3, (await trader.OrdersAsync()).Count);
    }

    // 20, 25
    [Fact]
    public async Task A_repeated_stop_that_is_refused_as_a_duplicate_is_looked_up()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"duplicate_id_refused"}""");
        await exchange.Admin.WireFaultsAsync(LostAck("create", 2, "reset"));
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count);
    }

    // 62
    [Fact]
    public async Task An_entry_refused_for_too_many_requests_is_dropped_and_a_stop_is_not()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync("""{"on":"create","fault":"too-many-requests","nth":[1,3],"count":1}""");
        await trader.BuyAsync(2m);
        await trader.UntilAsync(() => trader.Engine.Counters.Pipeline.VenueRejections == 1, "the entry is dropped");
        await trader.HoldAsync(3m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count);
        Assert.Equal(2, trader.Gateway.Counters.RateLimited);
    }

    // 62
    [Fact]
    public async Task A_burst_of_429_delays_a_liquidation_and_does_not_lose_it()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync("""
            {"on":"create","fault":"too-many-requests","nth":1,"count":2},
            {"on":"cancel","fault":"too-many-requests","nth":1,"count":2}
            """);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Equal(4, await exchange.Admin.StrikesAsync());
    }

    private async Task ArrivesAsync(Trader trader, string late, decimal limit)
    {
        await exchange.Admin.ForeignLimitAsync(trader.Product, "BUY", 2m, limit, late);
        if (limit < ExchangeProcess.FirstPrice)
        {
            await trader.UntilAsync(
                () => trader.Status.Metrics.ReservedCapital >= 2m * limit, "it counts against the limits again");
            await trader.PrintAsync(limit);
        }

        await trader.CoveredAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count);
        Assert.Equal(0, trader.Gateway.Counters.Mismatches);
        await trader.BuyAsync(1m, limit: Math.Min(limit, ExchangeProcess.FirstPrice) + 1m);
        await trader.CoveredAsync(3m);
    }

    private static string LostAck(string on, int nth, string variant) =>
        $$"""{"on":"{{on}}","fault":"lost-ack","variant":"{{variant}}","nth":{{nth}},"milliseconds":8000}""";
}
