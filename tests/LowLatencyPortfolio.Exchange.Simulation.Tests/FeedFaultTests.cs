using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>
/// What goes wrong with the prices of either feed and ends the same. Numbers are those of the list of faults.
/// </summary>
public abstract class FeedFaultTests(ExchangeProcess exchange, CoinbaseFeedSource source, string channel)
{
    private readonly TraderSetup _setup = new() { Source = source };

    protected ExchangeProcess Exchange { get; } = exchange;

    // 63, 66, 70
    [Theory]
    [InlineData("stall")]
    [InlineData("half-open")]
    public async Task A_feed_that_says_nothing_any_more_is_connected_anew_and_entries_wait(string fault)
    {
        await using Trader trader = await Trader.StartAsync(
            Exchange, _setup with { FeedSilence = TimeSpan.FromSeconds(3) });
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync($$"""{"on":"market-ws","fault":"{{fault}}"}""");
        await trader.UntilAsync(
            async () => (await trader.EnterAsync(1m, 99m)).Verdict == RiskVerdict.PriceMissing, "entries are refused");
        Assert.Single(await trader.LiveStopsAsync());
        await trader.PrintAsync(108m);
        await trader.PrintAsync(110m);
        await Exchange.Admin.WireFaultsAsync(string.Empty);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        Assert.True(trader.Feed.Readings.Reconnects > 0);
        await Truth.HoldsAsync(trader);
    }

    // 65
    [Fact]
    public async Task A_storm_of_disconnects_is_survived()
    {
        await using Trader trader = await Trader.StartAsync(Exchange, _setup);
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync("""
            {"on":"market-ws","fault":"disconnect","nth":1,"count":4},
            {"on":"user-ws","fault":"disconnect","nth":1,"count":4}
            """);
        await trader.UntilAsync(async () => await Exchange.Admin.StrikesAsync() == 8, "both were cut four times");
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.BuyAsync(1m, limit: 111m);
        await trader.UntilAsync(() => trader.Pair.Held == 3m, "entries are taken again");
        await Truth.HoldsAsync(trader);
    }

    // 26, 28
    [Theory]
    [InlineData("duplicate")]
    [InlineData("reorder")]
    public async Task Messages_twice_or_out_of_order_end_in_the_newest_price(string fault)
    {
        await using Trader trader = await Trader.StartAsync(Exchange, _setup);
        await trader.HoldAsync(2m);
        await Exchange.Admin.WireFaultsAsync(
            $$"""{"on":"market-ws","fault":"{{fault}}","channel":"{{channel}}","times":3}""");
        foreach (decimal price in (decimal[])[102m, 104m, 103m, 110m, 109m, 107m])
        {
            await trader.PrintAsync(price);
        }

        await trader.UntilAsync(async () => await Exchange.Admin.StrikesAsync() > 0, "it went wrong");
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.UntilAsync(() => trader.Pair.LastPrice == 107m, "the newest price is known");
        await Truth.HoldsAsync(trader);
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
    public async Task A_hostile_price_moves_nothing(string variant)
    {
        await using Trader trader = await Trader.StartAsync(Exchange, _setup);
        await trader.HoldAsync(2m);
        string before = (await trader.LiveStopsAsync())[0].ToString();
        await Exchange.Admin.WireFaultsAsync($$"""
            {"on":"market-ws","fault":"hostile-price","variant":"{{variant}}","channel":"{{channel}}","nth":1}
            """);
        await trader.PrintAsync(100.5m);
        await trader.UntilAsync(async () => await Exchange.Admin.StrikesAsync() == 1, "the price was sent");
        await trader.PrintAsync(100.25m);
        await trader.UntilAsync(() => trader.Pair.LastPrice == 100.25m, "the next good price is known");
        Assert.Equal(before, (await trader.LiveStopsAsync())[0].ToString());
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await Truth.HoldsAsync(trader);
    }
}
