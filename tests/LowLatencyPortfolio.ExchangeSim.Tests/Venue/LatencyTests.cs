namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>Acceptance, acknowledgement, execution, cancel and edit take the venue time they are set to.</summary>
public sealed class LatencyTests
{
    private readonly VenueBench _bench = new(VenueBench.Settings() with
    {
        AckLatencyNs = 10 * VenueTime.SecondNs,
        FillLatencyNs = 5 * VenueTime.SecondNs,
        CancelLatencyNs = 4 * VenueTime.SecondNs,
        EditLatencyNs = 3 * VenueTime.SecondNs,
        FillListLagNs = 2 * VenueTime.SecondNs,
    });

    public LatencyTests() => _bench.Print(100m);

    [Fact]
    public void Market_order_is_pending_then_open_then_filled_at_the_price_of_that_moment()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Market(1m));
        Assert.Equal(OrderStatus.Pending, _bench.Order(id).Status);

        _bench.Step(10);
        Assert.Equal(OrderStatus.Open, _bench.Order(id).Status);
        _bench.Print(90m);
        Assert.Equal(OrderStatus.Open, _bench.Order(id).Status);
        _bench.Step(5);

        Assert.Equal((OrderStatus.Filled, 90m), (_bench.Order(id).Status, _bench.Order(id).AveragePrice));
        Assert.Equal([OrderStatus.Pending, OrderStatus.Open, OrderStatus.Filled], _bench.Updates.Select(u => u.Status));
        Assert.Empty(_bench.Venue.VisibleFills);
        _bench.Step(2);
        Assert.Single(_bench.Venue.VisibleFills);
    }

    [Fact]
    public void What_was_due_during_a_long_step_happens_at_its_own_time()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Market(1m));
        long sentNs = _bench.NowNs;

        _bench.Step(3600);

        Assert.Equal(sentNs + (15 * VenueTime.SecondNs), _bench.Order(id).LastFillAtNs);
        Assert.Null(_bench.Venue.NextDueNs);
    }

    [Fact]
    public void Pending_order_is_not_filled_by_prints()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 95m));

        _bench.Print(90m);
        _bench.Print(100m);
        Assert.Equal((OrderStatus.Pending, 0m), (_bench.Order(id).Status, _bench.Order(id).FilledBase));
    }

    [Fact]
    public void Market_buy_never_spends_more_than_it_locked_when_the_price_runs_away()
    {
        var bench = new VenueBench(VenueBench.Settings(usd: 100m) with { FillLatencyNs = VenueTime.SecondNs });
        bench.Print(10m);
        string id = bench.Accept(OrderSide.Buy, Terms.Market(9m));

        bench.Print(50m);
        bench.Step(1);

        var order = bench.Order(id);
        Assert.Equal(OrderStatus.Cancelled, order.Status);
        Assert.InRange(order.TotalValueAfterFees, 90m, 95.1m);
        bench.AssertBooksBalance();
    }

    [Fact]
    public void Cancel_is_queued_and_a_print_can_still_fill_the_order_before_it_is_done()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 95m));
        _bench.Step(10);
        Assert.True(_bench.Venue.Cancel([id])[0].Success);
        Assert.Equal(OrderStatus.CancelQueued, _bench.Order(id).Status);

        _bench.Print(94m);
        _bench.Step(4);

        Assert.Equal(OrderStatus.Filled, _bench.Order(id).Status);
    }

    [Fact]
    public void Cancel_of_a_pending_order_ends_it_without_an_acknowledgement()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 95m));
        _bench.Venue.Cancel([id]);

        _bench.Step(60);

        Assert.Equal((OrderStatus.Cancelled, 0m), (_bench.Order(id).Status, _bench.Account("USD").Hold));
    }
}
