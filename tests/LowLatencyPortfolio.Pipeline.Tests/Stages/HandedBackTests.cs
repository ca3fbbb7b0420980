using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>
/// A move of a stop that did not leave because its turn came late: decided anew at once, at the newest level.
/// </summary>
public sealed class HandedBackTests
{
    [Fact]
    public void Move_that_is_handed_back_is_decided_anew_in_the_same_event_at_the_newest_level()
    {
        Rig rig = Moving();
        rig.Tick(120m);
        Assert.Equal("", rig.Take());                               // one move at a time
        TradingEvent back = HandBack(rig, 3);
        Assert.Equal((DecisionKind.ReplaceStop, RiskVerdict.Approved), (back.Decision, back.Verdict));
        Assert.Equal("Replace #2 by #4 1 @114/112.86", rig.Take());
        Assert.Equal(StopState.Replacing, rig.State());
        rig.Report(4, ReportKind.Replaced, related: 2);
        Assert.Equal(("", StopState.Resting), (rig.Take(), rig.State()));
    }

    [Fact]
    public void Rows_say_that_the_move_was_never_sent_and_that_the_stop_works()
    {
        Rig rig = Moving();
        rig.Journal.Clear();
        HandBack(rig, 3);
        StateChange[] orders = [.. rig.Journal.Where(row => row.Kind == StateChangeKind.Order)];
        Assert.Equal(
            [
                (3, OrderState.Abandoned, RejectReason.WaitedForTurn), (2, OrderState.Working, RejectReason.None),
                (2, OrderState.CancelPending, RejectReason.None), (4, OrderState.Submitted, RejectReason.None),
            ],
            orders.Select(row => ((int)row.OrderSequence, row.OrderState, row.Reason)));
        Assert.DoesNotContain(rig.Journal, row => row.Kind == StateChangeKind.History);
        Assert.Equal(0, rig.Pipeline.Counters.VenueRejections);
        Assert.Equal(0, rig.Pipeline.Counters.Contradictions);
    }

    [Fact]
    public void Neither_the_pace_of_moves_nor_a_supervision_holds_the_fresh_decision_back()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Feed(rig.New(EventKind.FeedState, 0) with
        {
            Health = HealthFlag.StopMovesPaced, Quantity = 60 * Rig.Second,
        });
        rig.Tick(110m);
        rig.Take();
        rig.Tick(120m);
        HandBack(rig, 3);
        Assert.Equal("Replace #2 by #4 1 @114/112.86", rig.Take());
        rig.Report(4, ReportKind.Replaced, related: 2);
        rig.Tick(130m);
        rig.Wait(59);
        Assert.Equal("", rig.Take());                               // what did leave counts
        rig.Wait(1);
        Assert.Equal("Replace #4 by #5 1 @123.5/122.26", rig.Take());
    }

    [Fact]
    public void Stop_is_in_force_the_whole_time_and_nobody_is_told_of_nakedness()
    {
        Rig rig = Moving();
        for (long move = 3; move < 63; move++)
        {
            rig.Wait(1);
            rig.Tick(110m + move);
            HandBack(rig, move);
        }

        Assert.Equal(0, rig.Pipeline.Counters.NakedAlarms);
        Assert.Equal(0, rig.Pipeline.Stages.Ratchet.Pairs[0].LongestNakedNs);
        rig.Report(2, ReportKind.Triggered);
        rig.Report(2, ReportKind.Fill, 1m, 94.9m);
        Assert.Equal((0m, StopState.Closed), (rig.Held(), rig.State()));
    }

    [Fact]
    public void Move_that_costs_no_request_costs_nothing_of_the_order_budget()
    {
        Rig rig = new(portfolio: limits => limits with { MaxOrdersPerSecond = 2 });
        rig.Protected(100m, 1m);
        rig.Tick(110m);
        for (long move = 3; move < 50; move++)
        {
            rig.Tick(110m + move);
            Assert.Equal(RiskVerdict.Approved, HandBack(rig, move).Verdict);
        }
    }

    [Fact]
    public void Exit_that_comes_before_the_move_was_heard_to_be_handed_back_cancels_the_stop_at_once()
    {
        Rig rig = Moving();
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal("Cancel #3", rig.Take());                      // the stop is believed to be leaving
        HandBack(rig, 3);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(3, ReportKind.CancelRejected, reason: RejectReason.OrderIsDone);
        rig.Report(2, ReportKind.Cancelled);
        rig.Wait(1);
        Assert.Equal("Place Market #4 1", rig.Take());
    }

    [Fact]
    public void Stop_that_triggered_meanwhile_is_not_moved_again()
    {
        Rig rig = Moving();
        rig.Report(2, ReportKind.Triggered);
        HandBack(rig, 3);
        Assert.Equal(("", StopState.Triggered), (rig.Take(), rig.State()));
        rig.Report(2, ReportKind.Fill, 1m, 94.9m);
        Assert.Equal((0m, ""), (rig.Held(), rig.Take()));
    }

    [Fact]
    public void Report_that_comes_twice_is_heard_once()
    {
        Rig rig = Moving();
        rig.Tick(120m);
        HandBack(rig, 3);
        rig.Take();
        HandBack(rig, 3);
        Assert.Equal(("", StopState.Replacing), (rig.Take(), rig.State()));
        rig.Report(4, ReportKind.Replaced, related: 2);
        Assert.Equal(("", StopState.Resting), (rig.Take(), rig.State()));
    }

    [Fact]
    public void Halt_that_came_in_between_leaves_the_stop_where_it_is()
    {
        Rig rig = Moving();
        rig.Control(ControlAction.Halt);
        rig.Take();
        HandBack(rig, 3);
        Assert.Equal(("", StopState.Resting), (rig.Take(), rig.State()));
        rig.Tick(94.9m);
        rig.Wait(5);
        Assert.Equal("Cancel #2", rig.Take());                      // the old trigger is in force
    }

    [Fact]
    public void Reduction_whose_smaller_stop_is_handed_back_ends_and_nothing_is_sold()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        rig.Feed(rig.New(EventKind.Control, 0) with
        {
            Action = ControlAction.Rebalance, Side = OrderSide.Sell, Quantity = Rig.Units(0.5m), Source = 7,
        });
        Assert.Equal("Replace #2 by #3 1.5 @95/94.05", rig.Take());
        HandBack(rig, 3);
        Assert.Equal(("", StopState.Resting), (rig.Take(), rig.State()));
        Assert.Contains(rig.Journal, row => row.Action == HistoryAction.RebalanceEnded);
        rig.Tick(110m);
        Assert.Equal("Replace #2 by #4 2 @104.5/103.45", rig.Take());
    }

    // A position at 100 whose stop is being moved: #2 rests at 95, #3 is to take its place.
    private static Rig Moving()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Tick(110m);
        Assert.Equal("Replace #2 by #3 1 @104.5/103.45", rig.Take());
        return rig;
    }

    private static TradingEvent HandBack(Rig rig, long move) =>
        rig.Report(move, ReportKind.HandedBack, related: 2, reason: RejectReason.WaitedForTurn);
}
