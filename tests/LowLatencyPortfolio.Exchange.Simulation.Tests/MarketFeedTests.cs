using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>
/// What goes wrong with the prices of Advanced Trade, whose connections are numbered and bring again what was missed.
/// Numbers are those of the list of faults.
/// </summary>
public sealed class MarketFeedTests(ExchangeProcess exchange)
    : FeedFaultTests(exchange, CoinbaseFeedSource.AdvancedTrade, "market_trades"), IClassFixture<ExchangeProcess>
{
    // 64
    [Fact]
    public async Task Trades_that_are_lost_from_the_feed_come_again_with_a_new_connection()
    {
        await using Trader trader = await Trader.StartAsync(Exchange);
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync(
            """{"on":"market-ws","fault":"sequence-gap","channel":"market_trades","nth":1}""");
        await trader.PrintAsync(110m);
        await trader.PrintAsync(108m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.UntilAsync(() => trader.Pair.LastPrice == 108m, "the newest price is known");
        Assert.True(trader.Feed.Readings.Counts[FeedCount.Gaps] > 0);
        await Truth.HoldsAsync(trader);
    }

    // 65, 67
    [Fact]
    public async Task All_connections_closed_at_once_come_back()
    {
        await using Trader trader = await Trader.StartAsync(Exchange);
        await trader.HoldAsync(2m);
        await Exchange.Admin.DisconnectAllAsync();
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.UntilAsync(
            () => trader.Gateway.Counters.UserConnects == 2 && trader.Feed.Readings.Reconnects == 1, "both came back");
        await Truth.HoldsAsync(trader);
    }

    // 74, 75
    [Theory]
    [InlineData("truncated")]
    [InlineData("wrong-types")]
    [InlineData("deep")]
    [InlineData("huge")]
    [InlineData("duplicate-keys")]
    [InlineData("bad-utf8")]
    public async Task A_hostile_message_in_the_feed_moves_nothing_and_hides_no_trade(string variant)
    {
        await using Trader trader = await Trader.StartAsync(Exchange);
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync($$"""
            {"on":"market-ws","fault":"hostile-json","variant":"{{variant}}","channel":"market_trades","nth":1}
            """);
        await trader.PrintAsync(110m);
        await trader.UntilAsync(async () => await Exchange.Admin.StrikesAsync() == 1, "the message was sent");
        await trader.PrintAsync(108m);
        await trader.UntilAsync(() => trader.Pair.LastPrice == 108m, "the newest price is known");
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await Truth.HoldsAsync(trader);
    }

    // 66
    [Fact]
    public async Task A_subscription_that_stays_silent_from_the_start_is_made_anew()
    {
        await using Trader trader = await Trader.StartAsync(
            Exchange,
            new TraderSetup
            {
                WireFaults = """{"on":"market-ws","fault":"mute","channel":"market_trades","times":1}""",
            });
        await trader.HoldAsync(2m);
        Assert.True(trader.Feed.Readings.Reconnects > 0);
        await Truth.HoldsAsync(trader);
    }

    // 71
    [Fact]
    public async Task A_jump_beyond_the_collar_waits_for_a_second_trade()
    {
        await using Trader trader = await Trader.StartAsync(Exchange);
        await trader.HoldAsync(2m);
        await trader.PrintAsync(150m);
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 99m)).Verdict == RiskVerdict.PriceMissing, "entries wait");
        Assert.Equal(100m, trader.Pair.LastPrice);
        await trader.PrintAsync(100.5m);
        await trader.UntilAsync(() => trader.Pair.LastPrice == 100.5m, "the jump was a mistake");
        await trader.CoveredAsync(2m, trigger: 95m);
        await Truth.HoldsAsync(trader);
    }
}
