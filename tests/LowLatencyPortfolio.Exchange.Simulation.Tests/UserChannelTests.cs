using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>What goes wrong with the stream of our own orders. Numbers are those of the list of faults.</summary>
public sealed class UserChannelTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    // 26
    [Fact]
    public async Task A_fill_that_is_told_twice_counts_once()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync("""{"on":"user-ws","fault":"duplicate"}""");
        await trader.HoldAsync(2m);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, trader.Engine.Counters.Pipeline.Fills);
    }

    // 28
    [Fact]
    public async Task Updates_out_of_order_never_take_back_what_was_filled()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.SettingsAsync("\"limit_fills_to_print_size\":true");
        await exchange.Admin.WireFaultsAsync("""{"on":"user-ws","fault":"reorder"}""");
        await trader.BuyAsync(2m, limit: 99m);
        await RestsAsync(trader);
        for (int i = 0; i < 5; i++)
        {
            await trader.PrintAsync(99m, 0.4m);
        }

        await trader.CoveredAsync(2m);
        await Truth.HoldsAsync(trader);
    }

    // 64
    [Fact]
    public async Task A_fill_that_is_lost_from_the_user_channel_is_found()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.BuyAsync(2m, limit: 99m);
        await RestsAsync(trader);
        await exchange.Admin.WireFaultsAsync("""{"on":"user-ws","fault":"sequence-gap","channel":"user"}""");
        await trader.PrintAsync(99m);
        await trader.CoveredAsync(2m);
        await trader.UntilAsync(() => trader.Gateway.Counters.UserGaps > 0, "the gap is seen");
        await Truth.HoldsAsync(trader);
        await trader.UntilAsync(() => HasFound(trader, "FILL_FOUND"), "history says that it was found by asking");
    }

    // 67
    [Fact]
    public async Task A_fill_while_the_user_channel_is_down_is_found_by_asking_and_entries_wait()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.BuyAsync(2m, limit: 99m);
        await RestsAsync(trader);
        await exchange.Admin.WireFaultsAsync("""{"on":"user-ws","fault":"disconnect"}""");
        await trader.PrintAsync(99m);
        await trader.UntilAsync(
            async () => await exchange.Admin.StrikesAsync() > 1, "the channel is cut again and again");
        await trader.CoveredAsync(2m);
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 98m)).Verdict == RiskVerdict.NotReconciled, "entries are refused");
        await exchange.Admin.WireFaultsAsync(string.Empty);
        await trader.BuyAsync(1m, limit: 100.5m);
        await trader.CoveredAsync(3m);
        await Truth.HoldsAsync(trader);
    }

    // 63, 70
    [Theory]
    [InlineData("stall")]
    [InlineData("half-open")]
    public async Task A_user_channel_that_says_nothing_any_more_is_connected_anew(string fault)
    {
        await using Trader trader = await Trader.StartAsync(exchange, Impatient);
        await trader.BuyAsync(2m, limit: 99m);
        await RestsAsync(trader);
        long connects = trader.Gateway.Counters.UserConnects;
        await exchange.Admin.WireFaultsAsync($$"""{"on":"user-ws","fault":"{{fault}}"}""");
        await trader.PrintAsync(99m);
        await trader.UntilAsync(async () => await exchange.Admin.StrikesAsync() > 0, "the channel is silent");
        await trader.CoveredAsync(2m);
        await trader.UntilAsync(() => trader.Gateway.Counters.UserConnects > connects, "a new connection");
        await exchange.Admin.WireFaultsAsync(string.Empty);
        await trader.BuyAsync(1m, limit: 100.5m);
        await trader.CoveredAsync(3m);
        await Truth.HoldsAsync(trader);
    }

    // 37, 74, 75
    [Theory]
    [InlineData("truncated")]
    [InlineData("wrong-types")]
    [InlineData("deep")]
    [InlineData("huge")]
    [InlineData("duplicate-keys")]
    [InlineData("bad-utf8")]
    public async Task A_hostile_message_in_the_user_channel_hides_no_fill(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange, Impatient);
        await trader.BuyAsync(2m, limit: 99m);
        await RestsAsync(trader);
        await exchange.Admin.WireFaultsAsync(
            $$"""{"on":"user-ws","fault":"hostile-json","variant":"{{variant}}","channel":"user"}""");
        await trader.PrintAsync(99m);
        await trader.CoveredAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.True(await exchange.Admin.StrikesAsync() > 0);
    }

    // 71, 72, 73
    [Theory]
    [InlineData("zero")]
    [InlineData("negative")]
    [InlineData("overflow")]
    [InlineData("nan")]
    [InlineData("infinity")]
    [InlineData("digits")]
    [InlineData("comma")]
    [InlineData("empty")]
    public async Task A_hostile_price_in_the_user_channel_spoils_no_fill(string variant)
    {
        await using Trader trader = await Trader.StartAsync(exchange, Impatient);
        await trader.BuyAsync(2m, limit: 99m);
        await RestsAsync(trader);
        await exchange.Admin.WireFaultsAsync(
            $$"""{"on":"user-ws","fault":"hostile-price","variant":"{{variant}}","channel":"user"}""");
        await trader.PrintAsync(99m);
        await trader.CoveredAsync(2m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(198m, trader.Pair.Cost);
        Assert.True(await exchange.Admin.StrikesAsync() > 0);
    }

    private static TraderSetup Impatient => new()
    {
        Gateway = options => options with { UserSilence = TimeSpan.FromSeconds(3) },
    };

    private static Task RestsAsync(Trader trader) => trader.UntilAsync(
        async () => (await trader.OrdersAsync()).Any(order => order.Status == "OPEN"), "the entry rests");

    private static bool HasFound(Trader trader, string what)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        return database.History().Any(row => row.Action == HistoryAction.Reconciled && row.Detail == what);
    }
}
