namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>A TWAP order is one order whose size is let into the market slice by slice.</summary>
public sealed class TwapTests
{
    private const long Second = VenueTime.SecondNs;
    private readonly VenueBench _bench = new();

    public TwapTests() => _bench.Print(100m);

    private long Now => _bench.NowNs;

    [Fact]
    public void Slices_trade_at_the_market_one_after_another_and_the_last_ends_the_order()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Twap(1m, 110m, Now + (2 * Second), Now + (8 * Second), 3));
        Assert.Equal((OrderStatus.Open, 0m), (_bench.Order(id).Status, _bench.Order(id).FilledBase));
        Assert.Equal(110m * 1.006m, _bench.Account("USD").Hold);

        _bench.Step(2);
        Assert.Equal((0.33333333m, 100m), (_bench.Order(id).FilledBase, _bench.Order(id).AveragePrice));
        Assert.Equal(0.66666667m * 110m * 1.006m, _bench.Account("USD").Hold);
        _bench.Print(105m);
        _bench.Step(1.9);
        Assert.Equal(0.33333333m, _bench.Order(id).FilledBase);
        _bench.Step(0.1);
        Assert.Equal(0.66666666m, _bench.Order(id).FilledBase);
        _bench.Step(2);

        var order = _bench.Order(id);
        Assert.Equal((OrderStatus.Filled, 1m, 3), (order.Status, order.FilledBase, order.FillCount));
        Assert.Equal([0.33333333m, 0.33333333m, 0.33333334m], _bench.Venue.VisibleFills.Select(fill => fill.BaseSize));
        Assert.All(_bench.Venue.VisibleFills, fill => Assert.Equal((id, false), (fill.OrderId, fill.IsMaker)));
        Assert.Equal(0m, _bench.Account("USD").Hold);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Slice_beyond_its_limit_stays_in_the_book_and_what_is_left_expires()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Twap(4m, 98m, Now, Now + (4 * Second), 4));
        _bench.Step(1);
        Assert.Equal(0m, _bench.Order(id).FilledBase);

        _bench.Print(98m);
        Assert.Equal((2m, 98m), (_bench.Order(id).FilledBase, _bench.Order(id).AveragePrice));
        Assert.True(_bench.Venue.VisibleFills[0].IsMaker);
        _bench.Print(99m);
        _bench.Step(10);

        var order = _bench.Order(id);
        Assert.Equal((OrderStatus.Expired, 2m, 0m), (order.Status, order.FilledBase, order.Hold));
        Assert.Equal(order.Terms.EndTimeNs, order.UpdatedAtNs);
        Assert.Equal((0m, 12m), (_bench.Account("USD").Hold, _bench.Account("BTC").Available));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Buckets_that_have_passed_when_the_order_comes_trade_at_once()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Twap(4m, 90m, Now - (2 * Second), Now + (2 * Second), 4));

        Assert.Equal((3m, 1), (_bench.Order(id).FilledBase, _bench.Order(id).FillCount));
        Assert.Equal(1m, _bench.Account("BTC").Hold);
        _bench.Step(1);

        Assert.Equal(OrderStatus.Filled, _bench.Order(id).Status);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Cancelled_order_keeps_its_slices_and_trades_no_more()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Twap(4m, 90m, Now, Now + (4 * Second), 4));

        Assert.True(_bench.Venue.Cancel([id])[0].Success);
        _bench.Step(10);

        Assert.Equal((OrderStatus.Cancelled, 1m), (_bench.Order(id).Status, _bench.Order(id).FilledBase));
        Assert.Equal((9m, 0m), (_bench.Account("BTC").Available, _bench.Account("BTC").Hold));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Order_sized_in_quote_has_the_base_that_its_limit_buys()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.TwapQuote(1000m, 125m, Now, Now + (2 * Second), 2));
        Assert.Equal((4m, 600m), (_bench.Order(id).FilledBase, _bench.Order(id).Leaves));

        _bench.Step(1);

        Assert.Equal((OrderStatus.Filled, 8m), (_bench.Order(id).Status, _bench.Order(id).FilledBase));
        Assert.All(_bench.Venue.VisibleFills, fill => Assert.True(fill.SizeInQuote));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Given_bucket_duration_may_end_before_the_order_does()
    {
        var terms = Terms.Twap(2m, 90m, Now, Now + (60 * Second), 2) with
        {
            Twap = new TwapSchedule(Now, 2, 1m, 5 * Second),
        };
        string id = _bench.Accept(OrderSide.Sell, terms);

        _bench.Step(5);

        Assert.Equal(OrderStatus.Filled, _bench.Order(id).Status);
    }

    [Fact]
    public void It_cannot_be_edited_and_preview_counts_the_whole_of_it()
    {
        var terms = Terms.Twap(4m, 110m, Now, Now + (4 * Second), 4);
        var preview = _bench.Venue.Preview(_bench.New(OrderSide.Buy, terms));
        Assert.Equal((4m, 402.4m, 0), (preview.BaseSize, preview.OrderTotal, preview.Errors.Count));
        string id = _bench.Accept(OrderSide.Buy, terms);

        Assert.Equal("ORDER_EDIT_ORDER_TYPE_NOT_SUPPORTED",
            _bench.Venue.Edit(new EditRequest(id, 109m, 4m, null)).Failure);
    }

    [Theory]
    [InlineData(null, 10, 4L, "START_TIME_MUST_BE_SPECIFIED")]
    [InlineData(0, null, 4L, "GTD_ORDERS_MUST_HAVE_END_TIME")]
    [InlineData(0, -1, 4L, "END_TIME_IS_IN_THE_PAST")]
    [InlineData(0, 10, null, "INVALID_REQUEST")]
    [InlineData(0, 10, 0L, "INVALID_REQUEST")]
    [InlineData(10, 10, 4L, "DURATION_TOO_SMALL")]
    [InlineData(20, 10, 4L, "DURATION_TOO_SMALL")]
    [InlineData(0, 10, long.MaxValue, "DURATION_TOO_SMALL")]
    [InlineData(0, 10, 200_000L, "BUCKET_SIZE_SMALLER_THAN_BASE_MIN")]
    [InlineData(0, 10, 1000L, "BUCKET_SIZE_SMALLER_THAN_QUOTE_MIN")]
    public void Impossible_schedule_is_refused(int? start, int? end, long? buckets, string expected)
    {
        var terms = Terms.Twap(4m, 100m, Now + (start * Second), Now + (end * Second), buckets);

        Assert.Equal(expected, _bench.Send(OrderSide.Buy, terms).Rejection?.Error);
        Assert.Equal(0m, _bench.Account("USD").Hold);
    }

    [Theory]
    [InlineData("1.1", 2, "INVALID_REQUEST")]
    [InlineData("1", 3, "DURATION_TOO_SMALL")]
    [InlineData("1", 0, "DURATION_TOO_SMALL")]
    public void Bucket_must_agree_with_the_order(string size, int seconds, string expected)
    {
        decimal bucketSize = decimal.Parse(size, System.Globalization.CultureInfo.InvariantCulture);
        var terms = Terms.Twap(4m, 100m, Now, Now + (10 * Second), 4) with
        {
            Twap = new TwapSchedule(Now, 4, bucketSize, seconds * Second),
        };

        Assert.Equal(expected, _bench.Send(OrderSide.Buy, terms).Rejection?.Error);
    }
}
