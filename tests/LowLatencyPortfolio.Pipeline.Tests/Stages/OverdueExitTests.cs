using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>
/// A sell of an exit that the venue has taken and that does not end, though it should at once: cancelled, and what it
/// has not sold is sold again when its end is certain.
/// </summary>
public sealed class OverdueExitTests
{
    [Fact]
    public void Sell_that_does_not_end_is_told_and_cancelled_and_the_rest_is_sold_when_its_end_is_certain()
    {
        Rig rig = Selling();
        rig.Wait(2);
        Assert.Equal(("", 1L), (rig.Take(), rig.Pipeline.Counters.NakedAlarms));
        rig.Wait(3);
        Assert.Equal("Cancel #3", rig.Take());
        rig.Wait(60);
        Assert.Equal("", rig.Take());                           // nothing is sold beside it
        rig.Report(3, ReportKind.Fill, 0.8m, 99m);
        rig.Report(3, ReportKind.Cancelled, 0.8m);
        rig.Wait(1);
        Assert.Equal("Place Market #4 1.2", rig.Take());
        rig.Report(4, ReportKind.Ack);
        rig.Report(4, ReportKind.Fill, 1.2m, 99m);
        Assert.Equal((0m, StopState.Closed, 1L), (rig.Held(), rig.State(), rig.Pipeline.Counters.NakedAlarms));
        StateChange told = Assert.Single(rig.Journal, row => row.Action == HistoryAction.NakedAlarm);
        Assert.Equal((Rig.Units(2m), ExitReason.Liquidation), (told.Quantity, told.ExitReason));
    }

    [Fact]
    public void Sell_that_ends_in_time_is_neither_told_nor_cancelled()
    {
        Rig rig = Selling();
        rig.Wait(1);
        rig.Report(3, ReportKind.Fill, 2m, 99m);
        rig.Wait(60);
        Assert.Equal(("", 0L, StopState.Closed), (rig.Take(), rig.Pipeline.Counters.NakedAlarms, rig.State()));
    }

    [Fact]
    public void Fill_that_was_merely_late_leaves_nothing_to_sell()
    {
        Rig rig = Selling();
        rig.Wait(5);
        Assert.Equal("Cancel #3", rig.Take());
        rig.Report(3, ReportKind.Fill, 2m, 99m);
        rig.Report(3, ReportKind.CancelRejected, 2m, reason: RejectReason.OrderIsDone);
        rig.Wait(60);
        Assert.Equal(("", 0m, StopState.Closed), (rig.Take(), rig.Held(), rig.State()));
    }

    [Fact]
    public void Cancel_that_the_venue_refuses_is_asked_for_again_after_as_long()
    {
        Rig rig = Selling();
        rig.Wait(5);
        Assert.Equal("Cancel #3", rig.Take());
        rig.Report(3, ReportKind.CancelRejected);
        rig.Wait(4);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Cancel #3", rig.Take());
    }

    [Fact]
    public void Remainder_has_a_deadline_of_its_own()
    {
        Rig rig = Selling();
        rig.Wait(5);
        rig.Report(3, ReportKind.Cancelled);
        rig.Wait(3);
        Assert.Equal("Cancel #3; Place Market #4 2", rig.Take());
        rig.Report(4, ReportKind.Ack);
        rig.Wait(4);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Cancel #4", rig.Take());
    }

