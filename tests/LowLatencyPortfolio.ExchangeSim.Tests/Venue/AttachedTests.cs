namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>A bracket attached to a buy is left behind at its end, for what it bought.</summary>
public sealed class AttachedTests
{
    private readonly VenueBench _bench = new();

    public AttachedTests() => _bench.Print(100m);

    [Fact]
    public void Entry_that_fills_leaves_a_bracket_of_what_it_bought()
    {
        string id = Enter(Terms.Gtc(2m, 95m), Terms.Attached(90m, 110m));
        Assert.Equal("", _bench.Order(id).AttachedOrderId);
        Assert.Single(_bench.Venue.Orders);

        _bench.Print(95m);

        var leg = Leg(id);
        Assert.Equal((OrderSide.Sell, OrderStatus.Open, 2m, TriggerStatus.StopPending),
            (leg.Side, leg.Status, leg.Size, leg.TriggerStatus));
        Assert.Equal((110m, 90m, id), (leg.Terms.LimitPrice, leg.Terms.StopPrice, leg.OriginatingOrderId));
        Assert.Equal((2m, 10m), (_bench.Account("BTC").Hold, _bench.Account("BTC").Available));
        _bench.Print(111m);
        Assert.Equal((OrderStatus.Filled, 110m), (Leg(id).Status, Leg(id).AveragePrice));
        Assert.Equal(10m, _bench.Account("BTC").Available);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Market_entry_is_protected_by_its_stop()
    {
        string id = Enter(Terms.MarketQuote(200m), Terms.Attached(90m, 110m));

        _bench.Print(88m);

        Assert.Equal((OrderStatus.Filled, 2m, 88m), (Leg(id).Status, Leg(id).FilledBase, Leg(id).AveragePrice));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Entry_cancelled_after_a_part_leaves_a_bracket_of_that_part()
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.PartialFill, 0.25m)]);
        string id = Enter(Terms.Gtc(2m, 95m), Terms.Attached(90m, 110m));
        _bench.Print(95m);
        Assert.Equal("", _bench.Order(id).AttachedOrderId);

        _bench.Venue.Cancel([id]);

        Assert.Equal((OrderStatus.Cancelled, 0.5m), (_bench.Order(id).Status, Leg(id).Size));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Entry_that_never_filled_leaves_nothing()
    {
        string id = Enter(Terms.Gtd(2m, 95m, _bench.NowNs + VenueTime.SecondNs), Terms.Attached(90m, 110m));

        _bench.Step(2);

        Assert.Equal((OrderStatus.Expired, ""), (_bench.Order(id).Status, _bench.Order(id).AttachedOrderId));
        Assert.Single(_bench.Venue.Orders);
    }

    [Fact]
    public void Bracket_whose_stop_the_market_has_passed_sells_at_once()
    {
        string id = Enter(Terms.Gtc(2m, 95m), Terms.Attached(90m, 110m));

        _bench.Print(88m);

        Assert.Equal((OrderStatus.Filled, 88m), (Leg(id).Status, Leg(id).AveragePrice));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Bracket_is_cancelled_and_moved_like_any_other()
    {
        string id = Enter(Terms.Market(2m), Terms.Attached(90m, 110m));
        string leg = Leg(id).OrderId;

        Assert.True(_bench.Venue.Edit(new EditRequest(leg, 120m, 2m, 92m)).Success);
        Assert.Equal((120m, 92m), (Leg(id).Terms.LimitPrice, Leg(id).Terms.StopPrice));
        Assert.True(_bench.Venue.Cancel([leg])[0].Success);

        Assert.Equal((OrderStatus.Cancelled, 12m), (Leg(id).Status, _bench.Account("BTC").Available));
    }

    [Fact]
    public void Edit_takes_the_bracket_away_without_changing_anything_else()
    {
        string id = Enter(Terms.Gtc(2m, 95m), Terms.Attached(90m, 110m));
        var same = new EditRequest(id, 95m, 2m, null);
        Assert.Equal("EDIT_REQUEST_EQUAL_TO_ORIGINAL_REQUEST", _bench.Venue.Edit(same).Failure);

        Assert.True(_bench.Venue.Edit(same with { CancelAttached = true }).Success);
        Assert.Null(_bench.Order(id).Attached);
        _bench.Print(95m);

        Assert.Equal((OrderStatus.Filled, ""), (_bench.Order(id).Status, _bench.Order(id).AttachedOrderId));
    }

    [Fact]
    public void Edit_attaches_another_bracket_and_a_later_edit_keeps_it()
    {
        string id = Enter(Terms.Gtc(2m, 95m), null);
        var edit = new EditRequest(id, 95m, 2m, null) { Attached = Terms.Attached(80m, 130m) };

        Assert.True(_bench.Venue.Edit(edit).Success);
        Assert.True(_bench.Venue.Edit(new EditRequest(id, 96m, 2m, null)).Success);
        _bench.Print(96m);

        Assert.Equal((130m, 80m), (Leg(id).Terms.LimitPrice, Leg(id).Terms.StopPrice));
        _bench.AssertBooksBalance();
    }

    [Theory]
    [InlineData(89, "PREVIEW_INVALID_ATTACHED_STOP_LOSS_PRICE")]
    [InlineData(110, "PREVIEW_INVALID_ATTACHED_TAKE_PROFIT_PRICE")]
    public void Entry_cannot_be_edited_past_its_bracket(int price, string expected)
    {
        string id = Enter(Terms.Gtc(2m, 95m), Terms.Attached(90m, 110m));

        Assert.Equal(expected, _bench.Venue.Edit(new EditRequest(id, price, 2m, null)).PreviewFailure);
    }

    [Fact]
    public void Bracket_fails_at_once_when_the_coins_are_gone_by_then()
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.PartialFill, 0.5m)]);
        string id = Enter(Terms.Gtc(2m, 95m), Terms.Attached(90m, 110m));
        _bench.Print(95m);
        Assert.True(_bench.Venue.MoveCoins("BTC", -10m));
        _bench.Venue.Settings = _bench.Venue.Settings with { AckLatencyNs = VenueTime.SecondNs };
        _bench.Accept(OrderSide.Sell, Terms.Gtc(0.5m, 120m));

        _bench.Venue.Cancel([id]);

        Assert.Equal((OrderStatus.Failed, "REJECT_REASON_INSUFFICIENT_FUNDS"), (Leg(id).Status, Leg(id).RejectReason));
        Assert.Equal((0.5m, 0.5m), (_bench.Account("BTC").Available, _bench.Account("BTC").Hold));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Only_a_whole_bracket_without_a_size_is_attached_and_only_to_buys_at_market_or_limit()
    {
        var bracket = Terms.Attached(90m, 110m);
        var end = _bench.NowNs + VenueTime.SecondNs;

        Assert.Equal("ATTACHED_ORDER_SIZE_MUST_BE_NIL", Refusal(Terms.Market(1m), Terms.Bracket(1m, 90m, 110m)));
        Assert.Equal("SINGLE_LEGGED_TPSL_NOT_ALLOWED", Refusal(Terms.Market(1m), bracket with { StopPrice = null }));
        Assert.Equal("SINGLE_LEGGED_TPSL_NOT_ALLOWED", Refusal(Terms.Market(1m), bracket with { LimitPrice = null }));
        Assert.Equal("INVALID_ORDER_TYPE_FOR_ATTACHED", Refusal(Terms.Market(1m), Terms.Gtc(1m, 110m)));
        Assert.Equal("INVALID_ORDER_SIDE_FOR_ATTACHED_TPSL", Refusal(Terms.Market(1m), bracket, OrderSide.Sell));
        Assert.Equal("ATTACHED_ORDER_MUST_HAVE_POSITIVE_PRICES",
            Refusal(Terms.Market(1m), bracket with { StopPrice = 0m }));
        Assert.Equal("INVALID_ATTACHED_TAKE_PROFIT_PRICE", Refusal(Terms.Market(1m), Terms.Attached(90m, 100m)));
        Assert.Equal("INVALID_ATTACHED_STOP_LOSS_PRICE", Refusal(Terms.Gtc(1m, 90m), bracket));
        Assert.Equal("INVALID_ATTACHED_TAKE_PROFIT_PRICE_PRECISION",
            Refusal(Terms.Market(1m), Terms.Attached(90m, 110.001m)));
        Assert.Equal("INVALID_ATTACHED_STOP_LOSS_PRICE_PRECISION",
            Refusal(Terms.Market(1m), Terms.Attached(90.001m, 110m)));
        Assert.All<OrderTerms>(
            [
                Terms.Stop(1m, 105m, 106m, StopDirection.Up), Terms.Twap(1m, 100m, 0, end, 1),
                Terms.Scaled(2m, 2, 95m, 96m),
            ],
            entry => Assert.Equal("ATTACHED_ORDERS_ONLY_ALLOWED_ON_MARKET_LIMIT", Refusal(entry, bracket)));
        Assert.Empty(_bench.Venue.Orders);
    }

    private string Enter(OrderTerms terms, OrderTerms? bracket)
    {
        var result = _bench.Venue.Create(_bench.New(OrderSide.Buy, terms) with { Attached = bracket });
        Assert.Null(result.Rejection);
        return result.Order!.OrderId;
    }

    private string? Refusal(OrderTerms terms, OrderTerms bracket, OrderSide side = OrderSide.Buy)
    {
        var order = _bench.New(side, terms) with { Attached = bracket };
        var rejection = _bench.Venue.Create(order).Rejection;
        Assert.Equal(rejection?.Preview, Assert.Single(_bench.Venue.Preview(order).Errors));
        return rejection?.Error;
    }

    private OrderView Leg(string id) => _bench.Order(_bench.Order(id).AttachedOrderId);
}
