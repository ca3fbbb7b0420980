using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>
/// Trading on the Exchange feed, where trades are numbered for each product and a new connection brings the newest one
/// only.
/// </summary>
public sealed class MatchesFeedTests(ExchangeProcess exchange)
    : FeedFaultTests(exchange, CoinbaseFeedSource.ExchangeMatches, "matches"), IClassFixture<ExchangeProcess>
{
    private static readonly TraderSetup Matches = new() { Source = CoinbaseFeedSource.ExchangeMatches };

    [Fact]
    public async Task A_product_s_heartbeat_tells_that_its_trade_was_lost_although_others_go_on_trading()
    {
        ProductSpec[] products = [Exchange.TakeProduct(), Exchange.TakeProduct()];
        await using Trader trader = await Trader.StartAsync(Exchange, Matches, products);
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync($$"""
            {"on":"market-ws","fault":"sequence-gap","channel":"matches","product":"{{trader.Product}}","nth":1}
            """);
        await trader.PrintAsync(110m);
        foreach (decimal price in (decimal[])[100.25m, 100.5m])
        {
            await Exchange.Admin.PrintAsync(products[1].ProductId, price);
            await trader.UntilAsync(
                () => trader.Status.Pair(products[1].ProductId).LastPrice == price, "the other product trades on");
        }

        await trader.CoveredAsync(2m, trigger: 104.50m);
        Assert.True(trader.Feed.Readings.Ends[FeedEnd.Gap] > 0);
        Assert.Equal(0, trader.Feed.Readings.Counts[FeedCount.LostTrades]);
        await Truth.HoldsAsync(trader);
    }

    [Fact]
    public async Task A_subscription_that_lives_without_its_trades_keeps_entries_waiting()
    {
        await using Trader trader = await Trader.StartAsync(Exchange, Matches);
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync("""{"on":"market-ws","fault":"mute","channel":"matches"}""");
        await trader.PrintAsync(108m);
        await RefusedAsync(trader);
        Assert.True(trader.Feed.IsBad(0));
        await Exchange.Admin.WireFaultsAsync(string.Empty);
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.BuyAsync(1m, limit: 111m);
        await trader.UntilAsync(() => trader.Pair.Held == 3m, "entries are taken again");
        await Truth.HoldsAsync(trader);
    }

    [Fact]
    public async Task A_product_whose_heartbeats_stop_takes_no_entry_while_the_other_goes_on()
    {
        ProductSpec[] products = [Exchange.TakeProduct(), Exchange.TakeProduct()];
        await using Trader trader = await Trader.StartAsync(
            Exchange, Matches with { FeedSilence = TimeSpan.FromSeconds(3) }, products);
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync(
            $$"""{"on":"market-ws","fault":"mute","product":"{{trader.Product}}"}""");
        await RefusedAsync(trader);
        await trader.BuyAsync(1m, product: products[1].ProductId);
        await Exchange.Admin.WireFaultsAsync(string.Empty);
        await trader.UntilAsync(() => !trader.Feed.IsBad(0), "its heartbeats are back, and no trade is missing");
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await Truth.HoldsAsync(trader);
    }

    // Without heartbeats only the next trade can tell, and at once its price is known.
    [Fact]
    public async Task A_trade_after_a_lost_one_says_how_many_are_missing_and_is_the_price()
    {
        await using Trader trader = await Trader.StartAsync(
            Exchange, Matches with { FeedSilence = TimeSpan.FromMinutes(10) });
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync("""
            {"on":"market-ws","fault":"mute","channel":"heartbeat"},
            {"on":"market-ws","fault":"sequence-gap","channel":"matches","nth":[1,2]}
            """);
        await trader.PrintAsync(109m);
        await trader.PrintAsync(110m);
        await trader.PrintAsync(108m);
        await trader.CoveredAsync(2m, trigger: 102.60m);
        Assert.Equal(108m, trader.Pair.LastPrice);
        CoinbaseFeedReadings readings = trader.Feed.Readings;
        Assert.Equal((2, 0), (readings.Counts[FeedCount.LostTrades], readings.Counts[FeedCount.Gaps]));
        Assert.Equal(0, readings.Reconnects);
        await trader.BuyAsync(1m, limit: 109m);
        await trader.UntilAsync(() => trader.Pair.Held == 3m, "entries are taken");
        await Exchange.Admin.WireFaultsAsync(string.Empty);
        await Truth.HoldsAsync(trader);
    }

    [Fact]
    public async Task An_old_trade_that_comes_again_under_a_new_number_moves_nothing()
    {
        await using Trader trader = await Trader.StartAsync(Exchange, Matches);
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync(
            """{"on":"market-ws","fault":"stale","channel":"matches","times":3}""");
        foreach (decimal price in (decimal[])[102m, 104m, 103m, 110m, 109m, 107m])
        {
            await trader.PrintAsync(price);
        }

        await trader.UntilAsync(async () => await Exchange.Admin.StrikesAsync() == 3, "it went wrong");
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.UntilAsync(() => trader.Pair.LastPrice == 107m, "the newest price is known");
        Assert.True(trader.Feed.Readings.Counts[FeedCount.RepeatedTrades] > 0);
        await Truth.HoldsAsync(trader);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("wrong-types")]
    [InlineData("deep")]
    [InlineData("huge")]
    [InlineData("duplicate-keys")]
    [InlineData("bad-utf8")]
    public async Task A_hostile_message_hides_no_trade_because_a_new_connection_begins_with_it(string variant)
    {
        await using Trader trader = await Trader.StartAsync(Exchange, Matches);
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync($$"""
            {"on":"market-ws","fault":"hostile-json","variant":"{{variant}}","channel":"matches","nth":1}
            """);
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        Assert.Equal(1, await Exchange.Admin.StrikesAsync());
        Assert.True(trader.Feed.Readings.Reconnects > 0);
        await trader.PrintAsync(108m);
        await trader.UntilAsync(() => trader.Pair.LastPrice == 108m, "the newest price is known");
        await Truth.HoldsAsync(trader);
    }

    [Fact]
    public async Task A_subscription_that_stays_silent_from_the_start_is_made_anew()
    {
        await using Trader trader = await Trader.StartAsync(
            Exchange,
            Matches with { WireFaults = """{"on":"market-ws","fault":"mute","channel":"matches","times":1}""" });
        await trader.HoldAsync(2m);
        Assert.True(trader.Feed.Readings.Reconnects > 0);
        await Truth.HoldsAsync(trader);
    }

    [Fact]
    public async Task A_change_of_a_product_that_this_feed_does_not_tell_is_seen_when_the_venue_is_asked()
    {
        await using Trader trader = await Trader.StartAsync(Exchange, Matches);
        await Exchange.Admin.ProductAsync(trader.Product, "\"is_disabled\":true,\"status\":\"offline\"");
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 98m)).Verdict == RiskVerdict.ProductNotTradable,
            "entries are refused");
        await Exchange.Admin.ProductAsync(trader.Product, "\"is_disabled\":false,\"status\":\"online\"");
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m)).Verdict == RiskVerdict.Approved, "entries are taken again");
        await trader.CoveredAsync(1m);
        Assert.Equal(0, trader.Feed.Readings.Messages[FeedMessageKind.Status]);
        await Truth.HoldsAsync(trader);
    }

    private static Task RefusedAsync(Trader trader) => trader.UntilAsync(
        async () => (await trader.EnterAsync(1m, 99m)).Verdict == RiskVerdict.PriceMissing, "entries are refused");
}
