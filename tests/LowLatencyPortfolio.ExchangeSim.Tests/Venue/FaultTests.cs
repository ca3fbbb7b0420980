namespace LowLatencyPortfolio.ExchangeSim.Tests;

public sealed class FaultTests
{
    private readonly VenueBench _bench = new();

    public FaultTests() => _bench.Print(100m);

    [Fact]
    public void Scripted_fault_strikes_the_named_occurrences_only()
    {
        _bench.Venue.SetFaults([new VenueFault(VenueFaultKind.CreateRefused, Occurrences: [2, 4])]);

        var accepted = Enumerable.Range(1, 5).Select(_ => _bench.Send(OrderSide.Sell, Terms.Gtc(1m, 120m)).Success);

        Assert.Equal([true, false, true, false, true], accepted.ToArray());
    }

    [Fact]
    public void Fault_of_one_product_leaves_the_others_alone()
    {
        _bench.Venue.SetFaults([new VenueFault(VenueFaultKind.CreateRefused, ProductId: "ETH-USD")]);

        Assert.True(_bench.Send(OrderSide.Sell, Terms.Gtc(1m, 120m)).Success);
    }

    [Fact]
    public void Refusal_may_name_its_code_and_strike_one_configuration_only()
    {
        _bench.Venue.SetFaults(
        [
            new VenueFault(VenueFaultKind.CreateRefused, Configuration: "stop_limit_stop_limit_gtc",
                Code: "UNSUPPORTED_ORDER_CONFIGURATION"),
            new VenueFault(VenueFaultKind.CreateRefused, Configuration: "limit_limit_gtc",
                Code: "PREVIEW_NOT_ALLOWED_BY_MARKET_STATE"),
            new VenueFault(VenueFaultKind.PreviewRefused, Code: "PREVIEW_INVALID_ORDER_CONFIG"),
        ]);

        Assert.Equal(new Rejection("UNSUPPORTED_ORDER_CONFIGURATION", null, ""),
            _bench.Send(OrderSide.Sell, Terms.Stop(1m, 90m, 89m)).Rejection);
        Assert.Equal(new Rejection("UNKNOWN_FAILURE_REASON", "PREVIEW_NOT_ALLOWED_BY_MARKET_STATE", ""),
            _bench.Send(OrderSide.Sell, Terms.Gtc(1m, 120m)).Rejection);
        Assert.True(_bench.Send(OrderSide.Sell, Terms.Market(1m)).Success);
        Assert.Equal(["PREVIEW_INVALID_ORDER_CONFIG"],
            _bench.Venue.Preview(_bench.New(OrderSide.Sell, Terms.Market(1m))).Errors);
    }

