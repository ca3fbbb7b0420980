namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

public sealed class PaperPartialFillTests
{
    private static Venue Partial() => new(Venue.Free with { PartialFills = true });

    [Fact]
    public void A_tick_fills_no_more_than_it_traded_and_the_rest_fills_at_the_limit_as_maker()
    {
        Venue venue = Partial().Tick(101m).Buy(1, 100m, 5m).Settle().Tick(99m, 2m)
            .Tick(98m, 2.5m).Tick(101m).Tick(100m, 9m);
        Assert.Equal(
            [
                "ack #1",
                "fill #1 at 99 value 198 fee 0 taker 2/5",
                "fill #1 at 100 value 250 fee 0 maker 4.5/5",
                "fill #1 at 100 value 50 fee 0 maker 5/5",
            ],
            venue.Reports());
    }

    [Fact]
    public void Orders_share_a_tick_in_matching_order()
    {
        Venue venue = Partial().Tick(101m).Buy(1, 99m, 2m).Buy(2, 100m, 2m)
            .Settle().Tick(101m).Tick(98m, 3m).Tick(98m, 3m);
        Assert.Equal(
            [
                "ack #1", "ack #2",
                "fill #2 at 100 value 200 fee 0 maker 2/2",
                "fill #1 at 99 value 99 fee 0 maker 1/2",
                "fill #1 at 99 value 99 fee 0 maker 2/2",
            ],
            venue.Reports());
    }

    [Fact]
    public void The_rest_of_a_market_order_goes_on_at_the_next_tick_at_its_price()
    {
        Venue venue = Partial().Tick(100m).MarketBuy(1, 3m).Settle().Tick(101m, 1m).Tick(102m, 9m);
        Assert.Equal(
            ["ack #1", "fill #1 at 101 value 101 fee 0 taker 1/3", "fill #1 at 102 value 204 fee 0 taker 3/3"],
            venue.Reports());
    }

    [Fact]
    public void A_triggered_stop_that_found_too_little_rests_at_its_limit()
    {
        Venue venue = Partial().Holding(3m, 100m).Stop(1, 95m, 93m, 3m)
            .Settle().Tick(94m, 1m).Tick(92m, 9m).Tick(96m, 9m);
        Assert.Equal(
            ["ack #1", "triggered #1", "fill #1 at 94 value 94 fee 0 taker 1/3",
                "fill #1 at 93 value 186 fee 0 maker 3/3"],
            venue.Reports());
    }

    [Fact]
    public void A_tick_without_quantity_triggers_a_stop_and_fills_nothing()
    {
        Venue venue = Partial().Holding(3m, 100m).Stop(1, 95m, 93m, 3m).MarketBuy(2, 1m).Settle().Tick(94m, 0m);
        Assert.Equal(["ack #1", "ack #2", "triggered #1"], venue.Reports());
    }

    [Fact]
    public void Part_fills_are_multiples_of_the_quantity_increment()
    {
        Venue venue = Partial().Tick(101m).Buy(1, 100m, 5m).Settle().Tick(99m, 1.2349m);
        Assert.Equal(["ack #1", "fill #1 at 99 value 122.166 fee 0 taker 1.234/5"], venue.Reports());
    }

    [Fact]
    public void A_limit_order_that_found_nothing_left_at_its_first_tick_rests_at_its_limit()
    {
        Venue venue = Partial().Tick(101m).Buy(1, 100m, 1m).Settle().Tick(99m, 0m).Tick(98m);
        Assert.Equal(["ack #1", "fill #1 at 100 value 100 fee 0 maker 1/1"], venue.Reports());
    }

    [Fact]
    public void A_cancel_after_a_part_fill_reports_how_much_traded_and_frees_the_rest()
    {
        Venue venue = Partial().Tick(101m).Buy(1, 100m, 5m).Settle().Tick(100m, 2m).Cancel(1).Settle();
        Assert.Equal(["ack #1", "fill #1 at 100 value 200 fee 0 taker 2/5", "cancelled #1 2/5"], venue.Reports());
        Assert.Equal(0m, venue.Exchange.Ledger.HeldCash);
        Assert.Equal(9_800m, venue.Exchange.Ledger.FreeCash);
    }
}
