namespace LowLatencyPortfolio.ExchangeSim.Tests;

public sealed class EditTests
{
    private readonly VenueBench _bench =
        new(VenueBench.Settings() with { EditLatencyNs = VenueTime.SecondNs, MaxEditsPerOrder = 7 });

    public EditTests() => _bench.Print(100m);

    [Fact]
    public void Stop_moves_under_the_same_id_without_free_coins_and_is_in_force_only_later()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(10m, 90m, 88m));

        Assert.True(_bench.Venue.Edit(new EditRequest(id, 93m, 10m, 95m)).Success);

        Assert.Equal((OrderStatus.EditQueued, 90m), (_bench.Order(id).Status, _bench.Order(id).Terms.StopPrice));
        Assert.Equal(95m, _bench.Order(id).PendingEdit?.StopPrice);
        _bench.Step(1);
        var order = _bench.Order(id);
        Assert.Equal((OrderStatus.Open, 95m, 93m), (order.Status, order.Terms.StopPrice, order.Terms.LimitPrice));
        Assert.Null(order.PendingEdit);
        Assert.Equal([95m], order.EditHistory.Select(edit => edit.StopPrice!.Value));
        _bench.Print(94m);
        Assert.Equal((OrderStatus.Filled, 94m), (_bench.Order(id).Status, _bench.Order(id).AveragePrice));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Old_trigger_stays_in_force_while_the_edit_is_queued_and_a_trigger_drops_the_edit()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(1m, 90m, 88m));
        _bench.Venue.Edit(new EditRequest(id, 93m, 1m, 95m));

        _bench.Print(91m);
        Assert.Equal(TriggerStatus.StopPending, _bench.Order(id).TriggerStatus);
        _bench.Print(87m);
        Assert.Equal((OrderStatus.Open, TriggerStatus.StopTriggered),
            (_bench.Order(id).Status, _bench.Order(id).TriggerStatus));
        _bench.Step(5);

        Assert.Equal((88m, 0), (_bench.Order(id).Terms.LimitPrice, _bench.Order(id).EditHistory.Count));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Stop_edited_above_a_price_that_fell_meanwhile_triggers_at_once()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(1m, 90m, 88m));
        _bench.Venue.Edit(new EditRequest(id, 93m, 1m, 95m));

        _bench.Print(94m);
        _bench.Step(1);

        Assert.Equal((OrderStatus.Filled, 94m), (_bench.Order(id).Status, _bench.Order(id).AveragePrice));
    }

    [Fact]
    public void Larger_buy_locks_more_at_once_and_a_smaller_one_gives_back_when_in_force()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 90m));

        _bench.Venue.Edit(new EditRequest(id, 95m, 2m, null));
        Assert.Equal(190m * 1.006m, _bench.Account("USD").Hold);
        _bench.Step(1);
        _bench.Venue.Edit(new EditRequest(id, 50m, 1m, null));
        Assert.Equal(190m * 1.006m, _bench.Account("USD").Hold);
        _bench.Step(1);

        Assert.Equal(50m * 1.006m, _bench.Account("USD").Hold);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Limit_edited_through_the_market_executes()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 90m));

        _bench.Venue.Edit(new EditRequest(id, 101m, 1m, null));
        _bench.Step(1);

        Assert.Equal((OrderStatus.Filled, 100m), (_bench.Order(id).Status, _bench.Order(id).AveragePrice));
    }

    [Fact]
    public void Size_is_the_new_total_and_must_exceed_what_is_filled()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(2m, 95m));
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.PartialFill, 0.5m)]);
        _bench.Print(95m);
        _bench.Venue.SetFaults([]);

        Assert.Equal("CANNOT_EDIT_TO_BELOW_FILLED_SIZE", _bench.Venue.Edit(new EditRequest(id, 95m, 1m, null)).Failure);
        Assert.True(_bench.Venue.Edit(new EditRequest(id, 95m, 1.5m, null)).Success);
        _bench.Step(1);

        Assert.Equal(0.5m, _bench.Order(id).Leaves);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void History_keeps_the_last_five_and_the_count_of_edits_is_limited()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(1m, 80m, 70m));
        for (int i = 1; i <= 7; i++)
        {
            Assert.True(_bench.Venue.Edit(new EditRequest(id, 70m, 1m, 80m + i)).Success);
            _bench.Step(1);
        }

        Assert.Equal([83m, 84m, 85m, 86m, 87m], _bench.Order(id).EditHistory.Select(edit => edit.StopPrice!.Value));
        Assert.Equal("EXCEEDED_MAX_ALLOWED_EDIT_REQUEST_COUNT",
            _bench.Venue.Edit(new EditRequest(id, 70m, 1m, 90m)).Failure);
    }

    [Theory]
    [InlineData(null, "1", null, "INVALID_EDITED_PRICE")]
    [InlineData("90.001", "1", null, "INVALID_EDITED_PRICE")]
    [InlineData("91", null, null, "INVALID_EDITED_SIZE")]
    [InlineData("91", "0.00000001", null, "INVALID_EDITED_SIZE")]
    [InlineData("91", "1", "80", "FIELD_STOPPRICE_NOT_SUPPORTED")]
    [InlineData("90", "1", null, "EDIT_REQUEST_EQUAL_TO_ORIGINAL_REQUEST")]
    [InlineData("91", "100", null, null)]
    [InlineData("99", "99", null, null)]
    public void Edit_of_a_limit_is_checked(string? price, string? size, string? stop, string? expected)
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 90m));

        Assert.Equal(expected,
            _bench.Venue.PreviewEdit(new EditRequest(id, Number(price), Number(size), Number(stop))).Failure);
        Assert.Equal(OrderStatus.Open, _bench.Order(id).Status);
    }

    [Theory]
    [InlineData("88.001", "90", "INVALID_EDITED_STOP_LIMIT_PRICE", "UNKNOWN_PREVIEW_FAILURE_REASON")]
    [InlineData("88", "90.001", "INVALID_EDITED_STOP_PRICE", "UNKNOWN_PREVIEW_FAILURE_REASON")]
    [InlineData("88", "100", "INVALID_EDITED_STOP_PRICE", "PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE")]
    [InlineData("96", "95", "INVALID_EDITED_STOP_PRICE", "PREVIEW_STOP_PRICE_BELOW_LIMIT_PRICE")]
    public void Edit_of_a_stop_is_checked(string limit, string stop, string expected, string preview)
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(1m, 90m, 87m));

        var result = _bench.Venue.Edit(new EditRequest(id, Number(limit), 1m, Number(stop)));

        Assert.Equal((expected, preview), (result.Failure, result.PreviewFailure));
    }

    [Fact]
    public void State_of_the_order_decides_whether_it_can_be_edited()
    {
        _bench.Venue.Settings = _bench.Venue.Settings with { CancelLatencyNs = VenueTime.SecondNs };
        string filled = _bench.Accept(OrderSide.Sell, Terms.Market(1m));
        string dated = _bench.Accept(OrderSide.Sell, Terms.Gtd(1m, 120m, long.MaxValue));
        string quoted = _bench.Accept(OrderSide.Buy,
            new OrderTerms(OrderKind.LimitGtc, "limit_limit_gtc", QuoteSize: 100m, LimitPrice: 50m));
        string triggered = _bench.Accept(OrderSide.Sell, Terms.Stop(1m, 99m, 98m));
        string going = _bench.Accept(OrderSide.Sell, Terms.Gtc(1m, 120m));
        string editing = _bench.Accept(OrderSide.Sell, Terms.Gtc(1m, 120m));
        _bench.Print(97m);
        _bench.Venue.Cancel([going]);
        Edit(editing);

        Assert.Equal("ORDER_NOT_FOUND", Edit("nobody"));
        Assert.Equal("ONLY_OPEN_ORDERS_CAN_BE_EDITED", Edit(filled));
        Assert.Equal("ORDER_EDIT_ORDER_TYPE_NOT_SUPPORTED", Edit(dated));
        Assert.Equal("SIZE_IN_QUOTE_EDITS_NOT_ALLOWED", Edit(quoted));
        Assert.Equal("CANNOT_EDIT_TRIGGERED_ORDER", Edit(triggered));
        Assert.Equal("CANNOT_EDIT_ORDER_PENDING_CANCEL", Edit(going));
        Assert.Equal("ORDER_IS_ALREADY_BEING_REPLACED", Edit(editing));
        string? Edit(string id) => _bench.Venue.Edit(new EditRequest(id, 121m, 1m, null)).Failure;
    }

    [Fact]
    public void Edit_that_needs_more_money_than_there_is_is_refused()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 90m));
        _bench.Venue.MoveCoins("USD", -99_900m);

        var result = _bench.Venue.Edit(new EditRequest(id, 90m, 3m, null));

        Assert.Equal("PREVIEW_INSUFFICIENT_FUND", result.PreviewFailure);
    }

    [Fact]
    public void Edit_may_be_unsupported()
    {
        string stop = _bench.Accept(OrderSide.Sell, Terms.Stop(1m, 90m, 88m));
        string limit = _bench.Accept(OrderSide.Sell, Terms.Gtc(1m, 120m));
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.EditUnsupported)]);

        Assert.Equal("FIELD_STOPPRICE_NOT_SUPPORTED", _bench.Venue.Edit(new EditRequest(stop, 89m, 1m, 91m)).Failure);
        Assert.Equal("ONLY_LIMIT_ORDER_EDITS_SUPPORTED",
            _bench.Venue.Edit(new EditRequest(limit, 121m, 1m, null)).Failure);
    }

    [Fact]
    public void Edit_may_be_accepted_and_ignored()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(1m, 90m, 88m));
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.EditIgnored)]);

        Assert.True(_bench.Venue.Edit(new EditRequest(id, 89m, 1m, 91m)).Success);
        _bench.Step(1);

        Assert.Equal((OrderStatus.Open, 90m, 88m),
            (_bench.Order(id).Status, _bench.Order(id).Terms.StopPrice, _bench.Order(id).Terms.LimitPrice));
        _bench.AssertBooksBalance();
    }

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