    [Fact]
    public void Limit_that_trades_at_once_or_never_has_the_deadline_too_and_the_market_is_tried_again()
    {
        Rig rig = Selling();
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.ProductState);
        Assert.StartsWith("Place LimitIoc #4 2", rig.Take(), StringComparison.Ordinal);
        rig.Report(4, ReportKind.Ack);
        rig.Wait(5);
        Assert.Equal("Cancel #4", rig.Take());
        rig.Report(4, ReportKind.Cancelled);
        rig.Wait(1);
        Assert.Equal("Place Market #5 2", rig.Take());
    }

    [Fact]
    public void Sell_of_which_nobody_knows_is_left_to_the_venue_s_word()
    {
        Rig rig = Selling();
        rig.Report(3, ReportKind.Unknown);
        rig.Wait(60);
        Assert.Equal(("", 1L), (rig.Take(), rig.Pipeline.Counters.NakedAlarms));
    }

    [Fact]
    public void Sell_is_not_given_up_in_a_product_that_takes_nothing_in_its_place()
    {
        Rig rig = Selling();
        Product(rig, takesOrders: false);
        rig.Wait(20);
        Assert.Equal("", rig.Take());
        Product(rig, takesOrders: true);
        rig.Wait(5);
        Assert.Equal("Cancel #3", rig.Take());
    }

    [Fact]
    public void Sell_at_a_venue_that_waits_for_the_next_trade_has_no_deadline()
    {
        Rig rig = Selling(sellsAtOnce: false);
        rig.Wait(60);
        Assert.Equal(("", 0L), (rig.Take(), rig.Pipeline.Counters.NakedAlarms));
    }

    [Fact]
    public void Sell_after_a_stop_that_triggered_and_did_not_fill_has_the_deadline()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Tell(rig, sellsAtOnce: true);
        rig.Report(2, ReportKind.Triggered);
        rig.Wait(5);
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Cancel #2; Place Market #3 2", rig.Take());
        rig.Report(3, ReportKind.Ack);
        rig.Wait(5);
        Assert.Equal("Cancel #3", rig.Take());
    }

    // Whatever is told first after the start: the venue's word about sells, or the time.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sell_that_was_under_way_at_a_crash_has_the_deadline(bool isToldFirst)
    {
        Rig rig = new(recovered: Recovered()) { NowNs = 1_699_999_000 * Rig.Second };
        if (isToldFirst)
        {
            Tell(rig, sellsAtOnce: true);
        }

        Assert.Equal(StopState.Exiting, rig.State());
        rig.Wait(1);
        if (!isToldFirst)
        {
            Tell(rig, sellsAtOnce: true);
        }

        rig.Wait(3);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Cancel #6", rig.Take());
        rig.Report(6, ReportKind.Cancelled);
        rig.Wait(1);
        Assert.Equal("Place Market #21 2", rig.Take());
    }

    // A position of two at 100 that is being sold: #3 has been taken by the venue.
    private static Rig Selling(bool sellsAtOnce = true)
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Tell(rig, sellsAtOnce);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Cancel #2; Place Market #3 2", rig.Take());
        rig.Report(3, ReportKind.Ack);
        return rig;
    }

    private static void Tell(Rig rig, bool sellsAtOnce) => rig.Feed(rig.New(EventKind.FeedState, 0) with
    {
        Health = HealthFlag.SellsAtOnce, Quantity = sellsAtOnce ? 1 : 0,
    });

    private static void Product(Rig rig, bool takesOrders) => rig.Feed(rig.New(EventKind.ProductChanged, 0) with
    {
        Price = Rig.Units(0.01m), Quantity = Rig.Units(0.001m), Count = (ushort)(takesOrders ? 1 : 0),
    });

    private static StoredPortfolio Recovered()
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(2m, 200m, 2m, 1_699_998_000 * Rig.Second);
        return new StoredPortfolio
        {
            BreakerBase = 100_000m, AtNs = 1_699_999_000 * Rig.Second, LastOrderSequence = 20, LastPositionId = 1,
            Positions =
            [
                new StoredPosition
                {
                    Product = 0, Ledger = ledger, PositionId = 1, Highest = Rig.Units(100m), Trigger = Rig.Units(95m),
                },
            ],
            Orders =
            [
                new StoredOrder
                {
                    Sequence = 6, Product = 0, Side = OrderSide.Sell, Type = OrderType.Market,
                    Purpose = OrderPurpose.Exit, State = OrderState.Working, Quantity = Rig.Units(2m), PositionId = 1,
                },
            ],
        };
    }
}
