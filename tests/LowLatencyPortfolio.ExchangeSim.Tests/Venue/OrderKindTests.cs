namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>Each order configuration of Coinbase spot does what the venue says of it.</summary>
public sealed class OrderKindTests
{
    private readonly VenueBench _bench = new();

    public OrderKindTests() => _bench.Print(100m);

    [Fact]
    public void Market_sell_fills_whole_at_the_last_price_as_taker()
    {
        var order = _bench.Order(_bench.Accept(OrderSide.Sell, Terms.Market(2m)));

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal((2m, 200m, 1.2m), (order.FilledBase, order.FilledValue, order.TotalFees));
        Assert.Equal(100_198.8m, _bench.Account("USD").Available);
        Assert.Equal(8m, _bench.Account("BTC").Available);
        var fill = Assert.Single(_bench.Venue.VisibleFills);
        Assert.False(fill.IsMaker);
        Assert.True(Guid.TryParse(fill.TradeId, out _));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Market_buy_in_quote_gets_what_the_money_buys_and_pays_the_fee_on_top()
    {
        _bench.Print(333.33m);
        var order = _bench.Order(_bench.Accept(OrderSide.Buy, Terms.MarketQuote(1000m)));

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal(3.00003000m, order.FilledBase);
        Assert.Equal(3.00003m * 333.33m, order.FilledValue);
        Assert.True(_bench.Venue.VisibleFills[0].SizeInQuote);
        Assert.Equal(100_000m - order.FilledValue - order.TotalFees, _bench.Account("USD").Available);
        Assert.Equal(0m, _bench.Account("USD").Hold);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Market_buy_in_base_fills_that_size()
    {
        var order = _bench.Order(_bench.Accept(OrderSide.Buy, Terms.Market(3m)));

        Assert.Equal((OrderStatus.Filled, 3m, 301.8m), (order.Status, order.FilledBase, order.TotalValueAfterFees));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Immediate_limit_fills_at_the_better_last_price()
    {
        var order = _bench.Order(_bench.Accept(OrderSide.Buy, Terms.Ioc(1m, 105m)));

        Assert.Equal((OrderStatus.Filled, 100m), (order.Status, order.AveragePrice));
    }

    [Fact]
    public void Immediate_limit_that_the_market_does_not_reach_is_cancelled_unfilled()
    {
        var order = _bench.Order(_bench.Accept(OrderSide.Buy, Terms.Ioc(1m, 99m)));

        Assert.Equal((OrderStatus.Cancelled, 0m), (order.Status, order.FilledBase));
        Assert.Equal(100_000m, _bench.Account("USD").Available);
    }

    [Theory]
    [InlineData(100, OrderStatus.Filled)]
    [InlineData(99, OrderStatus.Cancelled)]
    public void Fill_or_kill_fills_whole_or_not_at_all(int limit, OrderStatus expected)
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.PartialFill, 0.5m)]);

        var order = _bench.Order(_bench.Accept(OrderSide.Buy, Terms.Fok(1m, limit)));

