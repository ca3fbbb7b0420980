namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>A scaled order trades by limit orders of its own, and shows their sums.</summary>
public sealed class ScaledTests
{
    private readonly VenueBench _bench = new();

    public ScaledTests() => _bench.Print(100m);

    [Fact]
    public void Children_are_limit_orders_that_hold_for_the_order_and_end_it()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Scaled(3m, 3, 80m, 90m));

        var children = Children(id);
        Assert.Equal([80m, 85m, 90m], children.Select(child => child.Terms.LimitPrice!.Value));
        Assert.All(children, child => Assert.Equal((OrderStatus.Open, 1m, OrderKind.LimitGtc),
            (child.Status, child.Size, child.Terms.Kind)));
        var order = _bench.Order(id);
        Assert.Equal((OrderStatus.Open, 3m, 0m), (order.Status, order.Size, order.Hold));
        Assert.Equal(255m * 1.006m, _bench.Account("USD").Hold);

        _bench.Print(84m);
        order = _bench.Order(id);
        Assert.Equal((OrderStatus.Open, 2m, 175m, 2, 1m),
            (order.Status, order.FilledBase, order.FilledValue, order.FillCount, order.Leaves));
        Assert.Equal((175m * 0.004m, 80m * 1.006m), (order.TotalFees, _bench.Account("USD").Hold));
        _bench.Print(79m);

        order = _bench.Order(id);
        Assert.Equal((OrderStatus.Filled, 3m, 100m), (order.Status, order.FilledBase, order.CompletionPercent));
        Assert.DoesNotContain(_bench.Venue.VisibleFills, fill => fill.OrderId == id);
        Assert.Equal(order.FilledBase, _bench.Updates.Last(update => update.OrderId == id).FilledBase);
        Assert.Equal(0m, _bench.Account("USD").Hold);
        _bench.AssertBooksBalance();
    }

    [Theory]
    [InlineData(LadderSizes.Increasing, "1", null, "1,2,3")]
    [InlineData(LadderSizes.Decreasing, "1", null, "3,2,1")]
    [InlineData(LadderSizes.Increasing, null, "2", "0.85714285,1.71428571,3.42857144")]
    [InlineData(LadderSizes.Decreasing, null, "1", "2,2,2")]
    [InlineData(LadderSizes.Increasing, null, null, "1,2,3")]
    [InlineData(LadderSizes.Even, null, null, "2,2,2")]
    public void Sizes_follow_their_distribution(LadderSizes sizes, string? diff, string? ratio, string expected)
    {
        string id = _bench.Accept(
            OrderSide.Sell, Terms.Scaled(6m, 3, 110m, 120m, sizes, diff: Number(diff), ratio: Number(ratio)));

        Assert.Equal(expected.Split(',').Select(Number), Children(id).Select(child => child.Terms.BaseSize));
        Assert.Equal(6m, _bench.Account("BTC").Hold);
    }

    [Theory]
    [InlineData(LadderPrices.Flat, "110,112,114,116")]
    [InlineData(LadderPrices.Increasing, "110,111,113,116")]
    [InlineData(LadderPrices.Decreasing, "110,113,115,116")]
    public void Prices_follow_their_distribution(LadderPrices prices, string expected)
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Scaled(4m, 4, 110m, 116m, prices: prices));

        Assert.Equal(expected.Split(',').Select(Number), Children(id).Select(child => child.Terms.LimitPrice));
    }

    [Fact]
    public void Children_sized_in_quote_buy_what_their_own_limit_gives()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.ScaledQuote(100.01m, 2, 80m, 90m));

        Assert.Equal([50m, 50.01m], Children(id).Select(child => child.Terms.QuoteSize!.Value));
        Assert.Equal((100.01m, true), (_bench.Order(id).Size, _bench.Order(id).SizeInQuote));
        _bench.Print(85m);
        Assert.Equal(100.01m - _bench.Order(id).FilledValue, _bench.Order(id).Leaves);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Named_orders_are_taken_as_they_are_named()
    {
        var terms = Terms.Scaled(3m, 2, 110m, 120m, LadderSizes.Custom, LadderPrices.Custom, orders:
            [Terms.Gtc(1m, 120m, postOnly: true), Terms.Gtc(2m, 110m)]);

        string id = _bench.Accept(OrderSide.Sell, terms);

        Assert.Equal([(1m, 120m, true), (2m, 110m, false)],
            Children(id).Select(c => (c.Terms.BaseSize!.Value, c.Terms.LimitPrice!.Value, c.Terms.PostOnly)));
    }

    [Fact]
    public void Cancelling_the_order_takes_its_open_children_along()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Scaled(4m, 4, 110m, 116m));
        _bench.Print(112m);

        Assert.True(_bench.Venue.Cancel([id])[0].Success);

        Assert.Equal((OrderStatus.Cancelled, 2m), (_bench.Order(id).Status, _bench.Order(id).FilledBase));
        Assert.Equal([OrderStatus.Filled, OrderStatus.Filled, OrderStatus.Cancelled, OrderStatus.Cancelled],
            Children(id).Select(child => child.Status));
        Assert.Equal((8m, 0m), (_bench.Account("BTC").Available, _bench.Account("BTC").Hold));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Child_is_cancelled_alone_and_the_order_ends_with_the_last_one()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Scaled(2m, 2, 110m, 112m));
        Assert.True(_bench.Venue.Cancel([Children(id)[1].OrderId])[0].Success);
        Assert.Equal((OrderStatus.Open, 1m), (_bench.Order(id).Status, _bench.Account("BTC").Hold));

        _bench.Print(111m);

        Assert.Equal((OrderStatus.Cancelled, 1m), (_bench.Order(id).Status, _bench.Order(id).FilledBase));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Neither_the_order_nor_a_child_can_be_edited()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Scaled(2m, 2, 110m, 112m));

        Assert.Equal("STRATEGY_NOT_SUPPORTED", _bench.Venue.Edit(new EditRequest(id, 111m, 2m, null)).Failure);
        Assert.Equal("STRATEGY_NOT_SUPPORTED",
            _bench.Venue.Edit(new EditRequest(Children(id)[0].OrderId, 111m, 1m, null)).Failure);
    }

    [Fact]
    public void Money_for_a_part_of_the_ladder_is_not_enough()
    {
        var terms = Terms.Scaled(12m, 2, 110m, 112m);
        Assert.Equal("PREVIEW_INSUFFICIENT_FUND",
            Assert.Single(_bench.Venue.Preview(_bench.New(OrderSide.Sell, terms)).Errors));

        Assert.Equal("INSUFFICIENT_FUND", _bench.Send(OrderSide.Sell, terms).Rejection?.Error);

        Assert.Equal((10m, 0), (_bench.Account("BTC").Available, _bench.Venue.Orders.Count));
    }

    [Fact]
    public void Preview_sums_the_children()
    {
        var preview = _bench.Venue.Preview(_bench.New(OrderSide.Sell, Terms.Scaled(2m, 2, 110m, 112m)));

        Assert.Equal((2m, 222m, 111m, 222m * 0.006m),
            (preview.BaseSize, preview.QuoteSize, preview.AveragePrice, preview.Commission));
    }

    [Fact]
    public void Order_that_fails_after_its_acceptance_fails_with_its_children()
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.AcceptedThenFailed)]);

        string id = _bench.Accept(OrderSide.Sell, Terms.Scaled(2m, 2, 110m, 112m));

        Assert.Equal(OrderStatus.Failed, _bench.Order(id).Status);
        Assert.All(Children(id), child => Assert.Equal(OrderStatus.Failed, child.Status));
        Assert.Equal(10m, _bench.Account("BTC").Available);
    }

    [Fact]
    public void Ladder_counts_its_children_against_the_open_orders_of_a_product()
    {
        for (int i = 0; i < 498; i++)
            _bench.Accept(OrderSide.Sell, Terms.Gtc(0.01m, 130m));

        string over = _bench.Accept(OrderSide.Sell, Terms.Scaled(2m, 2, 110m, 112m));
        Assert.Equal((OrderStatus.Failed, "TOO_MANY_OPEN_ORDERS"),
            (_bench.Order(over).Status, _bench.Order(over).RejectReason));
        string fits = _bench.Accept(OrderSide.Sell, Terms.Scaled(1m, 1, 110m, 110m));

        Assert.Equal(OrderStatus.Open, _bench.Order(fits).Status);
        _bench.AssertBooksBalance();
    }

    [Theory]
    [InlineData(5, "80", "90", "0.01", null, "SCALED_MIN_ORDER_VIOLATION")]
    [InlineData(2, "80", "90", "300", null, "SCALED_MAX_ORDER_VIOLATION")]
    [InlineData(2, "90", "80", "2", null, "SCALED_PARAM_INFEASIBLE")]
    [InlineData(401, "80", "90", "2", null, "SCALED_PARAM_INFEASIBLE")]
    [InlineData(3, "80", "90", "2", "3", "SCALED_PARAM_INFEASIBLE")]
    [InlineData(0, "80", "90", "2", null, "INVALID_REQUEST")]
    [InlineData(2, "0", "90", "2", null, "INVALID_LIMIT_PRICE")]
    [InlineData(2, "80.001", "90", "2", null, "INVALID_PRICE_PRECISION")]
    [InlineData(2, "80", "90", "2.000000001", null, "INVALID_SIZE_PRECISION")]
    public void Impossible_ladder_is_refused(
        int count, string min, string max, string size, string? diff, string expected)
    {
        var terms = Terms.Scaled(
            Number(size)!.Value, count, Number(min)!.Value, Number(max)!.Value, LadderSizes.Increasing,
            diff: Number(diff));

        Assert.Equal(expected, _bench.Send(OrderSide.Buy, terms).Rejection?.Error);
        Assert.Equal(0m, _bench.Account("USD").Hold);
    }

    [Theory]
    [InlineData("2", 2, "110", "112", null)]
    [InlineData("3", 2, "110", "112", "SCALED_PARAM_DISCREPANCY")]
    [InlineData("2", 3, "110", "112", "SCALED_PARAM_DISCREPANCY")]
    [InlineData("2", 2, "111", "112", "SCALED_PARAM_DISCREPANCY")]
    [InlineData("2", 2, "110", "113", "SCALED_PARAM_DISCREPANCY")]
    public void Named_orders_must_agree_with_the_numbers_beside_them(
        string size, int count, string min, string max, string? expected)
    {
        var terms = Terms.Scaled(Number(size)!.Value, count, Number(min)!.Value, Number(max)!.Value, LadderSizes.Custom,
            orders: [Terms.Gtc(1m, 110m), Terms.Gtc(1m, 112m)]);

        Assert.Equal(expected, _bench.Send(OrderSide.Sell, terms).Rejection?.Error);
    }

    [Fact]
    public void Named_order_that_would_be_refused_alone_refuses_the_ladder()
    {
        var terms = Terms.Scaled(2m, 2, 99m, 112m, LadderSizes.Custom,
            orders: [Terms.Gtc(1m, 99m, postOnly: true), Terms.Gtc(1m, 112m)]);

        Assert.Equal("INVALID_LIMIT_PRICE_POST_ONLY", _bench.Send(OrderSide.Sell, terms).Rejection?.Error);
        Assert.Empty(_bench.Venue.Orders);
    }

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private List<OrderView> Children(string id) =>
        [.. _bench.Venue.Orders.Where(order => order.OriginatingOrderId == id)];
}
