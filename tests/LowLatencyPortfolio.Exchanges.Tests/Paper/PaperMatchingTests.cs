using LowLatencyPortfolio.Exchanges.Paper;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

/// <summary>SPEC 12, a sentence a test; the digits are worked out by hand beside each.</summary>
public sealed class PaperMatchingTests
{
    private static readonly PaperConfig s_defaults = new();

    [Fact]
    public void Buy_limit_marketable_at_its_first_match_takes_that_ticks_price()
    {
        Venue venue = new Venue().Tick(101m).Buy(1, limit: 100m, 2m).Settle().Tick(99m);
        Assert.Equal(["ack #1", "fill #1 at 99 value 198 fee 0 taker 2/2"], venue.Reports());
    }

    [Fact]
    public void Buy_limit_that_rested_fills_at_its_limit_on_the_first_tick_at_it()
    {
        Venue venue = new Venue().Tick(101m).Buy(1, limit: 100m, 2m).Settle().Tick(100.01m).Tick(100m).Tick(99m);
        Assert.Equal(["ack #1", "fill #1 at 100 value 200 fee 0 maker 2/2"], venue.Reports());
    }

    [Fact]
    public void Buy_limit_that_rested_fills_at_its_limit_even_when_the_tick_is_far_below()
    {
        Venue venue = new Venue().Tick(101m).Buy(1, limit: 100m, 2m).Settle().Tick(100.01m).Tick(90m);
        Assert.Equal(["ack #1", "fill #1 at 100 value 200 fee 0 maker 2/2"], venue.Reports());
    }

    [Fact]
    public void Sell_limit_mirrors_the_buy_limit()
    {
        Venue venue = new Venue().Holding(2m, 100m).Sell(1, limit: 99m, 1m)
            .Sell(2, limit: 101m, 1m).Settle().Tick(100m).Tick(102m);
        Assert.Equal(
            ["ack #1", "ack #2", "fill #1 at 100 value 100 fee 0 taker 1/1",
                "fill #2 at 101 value 101 fee 0 maker 1/1"],
            venue.Reports());
    }

    [Fact]
    public void Taker_and_maker_pay_their_own_fee_and_only_takers_slip()
    {
        // taker: 100 x 1.0005 = 100.05; 2 x 100.05 = 200.10; x 0.012 = 2.4012. maker: 2 x 99 = 198; x 0.006 = 1.188
        Venue venue = new Venue(s_defaults).Tick(101m).Buy(1, limit: 101m, 2m)
            .Buy(2, limit: 99m, 2m).Settle().Tick(100m).Tick(99m);
        Assert.Equal(
            [
                "ack #1", "ack #2",
                "fill #1 at 100.05 value 200.1 fee 2.4012 taker 2/2",
                "fill #2 at 99 value 198 fee 1.188 maker 2/2",
            ],
            venue.Reports());
    }

    [Fact]
    public void Slippage_never_goes_beyond_the_orders_own_limit()
    {
        Venue venue = new Venue(s_defaults).Holding(2m, 100m).Buy(1, limit: 100.02m, 1m)
            .Stop(2, trigger: 99.99m, limit: 99.98m, 1m)
            .Settle().Tick(100m).Tick(99.99m);
        Assert.Equal(
            [
                "ack #1", "ack #2",
                "fill #1 at 100.02 value 100.02 fee 1.20024 taker 1/1",     // 100.05 would be beyond
                "triggered #2",
                "fill #2 at 99.98 value 99.98 fee 1.19976 taker 1/1",       // 99.940005 would be beyond
            ],
            venue.Reports());
    }

    [Fact]
    public void Slippage_is_rounded_against_us_to_the_ring_unit()
    {
        // 0.00000003 x 5 bp = 0.000000000015, one unit of 10^-8 after rounding: buys 0.00000004, sells 0.00000002
        Venue venue = new Venue(s_defaults).Tick(0.00000003m).MarketBuy(1, 10m)
            .Settle().Tick(0.00000003m).MarketSell(2, 10m).Settle()
            .Tick(0.00000003m);
        Assert.Equal(
            [
                "ack #1", "fill #1 at 0.00000004 value 0.0000004 fee 0.00000001 taker 10/10",
                "ack #2", "fill #2 at 0.00000002 value 0.0000002 fee 0.00000001 taker 10/10",
            ],
            venue.Reports());
    }

    [Fact]
    public void Fees_are_rounded_up_to_8_decimals()
    {
        // 0.001 x 33.33 = 0.03333; x 0.006 = 0.00019998 exactly.
        // 0.001 x 33.333333 = 0.033333333; x 0.006 = 0.000199999998 -> 0.0002
        Venue venue = new Venue(s_defaults).Tick(40m).Buy(1, 33.33m, 0.001m)
            .Buy(2, 33.333333m, 0.001m).Settle().Tick(40m).Tick(33m);
        Assert.Equal(
            [
                "ack #1", "ack #2",
                "fill #2 at 33.333333 value 0.033333333 fee 0.0002 maker 0.001/0.001",
                "fill #1 at 33.33 value 0.03333 fee 0.00019998 maker 0.001/0.001",
            ],
            venue.Reports());
    }

    [Fact]
    public void Stop_triggers_on_the_first_tick_at_it_and_fills_there_when_the_tick_is_at_or_above_its_limit()
    {
        Venue venue = new Venue().Holding(1m, 100m).Stop(1, trigger: 95m, limit: 93m, 1m)
            .Settle().Tick(95.01m).Tick(94m);
        Assert.Equal(["ack #1", "triggered #1", "fill #1 at 94 value 94 fee 0 taker 1/1"], venue.Reports());
    }

