using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

public sealed class PaperAdmissionTests
{
    [Theory]
    [InlineData("100.01", "rejected #1 StopThroughMarket")]
    [InlineData("100", "rejected #1 StopThroughMarket")]
    [InlineData("99.99", "ack #1")]
    public void Sell_stop_at_or_above_the_last_price_is_rejected(string trigger, string expected)
    {
        Venue venue = new Venue().Holding(1m, 100m)
            .Stop(1, decimal.Parse(trigger, CultureInfo.InvariantCulture), 90m, 1m).Settle();
        Assert.Equal([expected], venue.Reports());
    }

    [Fact]
    public void Before_the_first_price_a_stop_is_through_nothing()
    {
        var venue = new Venue();
        venue.Send(venue.New(1, OrderSide.Sell, OrderType.StopLimit, 90m, 95m, 1m)).Settle();
        // Not StopThroughMarket: there is only no base.
        Assert.Equal(["rejected #1 InsufficientFunds"], venue.Reports());
    }

    [Theory]
    [InlineData("101.20", "ack #1")]                          // 1 x 100 x 1.012
    [InlineData("101.19999999", "rejected #1 InsufficientFunds")]
    public void A_limit_buy_needs_its_limit_and_the_taker_fee_on_it(string cash, string expected)
    {
        Venue venue = new Venue(new PaperConfig(), decimal.Parse(cash, CultureInfo.InvariantCulture))
            .Tick(120m).Buy(1, 100m, 1m).Settle();
        Assert.Equal([expected], venue.Reports());
    }

    [Theory]
    [InlineData("121.44", "ack #1")]                          // 1 x 120 x 1.012
    [InlineData("121.43999999", "rejected #1 InsufficientFunds")]
    public void A_market_buy_needs_the_last_price_and_the_taker_fee_on_it(string cash, string expected)
    {
        Venue venue = new Venue(new PaperConfig(), decimal.Parse(cash, CultureInfo.InvariantCulture))
            .Tick(120m).MarketBuy(1, 1m).Settle();
        Assert.Equal([expected], venue.Reports());
    }

    [Fact]
    public void Open_buys_hold_cash_until_they_are_cancelled()
    {
        Venue venue = new Venue(cash: 300m).Tick(120m).Buy(1, 100m, 2m)
            .Buy(2, 100m, 2m).Settle().Cancel(1).Settle().Buy(3, 100m, 3m).Settle();
        Assert.Equal(["ack #1", "rejected #2 InsufficientFunds", "cancelled #1 0/2", "ack #3"], venue.Reports());
    }

    [Fact]
    public void Stops_hold_base()
    {
        Venue venue = new Venue().Holding(2m, 100m).Stop(1, 95m, 93m, 1.5m)
            .MarketSell(2, 1m).MarketSell(3, 0.5m).Settle();
        Assert.Equal(["ack #1", "rejected #2 InsufficientFunds", "ack #3"], venue.Reports());
        Assert.Equal(2m, venue.Product.QuantityOf(venue.Exchange.Ledger.HeldBaseUnits(0)));
    }

    [Fact]
    public void Base_of_one_pair_covers_no_sell_of_another()
    {
        Venue venue = new Venue().Holding(2m, 100m);
        OrderCommand sell = venue.New(1, OrderSide.Sell, OrderType.Market, 0m, 0m, 1m);
        sell.Product = 1;
        Assert.Equal(["rejected #1 InsufficientFunds"], venue.Send(sell).Settle().Reports());
    }

    public static TheoryData<string, OrderSide, OrderType, int, int, int> NotUnderstood => new()
    {
        { "no quantity", OrderSide.Buy, OrderType.Limit, 100, 0, 0 },
        { "no limit", OrderSide.Buy, OrderType.Limit, 0, 0, 1 },
        { "stop without trigger", OrderSide.Sell, OrderType.StopLimit, 90, 0, 1 },
        { "stop without limit", OrderSide.Sell, OrderType.StopLimit, 0, 90, 1 },
        { "stop to buy", OrderSide.Buy, OrderType.StopLimit, 110, 105, 1 },
    };

    [Theory]
    [MemberData(nameof(NotUnderstood))]
    public void Orders_that_cannot_be_matched_at_all_are_invalid(
        string why, OrderSide side, OrderType type, int limit, int trigger, int quantity)
    {
        Venue venue = new Venue().Holding(2m, 100m);
        string[] reports = venue.Send(venue.New(1, side, type, limit, trigger, quantity)).Settle().Reports();
        Assert.True(reports is ["rejected #1 InvalidOrder"], why + ": " + string.Join("; ", reports));
    }

