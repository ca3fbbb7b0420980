namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>Foreign hands, events out, market data and the ledger.</summary>
public sealed class AccountTests
{
    private readonly VenueBench _bench = new();

    public AccountTests() => _bench.Print(100m);

    [Fact]
    public void Foreign_order_locks_the_same_money_and_is_marked()
    {
        var result = _bench.Venue.PlaceForeign(_bench.New(OrderSide.Sell, Terms.Gtc(9m, 120m), "a hand"));

        Assert.True(result.Order!.IsForeign);
        Assert.Equal("INSUFFICIENT_FUND", _bench.Send(OrderSide.Sell, Terms.Stop(2m, 90m, 89m)).Rejection?.Error);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Coins_move_in_and_out_but_never_below_what_is_free()
    {
        _bench.Accept(OrderSide.Sell, Terms.Gtc(9m, 120m));

        Assert.False(_bench.Venue.MoveCoins("BTC", -1.1m));
        Assert.True(_bench.Venue.MoveCoins("BTC", -1m));
        Assert.True(_bench.Venue.MoveCoins("DOGE", 5m));

        Assert.Equal((0m, 9m), (_bench.Account("BTC").Available, _bench.Account("BTC").Hold));
        Assert.Equal(5m, _bench.Account("DOGE").Available);
        Assert.Equal([("BTC", -1m), ("DOGE", 5m)], _bench.Venue.Ledger().Transfers.Select(t => (t.Currency, t.Amount)));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Ledger_shows_positions_as_the_sum_of_fills()
    {
        _bench.Accept(OrderSide.Buy, Terms.Market(3m));
        _bench.Accept(OrderSide.Sell, Terms.Market(1m));

        var position = Assert.Single(_bench.Venue.Ledger().Positions);

        Assert.Equal(new PositionView(VenueBench.Btc, 2m, 300m, 100m, 2.4m, 2), position);
    }

    [Fact]
    public void Handlers_get_events_in_order_and_may_ask_the_venue()
    {
        var seen = new List<string>();
        _bench.Venue.Traded += print => seen.Add($"trade {print.Price}");
        _bench.Venue.OrderChanged += order => seen.Add($"{order.Status}, now {_bench.Order(order.OrderId).Status}");
        _bench.Venue.ProductChanged += product => seen.Add(product.Id);
        _bench.Accept(OrderSide.Sell, Terms.Gtc(1m, 101m));

        _bench.Print(102m);
        _bench.Venue.SetProduct(VenueBench.BtcUsd);

        Assert.Equal(
            ["Pending, now Open", "Open, now Open", "trade 102", "Filled, now Filled", "BTC-USD"], seen);
    }

    [Fact]
    public void Candles_join_minutes_and_come_newest_first()
    {
        _bench.Print(103m);
        _bench.Step(60);
        _bench.Print(90m, size: 2m);
        _bench.Step(240);
        _bench.Print(95m);
        long start = VenueTime.ToNs(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)) / VenueTime.SecondNs;

        var candles = _bench.Venue.Candles(VenueBench.Btc, start, start + 3600, 300);

        Assert.Equal(
            [new Candle(start + 300, 95m, 95m, 95m, 95m, 1m), new Candle(start, 100m, 103m, 90m, 90m, 4m)], candles);
    }

    [Fact]
    public void Market_view_has_the_day_and_a_book_of_one_increment()
    {
        _bench.Print(103m);

        var market = _bench.Venue.Market(VenueBench.Btc)!;

        Assert.Equal((103m, 102.99m, 103.01m), (market.LastPrice, market.BestBid, market.BestAsk));
        Assert.Equal((2m, 100m, 103m, 100m), (market.Volume24h, market.Low24h, market.High24h, market.Open24h));
        Assert.Null(_bench.Venue.Market("NOPE-USD"));
    }

    [Fact]
    public void Preview_says_what_an_order_would_cost()
    {
        var preview = _bench.Venue.Preview(_bench.New(OrderSide.Buy, Terms.Market(2m)));

        Assert.Empty(preview.Errors);
        Assert.Equal((2m, 200m, 1.2m, 201.2m),
            (preview.BaseSize, preview.QuoteSize, preview.Commission, preview.OrderTotal));
        Assert.Equal(100_000m, _bench.Account("USD").Available);
    }
}