    [Fact]
    public void Stop_that_the_price_jumped_over_rests_and_fills_at_its_limit_as_maker()
    {
        Venue venue = new Venue().Holding(1m, 100m).Stop(1, trigger: 95m, limit: 93m, 1m)
            .Settle().Tick(90m).Tick(92.99m).Tick(97m);
        Assert.Equal(["ack #1", "triggered #1", "fill #1 at 93 value 93 fee 0 maker 1/1"], venue.Reports());
    }

    [Fact]
    public void Market_order_fills_at_the_next_tick_of_its_own_pair()
    {
        Venue venue = new Venue().Tick(100m).MarketBuy(1, 1m).Settle().Tick(50m, product: 1).Tick(98m);
        Assert.Equal(["ack #1", "fill #1 at 98 value 98 fee 0 taker 1/1"], venue.Reports());
    }

    [Fact]
    public void Orders_match_in_the_order_a_falling_price_passes_them_ties_by_sequence()
    {
        Venue venue = new Venue().Holding(9m, 100m)
            .Buy(1, 96m, 1m).Stop(2, 97m, 90m, 1m).Buy(3, 98m, 1m).Stop(5, 98m, 90m, 1m)
            .Buy(4, 98m, 1m).Settle().Tick(99m).Tick(95m);
        Assert.Equal(
            ["fill #3", "fill #4", "triggered #5", "fill #5", "triggered #2", "fill #2", "fill #1"],
            venue.Reports().Where(line => !line.StartsWith("ack", StringComparison.Ordinal)).Select(FirstTwoWords));
    }

    [Fact]
    public void Orders_match_in_the_order_a_rising_price_passes_them()
    {
        Venue venue = new Venue().Holding(9m, 100m).Sell(1, 103m, 1m).Sell(2, 101m, 1m)
            .Sell(3, 102m, 1m).Settle().Tick(100m).Tick(110m);
        Assert.Equal(
            ["fill #2", "fill #3", "fill #1"],
            venue.Reports().Where(line => !line.StartsWith("ack", StringComparison.Ordinal)).Select(FirstTwoWords));
    }

    [Fact]
    public void Market_orders_match_before_everything_the_price_passes()
    {
        Venue venue = new Venue().Holding(9m, 100m).Buy(1, 100m, 1m).Stop(2, 99m, 90m, 1m)
            .MarketSell(3, 1m).MarketBuy(4, 1m).Settle().Tick(95m);
        Assert.Equal(
            ["fill #3", "fill #4", "fill #1", "triggered #2", "fill #2"],
            venue.Reports().Where(line => !line.StartsWith("ack", StringComparison.Ordinal)).Select(FirstTwoWords));
    }

    [Fact]
    public void On_bars_a_market_sell_after_a_gapped_stop_fills_at_the_worse_of_its_tick_and_the_gap_tick()
    {
        Venue venue = new Venue(bars: true).Holding(2m, 100m).Stop(1, 95m, 93m, 2m).Settle().Tick(80m)
            .Cancel(1).Settle().MarketSell(2, 2m).Settle().Tick(85m);
        Assert.Equal(
            ["ack #1", "triggered #1", "cancelled #1 0/2", "ack #2", "fill #2 at 80 value 160 fee 0 taker 2/2"],
            venue.Reports());
    }

    [Fact]
    public void On_bars_a_market_sell_after_a_gapped_stop_takes_a_tick_below_the_gap()
    {
        Venue venue = new Venue(bars: true).Holding(2m, 100m).Stop(1, 95m, 93m, 2m).Settle().Tick(80m)
            .Cancel(1).Settle().MarketSell(2, 2m).Settle().Tick(75m);
        Assert.Equal("fill #2 at 75 value 150 fee 0 taker 2/2", venue.Reports()[^1]);
    }

    [Fact]
    public void On_trade_ticks_a_gap_prices_nothing()
    {
        Venue venue = new Venue(bars: false).Holding(2m, 100m).Stop(1, 95m, 93m, 2m).Settle().Tick(80m)
            .Cancel(1).Settle().MarketSell(2, 2m).Settle().Tick(85m);
        Assert.Equal("fill #2 at 85 value 170 fee 0 taker 2/2", venue.Reports()[^1]);
    }

    [Fact]
    public void A_gap_is_over_when_a_market_sell_after_it_is_filled()
    {
        Venue venue = new Venue(bars: true).Holding(3m, 100m).Stop(1, 95m, 93m, 2m).Settle().Tick(80m)
            .Cancel(1).Settle().MarketSell(2, 2m).Settle().Tick(85m).MarketSell(3, 1m).Settle().Tick(86m);
        Assert.Equal("fill #3 at 86 value 86 fee 0 taker 1/1", venue.Reports()[^1]);
    }

    [Fact]
    public void A_gap_is_over_when_the_price_came_back_to_the_stops_limit()
    {
        Venue venue = new Venue(bars: true).Holding(3m, 100m).Stop(1, 95m, 93m, 2m).Settle().Tick(80m).Tick(94m)
            .MarketSell(2, 1m).Settle().Tick(92m);
        Assert.Equal(
            ["ack #1", "triggered #1", "fill #1 at 93 value 186 fee 0 maker 2/2",
                "ack #2", "fill #2 at 92 value 92 fee 0 taker 1/1"],
            venue.Reports());
    }

    private static string FirstTwoWords(string line) => string.Join(' ', line.Split(' ').Take(2));
}
