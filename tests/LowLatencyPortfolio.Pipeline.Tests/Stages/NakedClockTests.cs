using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>DESIGN law 7: no position, and no part of one, is without a working stop unnoticed or without an
/// end.</summary>
public sealed class NakedClockTests
{
    [Fact]
    public void Lost_answer_of_an_exit_raises_the_alarm_is_measured_and_asks_for_no_second_exit()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Report(2, ReportKind.Cancelled);
        rig.Report(3, ReportKind.Unknown);
        Assert.Equal("Cancel #2; Place Market #3 1", rig.Take());
        rig.Wait(1);
        Assert.Equal(0, rig.Pipeline.Counters.NakedAlarms);
        rig.Wait(59);
        Assert.Equal(("", 1L), (rig.Take(), rig.Pipeline.Counters.NakedAlarms));
        Assert.Single(rig.Journal, change => change.Action == HistoryAction.NakedAlarm);
        rig.Report(3, ReportKind.Fill, 1m, 100m);
        Assert.Equal((0m, StopState.Closed), (rig.Held(), rig.State()));
        Assert.Equal(60 * Rig.Second, rig.Pipeline.Stages.Ratchet.Pairs[0].LongestNakedNs);
    }

    [Fact]
    public void Lost_cancel_of_a_liquidation_raises_the_alarm_and_nothing_is_sold_before_the_venue_has_spoken()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Report(2, ReportKind.Unknown);
        rig.Take();
        rig.Wait(30);
        Assert.Equal(("", 1L), (rig.Take(), rig.Pipeline.Counters.NakedAlarms));
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Place Market #3 1", rig.Take());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Position_without_a_stop_whose_prices_stopped_is_sold_when_both_have_lasted_for_the_budget(int product)
    {
        Rig rig = StopTaken();
        Feed(rig, product, isDown: true);
        rig.Wait(1);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Place Market #4 1", rig.Take());
    }

    [Fact]
    public void Position_that_loses_its_stop_while_prices_are_out_has_the_budget_to_get_it_back()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        Feed(rig, 0, isDown: true);
        rig.Wait(60);
        rig.Report(2, ReportKind.Expired);
        Assert.Equal("Place StopLimit #3 1 @95/94.05", rig.Take());
        rig.Wait(1);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal(StopState.Exiting, rig.State());
    }

    [Fact]
    public void Prices_that_come_again_leave_the_position_its_whole_time()
    {
        Rig rig = StopTaken();
        Feed(rig, 0, isDown: true);
        rig.Wait(1);
        Feed(rig, 0, isDown: false);
        rig.Wait(13);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Place Market #4 1", rig.Take());
    }

    [Fact]
    public void Stop_of_a_kind_that_the_venue_does_not_take_becomes_an_exit_at_once_down_the_ladder()
    {
        Rig rig = Bought();
        rig.Report(2, ReportKind.Rejected, reason: RejectReason.KindRefused);
        Assert.Equal("Place Market #3 1", rig.Take());
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.KindRefused);
        Assert.Equal("Place LimitIoc #4 1 @95", rig.Take());
        rig.Report(4, ReportKind.Rejected, reason: RejectReason.ProductState);
        Assert.Equal("Place Limit #5 1 @95", rig.Take());
    }

    [Fact]
    public void Stop_that_is_invalid_twice_in_a_row_becomes_an_exit()
    {
        Rig rig = Bought();
        rig.Report(2, ReportKind.Rejected, reason: RejectReason.InvalidOrder);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Place StopLimit #3 1 @95/94.05", rig.Take());
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.InvalidOrder);
        Assert.Equal("Place Market #4 1", rig.Take());
        rig.Report(4, ReportKind.Rejected, reason: RejectReason.InvalidOrder);
        Assert.Equal("Place LimitIoc #5 1 @95", rig.Take());
    }

    [Fact]
    public void Move_that_is_refused_for_good_leaves_the_stop_that_works()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Tick(110m);
        rig.Take();
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.KindRefused);
        rig.Report(2, ReportKind.CancelRejected);
        Assert.Equal(("", StopState.Resting), (rig.Take(), rig.State()));
    }

    [Fact]
    public void Part_whose_additional_stop_is_refused_again_and_again_is_told_and_ends_the_position()
    {
        Rig rig = Extended();
        Assert.Equal("Place StopLimit #4 2 @95/94.05", rig.Take());
        rig.Report(4, ReportKind.Rejected, reason: RejectReason.RateLimited);
        for (int second = 1; second < 15; second++)
        {
            rig.Wait(1);
            Assert.Equal(second < 2 ? 0 : 1, rig.Pipeline.Counters.NakedAlarms);
            Assert.Equal($"Place StopLimit #{4 + second} 2 @95/94.05", rig.Take());
            rig.Report(4 + second, ReportKind.Rejected, reason: RejectReason.RateLimited);
        }

        rig.Wait(1);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Place Market #19 3", rig.Take());
    }

    [Fact]
    public void Working_stop_of_a_part_is_not_given_up_while_the_answer_of_the_other_is_missing()
    {
        Rig rig = Extended();
        rig.Report(4, ReportKind.Unknown);
        rig.Take();
        rig.Wait(60);
        Assert.Equal(("", 1L, StopState.Resting), (rig.Take(), rig.Pipeline.Counters.NakedAlarms, rig.State()));
        rig.Report(4, ReportKind.Ack);
        rig.Wait(60);
        Assert.Equal(("", StopState.Resting), (rig.Take(), rig.State()));
    }

    [Fact]
    public void Working_stop_of_a_part_is_not_given_up_where_the_product_would_not_take_it_back()
    {
        Rig rig = Extended();
        rig.Take();
        rig.Report(4, ReportKind.Rejected, reason: RejectReason.ProductState);
        for (int i = 5; i < 12; i++)
        {
            rig.Wait(5);
            Assert.Equal($"Place StopLimit #{i} 2 @95/94.05", rig.Take());
            rig.Report(i, ReportKind.Rejected, reason: RejectReason.ProductState);
        }

        Assert.Equal((1L, StopState.Resting), (rig.Pipeline.Counters.NakedAlarms, rig.State()));
    }

    [Fact]
    public void Entry_that_fills_faster_than_its_stops_come_to_rest_raises_no_alarm()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(100m, 3m);
        for (int filled = 1; filled <= 3; filled++)
        {
            rig.Report(entry, ReportKind.Fill, filled, 100m, growth: 1m);
            rig.NowNs += Rig.Second * 3 / 2;
            if (filled > 1)
            {
                rig.Report(entry + filled - 1, ReportKind.Ack);
            }

            rig.Feed(rig.New(EventKind.Timer, -1));
        }

        rig.Report(entry + 3, ReportKind.Ack);
        rig.Wait(5);
        Assert.Equal(0, rig.Pipeline.Counters.NakedAlarms);
    }

    // 1 held, its first stop just sent.
    private static Rig Bought()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Report(entry, ReportKind.Fill, 1m, 100m);
        rig.Take();
        return rig;
    }

    // A person has cancelled the stop of the only position twice: nothing rests, and nothing is placed.
    private static Rig StopTaken()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Report(2, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        rig.Report(3, ReportKind.Ack);
        rig.Report(3, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        rig.Take();
        return rig;
    }

    // 3 held, a stop for 1 works, that for the other 2 was just sent.
    private static Rig Extended()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(100m, 2m);
        rig.Take();
        rig.Report(entry, ReportKind.Fill, 2m, 100m);
        return rig;
    }

    private static void Feed(Rig rig, int product, bool isDown) => rig.Feed(
        rig.New(EventKind.FeedState, product) with { Health = HealthFlag.FeedDown, Quantity = isDown ? 1 : 0 });
}