        Assert.Equal((expected, expected == OrderStatus.Filled ? 1m : 0m), (order.Status, order.FilledBase));
    }

    [Fact]
    public void Resting_limit_fills_at_its_own_price_as_maker_when_a_print_goes_through_it()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 95m));
        Assert.Equal(OrderStatus.Open, _bench.Order(id).Status);
        Assert.Equal(95m * 1.006m, _bench.Account("USD").Hold);

        _bench.Print(95.01m);
        Assert.Equal(OrderStatus.Open, _bench.Order(id).Status);
        _bench.Print(94m);

        var order = _bench.Order(id);
        Assert.Equal((OrderStatus.Filled, 95m, 0.38m), (order.Status, order.AveragePrice, order.TotalFees));
        Assert.True(_bench.Venue.VisibleFills[0].IsMaker);
        Assert.Equal(0m, _bench.Account("USD").Hold);
        _bench.AssertBooksBalance();
    }

    [Theory]
    [InlineData(true, OrderStatus.Filled)]
    [InlineData(false, OrderStatus.Open)]
    public void Whether_a_touch_fills_a_resting_limit_is_a_setting(bool fillOnTouch, OrderStatus expected)
    {
        var bench = new VenueBench(VenueBench.Settings() with { FillOnTouch = fillOnTouch });
        bench.Print(100m);
        string id = bench.Accept(OrderSide.Sell, Terms.Gtc(1m, 101m));

        bench.Print(101m);

        Assert.Equal(expected, bench.Order(id).Status);
    }

    [Fact]
    public void Marketable_limit_takes_the_last_price()
    {
        var order = _bench.Order(_bench.Accept(OrderSide.Sell, Terms.Gtc(1m, 98m)));

        Assert.Equal((OrderStatus.Filled, 100m, 0.6m), (order.Status, order.AveragePrice, order.TotalFees));
    }

    [Fact]
    public void Post_only_limit_rests_and_holds_the_maker_fee_only()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 99m, postOnly: true));

        Assert.Equal(99m * 1.004m, _bench.Order(id).Hold);
    }

    [Fact]
    public void Limit_sized_in_quote_becomes_base_at_its_limit()
    {
        string id = _bench.Accept(OrderSide.Buy,
            new OrderTerms(OrderKind.LimitGtc, "limit_limit_gtc", QuoteSize: 100m, LimitPrice: 30m));
        _bench.Print(30m);

        var order = _bench.Order(id);
        Assert.Equal((OrderStatus.Filled, true), (order.Status, order.SizeInQuote));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Order_with_an_end_expires_at_its_end_and_not_before()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtd(1m, 95m, _bench.NowNs + (10 * VenueTime.SecondNs)));

        _bench.Step(9.9);
        Assert.Equal(OrderStatus.Open, _bench.Order(id).Status);
        _bench.Step(60);

        var order = _bench.Order(id);
        Assert.Equal((OrderStatus.Expired, 0m), (order.Status, _bench.Account("USD").Hold));
        Assert.Equal(order.Terms.EndTimeNs, order.UpdatedAtNs);
    }

    [Fact]
    public void Stop_waits_for_a_trade_at_its_trigger_and_then_sells_at_that_trade()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(2m, stop: 95m, limit: 93m));
        Assert.Equal((OrderStatus.Open, TriggerStatus.StopPending),
            (_bench.Order(id).Status, _bench.Order(id).TriggerStatus));
        Assert.Equal(2m, _bench.Account("BTC").Hold);

        _bench.Print(95.01m);
        Assert.Equal(TriggerStatus.StopPending, _bench.Order(id).TriggerStatus);
        _bench.Print(94.5m);

        var order = _bench.Order(id);
        Assert.Equal((OrderStatus.Filled, TriggerStatus.StopTriggered, 94.5m),
            (order.Status, order.TriggerStatus, order.AveragePrice));
        Assert.Contains(_bench.Updates,
            u => u is { Status: OrderStatus.Open, TriggerStatus: TriggerStatus.StopTriggered });
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Stop_gapped_through_rests_at_its_limit_until_the_price_comes_back()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(1m, stop: 95m, limit: 93m));

        _bench.Print(90m);
        Assert.Equal((OrderStatus.Open, TriggerStatus.StopTriggered),
            (_bench.Order(id).Status, _bench.Order(id).TriggerStatus));
        _bench.Print(94m);

        Assert.Equal((OrderStatus.Filled, 93m), (_bench.Order(id).Status, _bench.Order(id).AveragePrice));
    }

    [Fact]
    public void Buy_stop_triggers_upwards()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Stop(1m, stop: 105m, limit: 106m, StopDirection.Up));

        _bench.Print(105m);

        Assert.Equal((OrderStatus.Filled, 105m), (_bench.Order(id).Status, _bench.Order(id).AveragePrice));
    }

    [Fact]
    public void Stop_with_an_end_expires()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.StopGtd(1m, 95m, 93m, _bench.NowNs + VenueTime.SecondNs));

        _bench.Step(2);

        Assert.Equal((OrderStatus.Expired, 10m), (_bench.Order(id).Status, _bench.Account("BTC").Available));
    }

    [Fact]
    public void Bracket_takes_its_profit_at_the_limit()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Bracket(1m, stop: 90m, takeProfit: 110m));

        _bench.Print(111m);

        Assert.Equal((OrderStatus.Filled, 110m), (_bench.Order(id).Status, _bench.Order(id).AveragePrice));
    }

    [Theory]
    [InlineData(89, OrderStatus.Filled)]
    [InlineData(85, OrderStatus.Open)]
    public void Bracket_stop_leg_sells_down_to_five_percent_below_its_trigger(int print, OrderStatus expected)
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.BracketGtd(1m, 90m, 110m, _bench.NowNs + VenueTime.SecondNs));

        _bench.Print(print);

        Assert.Equal((expected, TriggerStatus.StopTriggered),
            (_bench.Order(id).Status, _bench.Order(id).TriggerStatus));
    }

    [Fact]
    public void Money_has_at_most_16_decimals_however_fine_the_grid_and_a_hold_stays_enough()
    {
        var fine = VenueBench.BtcUsd with { Id = "XRP-BTC", BaseCurrency = "XRP", QuoteCurrency = "BTC",
            PriceIncrement = 0.00000001m, QuoteMinSize = 0m };
        var settings = VenueBench.Settings() with { MakerFeeRate = 0.00555m, TakerFeeRate = 0.00777m };
        var bench = new VenueBench(settings, fine);
        bench.Print(0.00001237m, productId: fine.Id);
        var sent = bench.Send(OrderSide.Buy, Terms.Gtc(1.00000007m, 0.00001233m), productId: fine.Id);
        bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.PartialFill, 0.37m)]);
        bench.Venue.MoveCoins("BTC", -bench.Account("BTC").Available);

        for (int i = 0; bench.Order(sent.Order!.OrderId).Status == OrderStatus.Open; i++)
        {
            Assert.True(i < 100, "the order never ends");
            bench.Print(0.00001233m, productId: fine.Id);
            Assert.All(bench.Venue.Accounts, account => Assert.Equal(Math.Round(account.Hold, 16), account.Hold));
            Assert.All(bench.Venue.Accounts, account => Assert.InRange(account.Available, 0m, decimal.MaxValue));
            bench.AssertBooksBalance();
        }

        Assert.Equal(OrderStatus.Filled, bench.Order(sent.Order.OrderId).Status);
    }

    [Fact]
    public void Alias_is_matched_by_the_tape_of_the_product_whose_book_it_shares()
    {
        var bench = new VenueBench(
            VenueBench.Settings() with { Balances = new Dictionary<string, decimal> { ["USDC"] = 1000m } },
            VenueBench.BtcUsd with { Id = "BTC-USDC", QuoteCurrency = "USDC", AliasOf = VenueBench.Btc });
        bench.Print(100m);
        var created = bench.Send(OrderSide.Buy, Terms.Gtc(1m, 95m), productId: "BTC-USDC");

        bench.Print(95m);

        Assert.Equal(OrderStatus.Filled, bench.Order(created.Order!.OrderId).Status);
        Assert.Equal(1000m - 95m - 0.38m, bench.Account("USDC").Available);
    }
}