    [Fact]
    public void A_market_buy_before_the_first_price_is_invalid_because_nobody_knows_what_it_costs()
    {
        Assert.Equal(["rejected #1 InvalidOrder"], new Venue().MarketBuy(1, 1m).Settle().Reports());
    }

    [Fact]
    public void Replace_reports_once_that_the_new_order_works_for_the_old()
    {
        Venue venue = new Venue().Holding(1m, 100m).Stop(1, 90m, 88m, 1m)
            .Settle().Replace(2, 1, 95m, 93m, 1m).Settle().Tick(94m);
        Assert.Equal(
            ["ack #1", "replaced #2 for #1", "triggered #2", "fill #2 at 94 value 94 fee 0 taker 1/1"],
            venue.Reports());
        Assert.Equal(0, venue.Exchange.OpenOrders);
    }

    [Fact]
    public void A_refused_replacement_leaves_neither_order()
    {
        Venue venue = new Venue().Holding(1m, 100m).Stop(1, 90m, 88m, 1m)
            .Settle().Replace(2, 1, 100m, 98m, 1m).Settle();
        Assert.Equal(["ack #1", "cancelled #1 0/1", "rejected #2 StopThroughMarket"], venue.Reports());
        Assert.Equal(0, venue.Exchange.OpenOrders);
        Assert.Equal(0, venue.Exchange.Ledger.HeldBaseUnits(0));
    }

    [Fact]
    public void A_replacement_of_an_order_that_is_done_is_rejected()
    {
        Venue venue = new Venue().Holding(2m, 100m).Stop(1, 95m, 93m, 1m)
            .Settle().Tick(94m).Replace(2, 1, 90m, 88m, 1m).Settle();
        Assert.Equal("rejected #2 OrderIsDone", venue.Reports()[^1]);
        Assert.Equal(0, venue.Exchange.OpenOrders);
    }

    [Fact]
    public void A_replacement_may_use_what_the_old_order_held()
    {
        Venue venue = new Venue().Holding(1m, 100m).Stop(1, 90m, 88m, 1m).Settle().Replace(2, 1, 91m, 89m, 1m).Settle();
        Assert.Equal(["ack #1", "replaced #2 for #1"], venue.Reports());
        Assert.Equal(1m, venue.Product.QuantityOf(venue.Exchange.Ledger.HeldBaseUnits(0)));
    }

    [Fact]
    public void A_cancel_of_a_filled_order_is_rejected_and_says_what_the_order_was()
    {
        Venue venue = new Venue().Tick(101m).Buy(1, 100m, 2m).Settle().Tick(100m).Cancel(1);
        _ = venue.Reports();
        TradingEvent report = venue.Settle().Exchange.Reports[0];
        Assert.Equal(ReportKind.CancelRejected, report.Report);
        Assert.Equal(RejectReason.OrderIsDone, report.Reason);
        Assert.Equal(100m, venue.Product.PriceOf(report.Price));
        Assert.Equal(2m, venue.Product.QuantityOf(report.Quantity));
        Assert.Equal(2m, venue.Product.QuantityOf(report.CumulativeQuantity));
    }

    [Fact]
    public void Rejections_by_chance_come_at_their_rate_and_depend_on_seed_and_sequence_only()
    {
        PaperConfig config = Venue.Free with { RejectionRate = 0.25m, Seed = 7 };
        bool[] forward = Refused(config, Enumerable.Range(1, 4_000));
        bool[] backward = Refused(config, Enumerable.Range(1, 4_000).Reverse());
        Assert.Equal(forward, backward.Reverse());
        Assert.InRange(forward.Count(refused => refused), 900, 1_100);
        Assert.NotEqual(forward, Refused(config with { Seed = 8 }, Enumerable.Range(1, 4_000)));
        Assert.All(Refused(config with { RejectionRate = 1m }, Enumerable.Range(1, 100)), Assert.True);
        Assert.All(Refused(config with { RejectionRate = 0m }, Enumerable.Range(1, 100)), Assert.False);

        static bool[] Refused(PaperConfig config, IEnumerable<int> sequences)
        {
            Venue venue = new Venue(config, cash: 1_000_000m).Tick(100m);
            return [.. sequences.Select(sequence =>
                venue.Buy(sequence, 1m, 0.001m).Settle().Reports()[0].EndsWith("Chance", StringComparison.Ordinal))];
        }
    }
}
