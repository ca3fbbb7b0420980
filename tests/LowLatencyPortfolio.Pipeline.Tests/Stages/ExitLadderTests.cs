using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>How a position is sold where the product's state forbids a market order, or any order.</summary>
public sealed class ExitLadderTests
{
    [Fact]
    public void Exit_refused_by_the_product_state_goes_down_the_ladder_at_once()
    {
        Rig rig = Exiting();
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.ProductState);
        Assert.Equal("Place LimitIoc #4 1 @95", rig.Take());
        rig.Report(4, ReportKind.Rejected, reason: RejectReason.ProductState);
        Assert.Equal("Place Limit #5 1 @95", rig.Take());
        rig.Report(5, ReportKind.Ack);
        rig.Report(5, ReportKind.Fill, 1m, 96m);
        Assert.Equal(0m, rig.Held());
        Assert.Equal(0, rig.Pipeline.Counters.BlockedExits);
    }

    [Fact]
    public void Rest_of_a_limit_order_that_ends_at_once_is_sent_again_at_the_newest_price()
    {
        Rig rig = Exiting();
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.ProductState);
        rig.Take();
        rig.Report(4, ReportKind.Ack);
        rig.Report(4, ReportKind.Fill, 0.4m, 95m);
        rig.Report(4, ReportKind.Expired, 0.4m);
        rig.Tick(90m);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Place LimitIoc #5 0.6 @85.5", rig.Take());
    }

    [Fact]
    public void Resting_exit_that_the_market_left_behind_is_cancelled_and_begins_again_at_the_market()
    {
        Rig rig = Exiting();
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.ProductState);
        rig.Report(4, ReportKind.Rejected, reason: RejectReason.ProductState);
        rig.Report(5, ReportKind.Ack);
        rig.Tick(90m);
        rig.Take();
        rig.Wait(4);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Cancel #5", rig.Take());
        rig.Report(5, ReportKind.Cancelled);
        rig.Wait(1);
        Assert.Equal("Place Market #6 1", rig.Take());
    }

    [Fact]
    public void Exit_refused_on_every_rung_waits_with_one_alarm_until_the_product_changes()
    {
        Rig rig = Exiting();
        Refuse(rig, 3);
        Assert.Equal("Place LimitIoc #4 1 @95; Place Limit #5 1 @95", rig.Take());
        Assert.Equal(1, rig.Pipeline.Counters.BlockedExits);
        Assert.Single(rig.Journal, change => change.Action == HistoryAction.ExitBlocked);
        Product(rig, takesOrders: false);
        rig.Wait(60);
        Assert.Equal("", rig.Take());
        Assert.Equal(1, rig.Pipeline.Counters.BlockedExits);
        Product(rig, takesOrders: true);
        Assert.Equal("Place Market #6 1", rig.Take());
    }

    [Fact]
    public void Exit_refused_on_every_rung_is_tried_again_after_a_while_if_nobody_tells_of_a_change()
    {
        Rig rig = Exiting();
        Refuse(rig, 3);
        rig.Take();
        rig.Wait(4);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Place Market #6 1", rig.Take());
    }

    [Fact]
    public void Stop_stays_while_the_product_takes_nothing_in_its_place_and_the_exit_follows()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        Product(rig, takesOrders: false);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Wait(30);
        Assert.Equal("", rig.Take());
        Assert.Equal(1, rig.Pipeline.Counters.BlockedExits);
        Product(rig, takesOrders: true);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Place Market #3 1", rig.Take());
    }

    [Fact]
    public void Entries_of_a_pair_that_waits_are_cancelled_all_the_same()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(99m, 1m);
        Product(rig, takesOrders: false);
        rig.Take();
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal($"Cancel #{entry}", rig.Take());
    }

    [Fact]
    public void Stop_that_triggered_in_a_product_without_orders_is_not_given_up()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        Product(rig, takesOrders: false);
        rig.Report(2, ReportKind.Triggered);
        rig.Wait(10);
        Assert.Equal("", rig.Take());
        rig.Report(2, ReportKind.Fill, 1m, 94m);
        Assert.Equal(0m, rig.Held());
        Assert.Equal(StopState.Closed, rig.State());
    }

    [Fact]
    public void Stop_does_not_move_while_the_product_takes_no_orders_and_catches_up_after()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        Product(rig, takesOrders: false);
        rig.Tick(115m);
        Assert.Equal("", rig.Take());
        Product(rig, takesOrders: true);
        Assert.Equal("Replace #2 by #3 1 @109.25/108.15", rig.Take());
    }

    [Fact]
    public void Stop_refused_by_the_product_state_is_placed_when_the_product_changes()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Report(entry, ReportKind.Fill, 1m, 100m);
        rig.Take();
        rig.Report(2, ReportKind.Rejected, reason: RejectReason.ProductState);
        rig.Wait(2);
        Assert.Equal("", rig.Take());
        Product(rig, takesOrders: true);
        Assert.Equal("Place StopLimit #3 1 @95/94.05", rig.Take());
    }

    // The stop is gone, and the market order #3 is on its way.
    private static Rig Exiting()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Cancel #2; Place Market #3 1", rig.Take());
        return rig;
    }

    private static void Refuse(Rig rig, long market)
    {
        for (long sequence = market; sequence < market + 3; sequence++)
        {
            rig.Report(sequence, ReportKind.Rejected, reason: RejectReason.ProductState);
        }
    }

    private static void Product(Rig rig, bool takesOrders) => rig.Feed(rig.New(EventKind.ProductChanged, 0) with
    {
        Count = (ushort)(takesOrders ? 1 : 0), Price = Rig.Units(0.01m), Quantity = Rig.Units(0.001m),
    });
}
