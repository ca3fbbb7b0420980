using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>SPEC 5 and 10: what happens to a position's stop, one situation a test.</summary>
public sealed class StopTests
{
    [Fact]
    public void First_fill_gets_a_stop_for_the_quantity_held_at_once()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 2m);
        rig.Take();
        rig.Report(entry, ReportKind.Fill, 0.5m, 100m);
        Assert.Equal("Place StopLimit #2 0.5 @95/94.05", rig.Take());
        Assert.Equal(StopState.Placing, rig.State());
        rig.Report(2, ReportKind.Ack);
        Assert.Equal(StopState.Resting, rig.State());
    }

    [Fact]
    public void Further_fills_get_additional_stops_up_to_four_and_the_fifth_merges_them()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 5m);
        rig.Take();
        for (int fill = 1; fill <= 4; fill++)
        {
            rig.Report(entry, ReportKind.Fill, fill, 100m, growth: 1m);
            long stop = fill + 1;
            Assert.Equal($"Place StopLimit #{stop} 1 @95/94.05", rig.Take());
            rig.Report(stop, ReportKind.Ack);
        }

        rig.Report(entry, ReportKind.Fill, 5m, 100m, growth: 1m);
        Assert.Equal("Cancel #4; Cancel #3; Cancel #2; Replace #5 by #6 5 @95/94.05", rig.Take());
        Assert.Equal(StopState.Replacing, rig.State());
        rig.Report(6, ReportKind.Replaced, related: 5);
        Assert.Equal(StopState.Resting, rig.State());
    }

    [Fact]
    public void New_position_waits_for_the_end_of_a_stop_that_the_last_one_left_behind_and_is_watched_meanwhile()
    {
        Rig rig = new();
        long entry = LeaveAStopBehind(rig);
        rig.Report(entry, ReportKind.Fill, 1m, 110m);
        Assert.Equal("", rig.Take());
        rig.Report(3, ReportKind.Cancelled);
        Assert.Equal("Place StopLimit #5 1 @104.5/103.45", rig.Take());
        Assert.Equal(StopState.Placing, rig.State());
    }

    [Fact]
    public void New_position_beside_a_stop_of_the_last_one_is_sold_when_its_trigger_is_crossed()
    {
        Rig rig = new();
        long entry = LeaveAStopBehind(rig);
        rig.Report(entry, ReportKind.Fill, 1m, 110m);
        rig.Tick(104m);
        rig.Report(3, ReportKind.Cancelled);
        Assert.Equal("Place Market #5 1", rig.Take());
    }

    [Fact]
    public void Below_the_minimum_the_engine_watches_the_trigger_itself_while_the_entry_works()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 2m);
        rig.Take();
        rig.Report(entry, ReportKind.Fill, 0.005m, 100m);
        Assert.Equal("", rig.Take());
        rig.Tick(94m);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Report(entry, ReportKind.Cancelled, 0.005m);
        Assert.Equal("", rig.Take());           // dust: in the ledger, no stop, never sold
        Assert.Equal(StopState.Closed, rig.State());
        Assert.Equal(0.005m, rig.Held());
        Assert.Equal(0, rig.Pipeline.Metrics().ActivePositions);
    }

    [Fact]
    public void Late_buy_fill_joins_the_exit_of_watched_dust()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 2m);
        rig.Report(entry, ReportKind.Fill, 0.005m, 100m);
        rig.Tick(94m);
        rig.Take();
        rig.Report(entry, ReportKind.Fill, 2m, 94m, growth: 1.995m);
        Assert.Equal("Place Market #2 2", rig.Take());
    }

    [Fact]
    public void Stop_moves_up_only_by_more_than_the_ratchet_and_never_down()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Tick(101m);
        Assert.Equal("", rig.Take());                   // 95.95 is not above 95 x 1.01 = 95.95
        rig.Tick(101.01m);
        Assert.Equal("", rig.Take());                   // 95.9595 rounds down to 95.95
        rig.Tick(101.02m);
        Assert.Equal("Replace #2 by #3 1 @95.96/95", rig.Take());
        rig.Report(3, ReportKind.Replaced, related: 2);
        rig.Tick(97m);
        Assert.Equal("", rig.Take());
        Assert.Equal(StopState.Resting, rig.State());
    }

    [Fact]
    public void Price_at_the_trigger_while_the_stop_is_being_placed_counts_as_hit()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Report(entry, ReportKind.Fill, 1m, 100m);
        rig.Take();
        rig.Tick(95m);
        Assert.Equal(StopState.Exiting, rig.State());
        Assert.Equal("", rig.Take());                   // nobody knows the stop yet: its report comes first
        rig.Report(2, ReportKind.Ack);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Place Market #3 1", rig.Take());
        rig.Report(3, ReportKind.Fill, 1m, 94.9m);
        Assert.Equal(StopState.Closed, rig.State());
    }

    [Fact]
    public void Triggered_stop_that_is_not_filled_in_time_is_cancelled_and_sold_at_the_market()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Report(2, ReportKind.Triggered);
        rig.Tick(93m);
        rig.Wait(4);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Place Market #3 1", rig.Take());
    }

    [Fact]
    public void Triggered_stop_cancels_the_pairs_entries_and_a_late_fill_joins_the_exit()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(99m, 1m);
        rig.Take();
        rig.Report(2, ReportKind.Triggered);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Report(entry, ReportKind.Fill, 1m, 99m);
        rig.Report(2, ReportKind.Fill, 1m, 95m);
        Assert.Equal("Place Market #4 1", rig.Take());
    }

    [Fact]
    public void Fill_after_the_exit_is_applied_and_protected_like_any_other()
    {
        Rig rig = new();
        long stop = rig.Protected(100m, 1m);
        long entry = rig.Working(99m, 1m);
        rig.Report(stop, ReportKind.Triggered);
        rig.Report(entry, ReportKind.Cancelled);
        rig.Report(stop, ReportKind.Fill, 1m, 95m);
        Assert.Equal(StopState.Closed, rig.State());
        rig.Tick(99m);
        rig.Take();
        rig.Report(entry, ReportKind.Fill, 1m, 99m);
        Assert.Equal(1m, rig.Held());
        Assert.Equal("Place StopLimit #4 1 @94.05/93.1", rig.Take());
    }

    [Fact]
    public void Buy_that_absorbs_dust_starts_a_new_trail()
    {
        Rig rig = new();
        rig.Protected(100m, 1.005m);
        rig.Report(2, ReportKind.Triggered);
        rig.Report(2, ReportKind.Fill, 1m, 95m);
        rig.Report(2, ReportKind.Cancelled, 1m);
        Assert.Equal(0.005m, rig.Held());
        rig.Tick(90m);
        long entry = rig.Working(90m, 1m);
        rig.Take();
        rig.Report(entry, ReportKind.Fill, 1m, 90m);
        Assert.Equal("Place StopLimit #4 1.005 @85.5/84.64", rig.Take());
    }

    [Fact]
    public void Repeated_reports_of_an_old_stop_do_not_touch_the_next_position()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Report(2, ReportKind.Triggered);
        rig.Report(2, ReportKind.Fill, 1m, 95m);
        rig.Protected(90m, 1m);
        rig.Report(2, ReportKind.Ack);
        rig.Report(2, ReportKind.Triggered);
        rig.Report(2, ReportKind.Fill, 1m, 95m);
        ref readonly ProtectedPair pair = ref rig.Pipeline.Stages.Ratchet.Pairs[0];
        Assert.Equal(
            (StopState.Resting, Rig.Units(85.5m), 0L), (pair.State, pair.AcknowledgedTrigger, pair.TriggeredAtNs));
        Assert.Equal(1m, rig.Held());
    }

    [Fact]
    public void Coarser_grid_makes_less_than_a_step_dust_instead_of_a_sell_of_nothing()
    {
        Rig rig = new();
        rig.Protected(100m, 0.05m);
        rig.Feed(rig.New(EventKind.ProductChanged, 0) with { Price = Rig.Units(0.01m), Quantity = Rig.Units(0.1m) });
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Take();
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("", rig.Take());
        Assert.Equal(StopState.Closed, rig.State());
        Assert.NotEqual(RiskVerdict.PairExiting, rig.Enter(100m, 1m).Verdict);
    }

    [Fact]
    public void Halted_engine_leaves_resting_stops_and_still_places_missing_ones()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(99.5m, 1m);
        rig.Take();
        rig.Control(ControlAction.Halt);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Tick(115m);
        Assert.Equal("", rig.Take());
        rig.Report(entry, ReportKind.Fill, 1m, 99.5m);
        Assert.Equal("Place StopLimit #4 1 @95/94.05", rig.Take());
        rig.Report(4, ReportKind.Ack);
        rig.Control(ControlAction.Resume);
        Assert.Contains("2 @109.25/108.15", rig.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void Move_decided_before_the_halt_reached_the_pair_is_refused_and_taken_back()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Control(ControlAction.Halt, settle: false);
        TradingEvent tick = rig.Tick(115m);
        Assert.Equal((DecisionKind.ReplaceStop, RiskVerdict.StopMovesSuspended), (tick.Decision, tick.Verdict));
        Assert.Equal("", rig.Take());
        Assert.Equal((StopState.Resting, Rig.Units(95m)), (rig.State(), rig.Pipeline.Stages.Ratchet.Pairs[0].Trigger));
    }

    [Fact]
    public void Liquidation_given_twice_sells_once()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(2, ReportKind.Cancelled);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal("Place Market #3 1", rig.Take());
        Assert.Equal(RiskVerdict.PairExiting, rig.Enter(100m, 1m).Verdict);
        rig.Report(3, ReportKind.Fill, 1m, 99m);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal("", rig.Take());
    }

    [Fact]
    public void Liquidation_goes_on_until_a_late_buy_is_sold_too()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(99.5m, 1m);
        rig.Take();
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal($"Cancel #{entry}; Cancel #2", rig.Take());
        rig.Report(2, ReportKind.Cancelled);
        rig.Report(entry, ReportKind.Cancelled);
        Assert.Equal("Place Market #4 1", rig.Take());
        rig.Report(4, ReportKind.Fill, 1m, 99m);
        rig.Report(entry, ReportKind.Fill, 0.5m, 99.5m);
        // The order to close ended when nothing was left.
        Assert.Equal("Place StopLimit #5 0.5 @94.52/93.57", rig.Take());
    }

    // The old stop sold everything while it was being moved; its successor is alive, larger than the next position, and
    // asked to end.
    private static long LeaveAStopBehind(Rig rig)
    {
        rig.Tick(100m);
        long first = rig.Working(100m, 2m);
        rig.Report(first, ReportKind.Fill, 2m, 100m);
        rig.Report(2, ReportKind.Ack);
        rig.Tick(110m);
        rig.Report(2, ReportKind.Fill, 2m, 95m);
        rig.Report(3, ReportKind.Ack);
        long second = rig.Working(110m, 1m);
        rig.Take();
        return second;
    }
}
