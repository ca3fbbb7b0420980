using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>SPEC 10 and DESIGN law 7: the venue refuses, or nothing rests.</summary>
public sealed class MissingStopTests
{
    [Fact]
    public void Stop_refused_for_another_reason_is_tried_again_at_the_next_supervision()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Report(entry, ReportKind.Fill, 1m, 100m);
        rig.Take();
        rig.Report(2, ReportKind.Rejected, reason: RejectReason.Chance);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Place StopLimit #3 1 @95/94.05", rig.Take());
    }

    [Fact]
    public void Exit_does_not_wait_for_the_retry_of_a_refused_stop()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Report(entry, ReportKind.Fill, 1m, 100m);
        rig.Report(2, ReportKind.Rejected, reason: RejectReason.Chance);
        rig.Take();
        rig.Tick(95m);
        Assert.Equal("Place Market #3 1", rig.Take());
    }

    [Fact]
    public void Refused_move_returns_to_the_acknowledged_trigger_and_is_tried_again()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Tick(110m);
        Assert.Equal("Replace #2 by #3 1 @104.5/103.45", rig.Take());
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.RateLimited);
        rig.Report(2, ReportKind.CancelRejected);
        Assert.Equal(Rig.Units(95m), rig.Pipeline.Stages.Ratchet.Pairs[0].Trigger);
        rig.Wait(1);
        Assert.Equal("Replace #2 by #4 1 @104.5/103.45", rig.Take());
    }

    [Fact]
    public void Refused_cancel_is_asked_again_at_the_next_supervision()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(2, ReportKind.CancelRejected);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Cancel #2", rig.Take());
    }

    [Fact]
    public void Stop_refused_as_through_the_market_becomes_an_exit_without_retry()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Report(entry, ReportKind.Fill, 1m, 100m);
        rig.Take();
        rig.Report(2, ReportKind.Rejected, reason: RejectReason.StopThroughMarket);
        Assert.Equal("Place Market #3 1", rig.Take());
    }

    [Fact]
    public void Position_without_a_working_stop_is_sold_after_its_hard_end()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Report(entry, ReportKind.Fill, 1m, 100m);
        rig.Report(2, ReportKind.Unknown);
        rig.Take();
        rig.Wait(15);
        Assert.Equal(StopState.Exiting, rig.State());
        Assert.Equal("", rig.Take());                   // the lost stop may be selling: never sell twice
        rig.Report(2, ReportKind.ProvenAbsent);
        rig.Wait(1);
        Assert.Equal("Place Market #3 1", rig.Take());
    }

    [Fact]
    public void Stop_that_is_proven_absent_does_not_hold_up_the_exit_that_cancels_it()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(2, ReportKind.ProvenAbsent);
        rig.Wait(1);
        Assert.Equal("Place Market #3 1", rig.Take());
    }

    [Fact]
    public void Position_is_naked_too_while_a_lost_move_left_no_stop()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Tick(110m);
        rig.Report(2, ReportKind.Cancelled);
        rig.Wait(15);
        Assert.Equal(StopState.Exiting, rig.State());
        Assert.Equal(15 * Rig.Second, rig.Pipeline.Stages.Ratchet.Pairs[0].LongestNakedNs);
    }

    [Fact]
    public void Position_without_a_stop_beyond_its_budget_raises_one_alarm_and_its_next_stop_is_not_moved()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Tick(110m);
        rig.Report(2, ReportKind.Cancelled);
        rig.Wait(1);
        Assert.Equal(0, rig.Pipeline.Counters.NakedAlarms);
        rig.Wait(3);
        Assert.Equal(1, rig.Pipeline.Counters.NakedAlarms);
        Assert.Single(rig.Journal, change => change.Action == HistoryAction.NakedAlarm);
        rig.Report(3, ReportKind.Replaced, related: 2);
        Assert.Equal(StopState.Resting, rig.State());
        rig.Take();
        rig.Tick(125m);
        Assert.Equal("", rig.Take());
    }

    [Fact]
    public void Times_without_a_stop_are_counted_by_their_length()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Tick(110m);
        rig.Report(2, ReportKind.Cancelled);
        rig.NowNs += Rig.Second / 20;
        rig.Report(3, ReportKind.Replaced, related: 2);
        NakedTimes times = rig.Pipeline.ReadNakedTimes();
        Assert.Equal(1, times.CountOf(NakedTimes.UpToMs.IndexOf(50)));
        Assert.Equal(1, times.CountOf(0));      // the first stop, acknowledged at once
    }
}