    [Fact]
    public void Known_client_order_id_may_be_refused_instead_of_answered()
    {
        _bench.Send(OrderSide.Sell, Terms.Market(1m), "mine");
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.DuplicateIdRefused)]);

        var again = _bench.Send(OrderSide.Sell, Terms.Market(1m), "mine");

        Assert.Equal("DUPLICATE_CLIENT_ORDER_ID", again.Rejection?.Error);
        Assert.Single(_bench.Venue.Orders);
    }

    [Fact]
    public void Probability_is_drawn_from_the_seed_so_that_a_run_repeats()
    {
        Assert.Equal(Draw(), Draw());
        Assert.InRange(Draw().Count(success => success), 60, 140);

        static bool[] Draw()
        {
            var bench = new VenueBench();
            bench.Print(100m);
            bench.Venue.SetFaults([new VenueFault(VenueFaultKind.CreateRefused, Probability: 0.5m)]);
            return [.. Enumerable.Range(0, 200).Select(_ =>
                bench.Send(OrderSide.Sell, Terms.Gtc(0.01m, 120m)).Success)];
        }
    }

    [Fact]
    public void Accepted_order_may_fail_afterwards()
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.AcceptedThenFailed)]);

        var result = _bench.Send(OrderSide.Sell, Terms.Market(1m));

        Assert.True(result.Success);
        var order = _bench.Order(result.Order!.OrderId);
        Assert.Equal((OrderStatus.Failed, "HOLD_FAILURE", 0m), (order.Status, order.RejectReason, order.FilledBase));
        Assert.Equal(10m, _bench.Account("BTC").Available);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Immediate_order_filled_in_part_is_cancelled_with_what_it_got()
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.PartialFill, 0.3m)]);

        var order = _bench.Order(_bench.Accept(OrderSide.Sell, Terms.Market(1m)));

        Assert.Equal((OrderStatus.Cancelled, 0.3m, 30m), (order.Status, order.FilledBase, order.CompletionPercent));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void A_stop_that_fills_while_it_is_cancelled_may_not_tell_that_it_triggered()
    {
        string id = _bench.Accept(OrderSide.Sell, Terms.Stop(4m, 95m, 94m));
        _bench.Venue.SetFaults([
            VenueBench.Always(VenueFaultKind.FillDuringCancel, 0.5m),
            VenueBench.Always(VenueFaultKind.TriggerUntold),
        ]);

        Assert.True(Assert.Single(_bench.Venue.Cancel([id])).Success);

        OrderView order = _bench.Order(id);
        Assert.Equal(
            (OrderStatus.Cancelled, 2m, TriggerStatus.StopPending),
            (order.Status, order.FilledBase, order.TriggerStatus));
        _bench.AssertBooksBalance();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.75, 0.25)]
    public void An_order_that_trades_at_once_may_stay_open_until_it_is_cancelled(double rests, double filled)
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.ImmediateRests, (decimal)rests)]);

        string id = _bench.Accept(OrderSide.Sell, Terms.Market(1m));

        _bench.Print(101m);
        Assert.Equal((OrderStatus.Open, (decimal)filled), (_bench.Order(id).Status, _bench.Order(id).FilledBase));
        Assert.True(Assert.Single(_bench.Venue.Cancel([id])).Success);
        _bench.AssertBooksBalance();
        Assert.Equal((OrderStatus.Cancelled, (decimal)filled), (_bench.Order(id).Status, _bench.Order(id).FilledBase));
    }

    [Theory]
    [InlineData(OrderSide.Sell, "BTC", 8.75)]
    [InlineData(OrderSide.Buy, "BTC", 11.25)]
    public void An_order_may_fill_for_more_than_it_was_for_and_the_account_pays_for_it(
        OrderSide side, string currency, decimal left)
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.Overfill, 0.25m)]);

        var order = _bench.Order(_bench.Accept(side, Terms.Market(1m)));

        Assert.Equal((OrderStatus.Filled, 1.25m, 0m), (order.Status, order.FilledBase, order.Leaves));
        Assert.Equal(left, _bench.Account(currency).Available);
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void An_order_fills_for_no_more_than_the_account_has()
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.Overfill, 0.25m)]);

        var order = _bench.Order(_bench.Accept(OrderSide.Sell, Terms.Market(9m)));

        Assert.Equal((OrderStatus.Filled, 9m), (order.Status, order.FilledBase));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void An_order_may_be_taken_for_another_size()
    {
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.TermsChanged, 0.5m)]);

        var result = _bench.Send(OrderSide.Buy, Terms.Gtc(1m, 95m), "mine");

        Assert.True(result.Success);
        Assert.Equal(("mine", 0.5m), (result.Order!.ClientOrderId, _bench.Order(result.Order.OrderId).Size));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Resting_order_filled_in_parts_reports_cumulative_state()
    {
        string id = _bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 95m));
        _bench.Venue.SetFaults([VenueBench.Always(VenueFaultKind.PartialFill, 0.5m)]);
        _bench.Print(94m);
        _bench.Print(94m);
        Assert.Equal((0.75m, 0.25m, 2),
            (_bench.Order(id).FilledBase, _bench.Order(id).Leaves, _bench.Order(id).FillCount));
        Assert.Equal(0.25m * 95m * 1.006m, _bench.Account("USD").Hold);
        _bench.Venue.SetFaults([]);

        _bench.Print(94m);

        Assert.Equal((OrderStatus.Filled, 95m, 3),
            (_bench.Order(id).Status, _bench.Order(id).AveragePrice, _bench.Order(id).FillCount));
        _bench.AssertBooksBalance();
    }

    [Fact]
    public void Fills_can_be_limited_to_the_size_of_the_print()
    {
        var bench = new VenueBench(VenueBench.Settings() with { LimitFillsToPrintSize = true });
        bench.Print(100m);
        string id = bench.Accept(OrderSide.Buy, Terms.Gtc(1m, 95m));

        bench.Print(95m, size: 0.4m);
        Assert.Equal((OrderStatus.Open, 0.4m), (bench.Order(id).Status, bench.Order(id).FilledBase));
        bench.Print(95m, size: 4m);

        Assert.Equal((OrderStatus.Filled, 1m), (bench.Order(id).Status, bench.Order(id).FilledBase));
    }
}
