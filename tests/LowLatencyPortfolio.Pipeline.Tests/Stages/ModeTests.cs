using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>SPEC 6 and 10: loss limits, trading modes and liquidation of the portfolio.</summary>
public sealed class ModeTests
{
    [Fact]
    public void Reduce_only_cancels_working_entries_and_keeps_ratcheting()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(99m, 1m);
        rig.Take();
        rig.Control(ControlAction.ReduceOnly);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        Assert.Equal(RiskVerdict.TradingModeForbids, rig.Enter(99.5m, 1m).Verdict);
        rig.Tick(110m);
        Assert.Equal("Replace #2 by #4 1 @104.5/103.45", rig.Take());
    }

    [Fact]
    public void Mode_is_loosened_only_by_resume()
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Control(ControlAction.Halt);
        rig.Control(ControlAction.ReduceOnly);
        Assert.Equal(TradingMode.Halted, rig.Mode);
        rig.Control(ControlAction.Resume);
        Assert.Equal(TradingMode.Trading, rig.Mode);
    }

    [Fact]
    public void Breaker_trips_exactly_at_its_floor_and_drops_the_tripping_ticks_move()
    {
        // 400 x 100 bought; the floor of -10 % is 90,000, so the mark that reaches it is 75 exactly.
        Rig rig = new(pair => pair with { TrailPct = 0.5m, TickCollarPct = 50m });
        rig.Protected(100m, 400m);
        rig.Tick(75.00000001m);
        Assert.Equal(TradingMode.ReduceOnly, rig.Mode);     // the daily limit of -5 % came first
        rig.Tick(75m);
        Assert.Equal(TradingMode.Halted, rig.Mode);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Place Market #3 400", rig.Take());
        Assert.Equal(1, rig.Pipeline.Counters.BreakerTrips);
        rig.Tick(70m);
        Assert.Equal(1, rig.Pipeline.Counters.BreakerTrips);
    }

    [Fact]
    public void Stop_decided_by_the_fill_that_trips_the_breaker_is_dropped()
    {
        Rig rig = new(portfolio: config => config with { EmergencyLiquidationLossPct = -0.1m, DailyLossPct = -50m });
        rig.Tick(100m);
        long entry = rig.Working(101.5m, 100m);
        rig.Take();
        TradingEvent fill = rig.Report(entry, ReportKind.Fill, 100m, 101.5m);
        Assert.Equal((DecisionKind.PlaceStop, RiskVerdict.LossBreakerTripped), (fill.Decision, fill.Verdict));
        Assert.Equal(TradingMode.Halted, rig.Mode);
        Assert.Equal("Place Market #2 100", rig.Take());
    }

    [Fact]
    public void Resume_is_refused_at_or_below_the_floor_unless_rebased()
    {
        Rig rig = new(pair => pair with { TrailPct = 0.5m, TickCollarPct = 50m });
        rig.Protected(100m, 400m);
        rig.Tick(75m);
        TradingEvent refused = rig.Control(ControlAction.Resume);
        Assert.Equal((RiskVerdict.LossBreakerTripped, TradingMode.Halted), (refused.Verdict, rig.Mode));
        rig.Control(ControlAction.ResumeRebased);
        Assert.Equal(TradingMode.Trading, rig.Mode);
        rig.Tick(74m);
        Assert.Equal(TradingMode.Trading, rig.Mode);        // measured against 90,000 now
        Assert.Equal(1, rig.Pipeline.Counters.BreakerTrips);
    }

    [Fact]
    public void Daily_loss_reduces_once_a_day_and_liquidates_nothing()
    {
        Rig rig = new(pair => pair with { TrailPct = 0.5m });
        rig.Protected(100m, 400m);
        rig.Tick(87.50000001m);
        Assert.Equal(TradingMode.Trading, rig.Mode);
        TradingEvent tick = rig.Tick(87.5m);
        Assert.Equal(1 + (byte)TradingMode.ReduceOnly, tick.ModeChange);
        Assert.Equal("", rig.Take());
        Assert.Equal(0, rig.Tick(87.4m).ModeChange);
        rig.Control(ControlAction.Resume);
        Assert.Equal(TradingMode.Trading, rig.Mode);        // the day begins again at the equity of the resume
        Assert.Equal(0, rig.Tick(87m).ModeChange);
    }

    [Fact]
    public void Portfolio_is_liquidated_largest_exposure_first()
    {
        Rig rig = new(pairs: 3);
        rig.Protected(100m, 10m, 0);
        rig.Protected(100m, 30m, 1);
        rig.Protected(100m, 20m, 2);
        rig.Control(ControlAction.Liquidate, -1, ExitReason.Liquidation);
        Assert.Equal([1, 2, 0], rig.Sent.Select(command => command.Product));
        Assert.Equal(TradingMode.Halted, rig.Mode);
    }

    [Fact]
    public void Loss_limit_reached_while_a_person_has_halted_sells_everything_and_says_so()
    {
        Rig rig = new(pair => pair with { TrailPct = 0.5m, TickCollarPct = 50m });
        rig.Protected(100m, 400m);
        rig.Control(ControlAction.Halt);
        rig.Tick(75m);
        Assert.Equal("Cancel #2", rig.Take());
        Assert.Equal(1, rig.Pipeline.Counters.BreakerTrips);
        Assert.Equal(
            [ExitReason.None, ExitReason.LossBreaker],
            rig.Journal.Where(change => change.Action == HistoryAction.Halted).Select(change => change.ExitReason));
    }

    [Fact]
    public void Every_mode_change_is_journaled()
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Control(ControlAction.Halt);
        rig.Control(ControlAction.Resume);
        Assert.Equal(
            [HistoryAction.Halted, HistoryAction.Resumed],
            rig.Journal.Where(change => change.Kind == StateChangeKind.History).Select(change => change.Action));
        Assert.Equal(
            [TradingMode.Halted, TradingMode.Trading],
            rig.Journal.Where(change => change.Kind == StateChangeKind.Mode).Select(change => change.Mode));
    }
}
