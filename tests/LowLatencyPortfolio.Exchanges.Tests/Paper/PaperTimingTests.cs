using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

public sealed class PaperTimingTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void A_command_takes_effect_at_its_release_plus_the_latency_and_its_report_says_so()
    {
        Venue venue = new Venue(Venue.Free with { LatencyMs = 250 }).Tick(100m).Buy(1, 100m, 1m);
        Assert.Equal(1, venue.Exchange.TakeInbox());
        Assert.Equal(venue.NowNs + (250 * Ms), venue.Exchange.NextDueNs);
        Assert.Equal(0, venue.Exchange.Deliver(venue.NowNs + (250 * Ms) - 1));
        Assert.Equal(1, venue.Exchange.Deliver(venue.NowNs + (900 * Ms)));
        Assert.Equal(venue.NowNs + (250 * Ms), venue.Exchange.Reports[0].ReceivedAtNs);
        Assert.Equal(long.MaxValue, venue.Exchange.NextDueNs);
    }

    [Fact]
    public void An_order_still_on_its_way_does_not_meet_a_tick()
    {
        Venue venue = new Venue(Venue.Free with { LatencyMs = 1_500 }).Tick(100m).Buy(1, 100m, 1m).Tick(99m).Tick(98m);
        Assert.Equal(["ack #1", "fill #1 at 98 value 98 fee 0 taker 1/1"], venue.Reports());
    }

    [Fact]
    public void What_a_tick_causes_is_live_from_the_next_tick_of_the_pair()
    {
        Venue venue = new Venue().Tick(99m).Buy(1, 100m, 1m).Settle();
        Assert.Equal(["ack #1"], venue.Reports());
        Assert.Equal(["fill #1 at 99 value 99 fee 0 taker 1/1"], venue.Tick(99m).Reports());
    }

    [Fact]
    public void At_one_instant_cancels_come_before_new_orders_and_each_by_sequence()
    {
        Venue venue = new Venue().Holding(3m, 100m).Stop(1, 90m, 88m, 1m).Stop(2, 90m, 88m, 2m).Settle();
        _ = venue.Reports();
        venue.MarketSell(5, 1m).MarketSell(4, 2m).Cancel(2).Cancel(1).Settle();
        Assert.Equal(["cancelled #1 0/1", "cancelled #2 0/2", "ack #4", "ack #5"], venue.Reports());
    }

    [Fact]
    public void A_cancel_of_an_order_that_arrives_at_the_same_instant_comes_after_it()
    {
        Venue venue = new Venue().Tick(100m).Buy(1, 90m, 1m).Cancel(1).Settle();
        Assert.Equal(["ack #1", "cancelled #1 0/1"], venue.Reports());
    }

    [Fact]
    public void A_replacement_of_an_order_that_arrives_at_the_same_instant_finds_it()
    {
        Venue venue = new Venue().Holding(1m, 100m).Replace(2, 1, 91m, 89m, 1m).Stop(1, 90m, 88m, 1m).Settle();
        Assert.Equal(["ack #1", "replaced #2 for #1"], venue.Reports());
    }

    [Fact]
    public void Commands_due_at_different_instants_take_effect_in_the_order_of_time()
    {
        Venue venue = new Venue(Venue.Free with { LatencyMs = 10 }).Tick(100m).Buy(2, 90m, 1m);
        venue.NowNs += 5 * Ms;
        venue.Buy(1, 91m, 1m);
        venue.NowNs += 20 * Ms;
        Assert.Equal(["ack #2", "ack #1"], venue.Settle().Reports());
    }

    [Fact]
    public void A_fill_carries_every_field_a_report_must_have()
    {
        Venue venue = new Venue(new()).Holding(2m, 100m).Stop(9, 95m, 93m, 2m).Settle().Tick(94m);
        Assert.Equal(3, venue.Exchange.Reports.Length);
        TradingEvent fill = venue.Exchange.Reports[2];
        Assert.Equal(EventKind.OrderReport, fill.Kind);
        Assert.Equal(ReportKind.Fill, fill.Report);
        Assert.Equal(1, fill.Count);
        Assert.Equal(0, fill.Product);
        Assert.Equal(venue.NowNs, fill.ReceivedAtNs);
        Assert.Equal(venue.NowNs, fill.VenueTimeNs);
        Assert.Equal(93.953m, venue.Product.PriceOf(fill.Price));           // 94 less 5 bp
        Assert.Equal(95m, venue.Product.PriceOf(fill.Low));
        Assert.Equal(0, fill.High);
        Assert.Equal(2m, venue.Product.QuantityOf(fill.Quantity));
        Assert.Equal(2m, venue.Product.QuantityOf(fill.CumulativeQuantity));
        Assert.Equal(2, fill.TradeKey);                                     // the entry's fill was the first
        Assert.Equal(9, fill.OrderSequence);
        Assert.Equal(0, fill.RelatedSequence);
        Assert.Equal(OrderSide.Sell, fill.Side);
        Assert.Equal(OrderType.StopLimit, fill.OrderType);
        Assert.Equal(Liquidity.Taker, fill.Liquidity);
        Assert.Equal(RejectReason.None, fill.Reason);
        Assert.Equal(0, fill.Source);
        Assert.Equal(187.906m, fill.FillValue);                             // 2 x 93.953
        Assert.Equal(2.254872m, fill.Fee);                                  // x 0.012
        TradingEvent triggered = venue.Exchange.Reports[1];
        Assert.Equal(93m, venue.Product.PriceOf(triggered.Price));
        Assert.Equal(95m, venue.Product.PriceOf(triggered.Low));
        Assert.Equal(0, triggered.TradeKey);
    }

    [Fact]
    public void Orders_and_base_stay_open_at_the_end_of_the_data()
    {
        Venue venue = new Venue().Holding(2m, 100m).Stop(1, 90m, 88m, 2m).Settle().Tick(99m);
        Assert.Equal(1, venue.Exchange.OpenOrders);
        Assert.Equal(2m, venue.Product.QuantityOf(venue.Exchange.Ledger.BaseUnits(0)));
        Assert.Equal(9_800m, venue.Exchange.Ledger.Cash);
    }
}
