namespace LowLatencyPortfolio.ExchangeSim.Tests;

public sealed class CancelTests
{
    private readonly VenueBench _bench = new(VenueBench.Settings() with { CancelLatencyNs = VenueTime.SecondNs });

    public CancelTests() => _bench.Print(100m);

    [Fact]
    public void Cancel_is_queued_first_and_releases_the_hold_when_done()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(4m, 95m, 94m));

        var result = _bench.Venue.Cancel([id])[0];

        Assert.Equal(new CancelResult(id, true, "UNKNOWN_CANCEL_FAILURE_REASON"), result);
        Assert.Equal((OrderStatus.CancelQueued, 4m), (_bench.Order(id).Status, _bench.Account("BTC").Hold));
        _bench.Step(1);
        Assert.Equal((OrderStatus.Cancelled, 0m), (_bench.Order(id).Status, _bench.Account("BTC").Hold));
        Assert.Equal(10m, _bench.Account("BTC").Available);
    }

    [Fact]
    public void Each_refusal_has_its_reason_and_stands_in_its_place()
    {
        string filled = _bench.Accept(OrderSide.Sell, Terms.Market(1m));
        string cancelled = _bench.Accept(OrderSide.Sell, Terms.Ioc(1m, 120m));
        string expired = _bench.Accept(OrderSide.Sell, Terms.Gtd(1m, 120m, _bench.NowNs + 1));
        _bench.Step(1);
        string edited = _bench.Accept(OrderSide.Sell, Terms.Gtc(1m, 120m));
        string open = _bench.Accept(OrderSide.Sell, Terms.Gtc(1m, 120m));
        _bench.Venue.Settings = _bench.Venue.Settings with { EditLatencyNs = VenueTime.SecondNs };
        _bench.Venue.Edit(new EditRequest(edited, 121m, 1m, null));

        var results = _bench.Venue.Cancel([filled, cancelled, expired, edited, "nobody", "", open, open]);

        Assert.Equal(
            [
                "ORDER_IS_FULLY_FILLED", "DUPLICATE_CANCEL_REQUEST", "NOT_ALLOWED_TO_CANCEL", "ORDER_IS_BEING_REPLACED",
                "UNKNOWN_CANCEL_ORDER", "INVALID_CANCEL_REQUEST", "UNKNOWN_CANCEL_FAILURE_REASON",
                "DUPLICATE_CANCEL_REQUEST",
            ],
            results.Select(result => result.FailureReason));
        Assert.Equal([open], results.Where(result => result.Success).Select(result => result.OrderId));
    }

    [Fact]
    public void Cancel_can_be_refused_by_a_fault()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Gtc(1m, 120m));
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.CancelRefused)]);

        Assert.Equal("COMMANDER_REJECTED_CANCEL_ORDER", _bench.Venue.Cancel([id])[0].FailureReason);
        Assert.Equal(OrderStatus.Open, _bench.Order(id).Status);
    }

    [Fact]
    public void Order_may_fill_while_its_cancel_is_under_way()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(2m, 95m, 94m));
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.FillDuringCancel)]);

        Assert.True(_bench.Venue.Cancel([id])[0].Success);
        _bench.Step(2);

        var order = _bench.Order(id);
        Assert.Equal((OrderStatus.Filled, TriggerStatus.StopTriggered, 95m),
            (order.Status, order.TriggerStatus, order.AveragePrice));
        Assert.Equal("ORDER_IS_FULLY_FILLED", _bench.Venue.Cancel([id])[0].FailureReason);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Cancel_after_a_partial_fill_keeps_what_was_filled()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(2m, 95m));
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.FillDuringCancel, 0.25m)]);

        _bench.Venue.Cancel([id]);
        _bench.Step(2);

        Assert.Equal((OrderStatus.Cancelled, 0.5m, 0m),
            (_bench.Order(id).Status, _bench.Order(id).FilledBase, _bench.Order(id).Leaves));
        Assert.Equal(10.5m, _bench.Account("BTC").Available);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Hold_may_stay_after_the_order_has_ended()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(10m, 95m, 94m));
        _bench.Venue.SetFaults([new VenueFault(VenueFaultKind.LateHoldRelease, DelayNs: 3 * VenueTime.SecondNs)]);
        _bench.Venue.Cancel([id]);
        _bench.Step(1);

        Assert.Equal(OrderStatus.Cancelled, _bench.Order(id).Status);
        Assert.Equal("INSUFFICIENT_FUND", _bench.Send(OrderSide.Sell, Terms.Market(10m)).Rejection?.Error);
        _bench.AssertBooksBalance();
        _bench.Step(3);

        Assert.True(_bench.Send(OrderSide.Sell, Terms.Market(10m)).Success);
        _bench.AssertBooksBalance();
    }
}
