using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>Questions to the venue that are answered late, wrongly or not at all.</summary>
/// <remarks>The numbers above the tests are those of the list of faults.</remarks>
public sealed class QueryTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    // 40
    [Fact]
    public async Task An_order_that_the_list_does_not_show_yet_is_not_given_up()
    {
        await using Trader trader = await Trader.StartAsync(exchange, Slow);
        await exchange.Admin.SettingsAsync("\"order_list_lag_ms\":1500,\"fill_list_lag_ms\":2500");
        await exchange.Admin.WireFaultsAsync("""
            {"on":"create","fault":"lost-ack","variant":"reset","nth":1},
            {"on":"user-ws","fault":"sequence-gap","channel":"user","nth":1,"count":2}
            """);
        await trader.HoldAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Single(await trader.OrdersAsync(), order => !order.IsSell);
    }

    // 41
    [Fact]
    public async Task Our_orders_are_found_behind_pages_of_others()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.BuyAsync(2m, limit: 99m);
        for (int i = 0; i < 260; i++)
        {
            await exchange.Admin.ForeignLimitAsync(trader.Product, "BUY", 0.1m, 50m);
        }

        await exchange.Admin.WireFaultsAsync("""{"on":"user-ws","fault":"sequence-gap","channel":"user"}""");
        await trader.PrintAsync(99m);
        await trader.CoveredAsync(2m);
        await trader.UntilAsync(() => trader.Gateway.Counters.ForeignOrders > 260, "all pages were read");
        await Truth.HoldsAsync(trader);
    }

    // 56
    [Fact]
    public async Task Answers_of_yesterday_take_back_nothing()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync("""{"on":"query","fault":"stale"}""");
        await trader.BuyAsync(2m, limit: 99m);
        await LookedAsync(trader);
        await trader.PrintAsync(99m);
        await trader.CoveredAsync(2m);
        await LookedAsync(trader);
        await trader.PrintAsync(110m);
        await exchange.Admin.WireFaultsAsync("""{"on":"query","fault":"stale"}""");
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await LookedAsync(trader);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await LookedAsync(trader);
        await Truth.HoldsAsync(trader);
        Assert.True(await exchange.Admin.StrikesAsync() > 0);
    }

    // 22, 62
    [Theory]
    [InlineData("""{"on":"query","fault":"server-error","nth":1,"count":6}""")]
    [InlineData("""{"on":"query","fault":"disconnect","nth":1,"count":6}""")]
    [InlineData("""{"on":"query","fault":"too-many-requests","nth":1,"count":4}""")]
    [InlineData("""{"on":"query","fault":"hostile-json","variant":"truncated","nth":1,"count":6}""")]
    [InlineData("""{"on":"query","fault":"hostile-json","variant":"bad-utf8","nth":1,"count":6}""")]
    [InlineData("""{"on":"query","fault":"hostile-json","variant":"deep","nth":1,"count":6}""")]
    [InlineData("""{"on":"query","fault":"hostile-json","variant":"huge","nth":1,"count":4}""")]
    public async Task An_engine_whose_first_questions_fail_asks_again_and_then_trades(string fault)
    {
        await using Trader trader = await Trader.StartAsync(exchange, new TraderSetup { WireFaults = fault });
        await trader.HoldAsync(2m);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.True(trader.Gateway.Counters.FailedQueries > 0);
    }

    // 22, 26
    [Theory]
    [InlineData("products")]
    [InlineData("time")]
    [InlineData("accounts")]
    public async Task A_fill_whose_message_is_lost_is_protected_while_another_question_goes_on_failing(string question)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync($$"""
            {"on":"query","fault":"server-error","path":"/api/v3/brokerage/{{question}}"},
            {"on":"query","fault":"server-error","path":"/api/v3/brokerage/orders/preview"},
            {"on":"user-ws","fault":"sequence-gap","channel":"user","nth":1,"count":3}
            """);
        await trader.HoldAsync(2m);
        await trader.UntilAsync(() => trader.Gateway.Counters.FailedQueries > 1, "the question went on failing");
        Assert.Equal(RiskVerdict.NotReconciled, (await trader.EnterAsync(1m)).Verdict);
        await exchange.Admin.HealAsync();
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await trader.HoldAsync(3m);
        await Truth.HoldsAsync(trader);
    }

    // 37, 74
    [Theory]
    [InlineData("duplicate-keys")]
    [InlineData("huge")]
    [InlineData("wrong-types")]
    public async Task Strange_members_of_an_answer_change_nothing(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync(
            $$"""{"on":"query","fault":"hostile-json","variant":"{{variant}}","nth":1,"count":6}""");
        await trader.HoldAsync(2m);
        await trader.UntilAsync(async () => await exchange.Admin.StrikesAsync() == 6, "six answers were hostile");
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // 20, 63
    [Fact]
    public async Task A_question_that_is_never_answered_holds_nothing_up()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync(
            """{"on":"query","fault":"delay","variant":"answer","milliseconds":8000,"nth":1,"count":2}""");
        await trader.HoldAsync(2m);
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.UntilAsync(() => trader.Gateway.Counters.FailedQueries > 0, "it was given up");
        await Truth.HoldsAsync(trader);
    }

    // 73
    [Theory]
    [InlineData("negative")]
    [InlineData("overflow")]
    [InlineData("nan")]
    [InlineData("digits")]
    [InlineData("empty")]
    public async Task Hostile_numbers_in_an_answer_change_no_position(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync(
            $$"""{"on":"query","fault":"hostile-price","variant":"{{variant}}","nth":1,"count":5}""");
        await trader.UntilAsync(async () => await exchange.Admin.StrikesAsync() == 5, "five answers were hostile");
        await trader.CoveredAsync(2m);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // A list that lags is no proof of absence before this long.
    private static TraderSetup Slow => new()
    {
        Gateway = options => options with { AbsenceProof = TimeSpan.FromSeconds(5) },
    };

    private static Task LookedAsync(Trader trader)
    {
        long looks = trader.Gateway.Counters.Reconciliations;
        return trader.UntilAsync(
            () => trader.Gateway.Counters.Reconciliations > looks + 1, "the venue was asked again");
    }
}
