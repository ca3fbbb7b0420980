using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>
/// Somebody else acts on the account: cancels our stops, takes coins, holds coins by orders of his own.
/// </summary>
public sealed class OtherHandsTests
{
    [Fact]
    public void Stop_cancelled_by_a_person_is_restored_once_then_the_engine_watches_and_sells()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Report(2, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        Assert.Equal("Place StopLimit #3 1 @95/94.05", rig.Take());
        rig.Report(3, ReportKind.Ack);
        Assert.Equal(0, rig.Pipeline.Counters.NakedAlarms);
        rig.Report(3, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        Assert.Equal("", rig.Take());
        Assert.Equal(1, rig.Pipeline.Counters.NakedAlarms);
        Assert.Single(rig.Journal, change => change.Action == HistoryAction.StopTaken);
        rig.Wait(14);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Place Market #4 1", rig.Take());
        Assert.Equal(1, rig.Pipeline.Counters.NakedAlarms);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void What_was_found_by_asking_has_a_row_that_says_so(int count, bool isFound)
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Feed(Found(rig, entry, ReportKind.Fill, count) with
        {
            CumulativeQuantity = Rig.Units(0.4m), Quantity = Rig.Units(1m), Price = Rig.Units(100m), FillValue = 40m,
        });
        rig.Feed(Found(rig, entry, ReportKind.Cancelled, count) with { CumulativeQuantity = Rig.Units(0.4m) });
        ReconcileFinding[] found =
            [.. rig.Journal.Where(row => row.Action == HistoryAction.Reconciled).Select(row => row.Finding)];
        Assert.Equal(isFound ? [ReconcileFinding.FillFound, ReconcileFinding.EndFound] : [], found);
        Assert.Equal(0.4m, rig.Held());
    }

    [Fact]
    public void Trigger_is_watched_after_a_person_took_the_stop_twice()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Report(2, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        rig.Report(3, ReportKind.Ack);
        rig.Report(3, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        rig.Take();
        rig.Tick(95.01m);
        Assert.Equal("", rig.Take());
        rig.Tick(95m);
        Assert.Equal("Place Market #4 1", rig.Take());
    }

    [Fact]
    public void Stops_cancelled_together_are_one_intervention()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(100m, 2m);
        rig.Report(entry, ReportKind.Fill, 2m, 100m);
        rig.Report(4, ReportKind.Ack);
        rig.Take();
        rig.Report(2, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        rig.Report(4, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        Assert.Equal("Place StopLimit #5 1 @95/94.05; Place StopLimit #6 2 @95/94.05", rig.Take());
        Assert.Equal(0, rig.Pipeline.Counters.NakedAlarms);
    }

    [Fact]
    public void Next_position_begins_without_the_last_ones_interventions()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Report(2, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        rig.Report(3, ReportKind.Ack);
        rig.Report(3, ReportKind.Fill, 1m, 95m);
        rig.NowNs += 10 * Rig.Second;
        long stop = rig.Protected(100m, 1m);
        rig.Report(stop, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        Assert.Equal($"Place StopLimit #{stop + 1} 1 @95/94.05", rig.Take());
    }

    [Fact]
    public void Coins_missing_twice_leave_the_position_at_cost()
    {
        Rig rig = Naked();
        decimal equity = rig.Pipeline.Metrics().Equity;
        Coins(rig, there: 1.25m);
        Assert.Equal(2m, rig.Held());
        rig.NowNs += 5 * Rig.Second;
        Coins(rig, there: 1.25m);
        Assert.Equal(1.25m, rig.Held());
        PortfolioMetrics metrics = rig.Pipeline.Metrics();
        Assert.Equal(equity, metrics.Equity);           // the mark is the entry price: nothing is won or lost
        Assert.Equal(125m, metrics.DeployedCapital);
        Assert.Equal(1, rig.Pipeline.Counters.ExternalOuts);
        StateChange row = Assert.Single(rig.Journal, change => change.Action == HistoryAction.ExternalOut);
        Assert.Equal((Rig.Units(0.75m), 75m), (row.Quantity, row.Value));
    }

    [Fact]
    public void Coins_missing_once_or_in_another_number_stay()
    {
        Rig rig = Naked();
        Coins(rig, there: 1.25m);
        rig.NowNs += 5 * Rig.Second;
        Coins(rig, there: 2m);
        rig.NowNs += 5 * Rig.Second;
        Coins(rig, there: 1.25m);
        rig.NowNs += 5 * Rig.Second;
        Coins(rig, there: 1m);
        rig.NowNs += 4 * Rig.Second;
        Coins(rig, there: 1m);
        Assert.Equal(2m, rig.Held());
        Assert.Equal(0, rig.Pipeline.Counters.ExternalOuts);
    }

    [Fact]
    public void Stop_shrinks_with_the_position()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Coins(rig, there: 1.25m);
        rig.NowNs += 5 * Rig.Second;
        Coins(rig, there: 1.25m);
        Assert.Equal("Replace #2 by #3 1.25 @95/94.05", rig.Take());
    }

    [Fact]
    public void Stop_of_a_position_that_left_whole_is_cancelled()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Coins(rig, there: 0m);
        rig.NowNs += 5 * Rig.Second;
        Coins(rig, there: 0m);
        Assert.Equal("Cancel #2", rig.Take());
        Assert.Equal(0m, rig.Held());
        Assert.Equal(StopState.Closed, rig.State());
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal(1, rig.Pipeline.Metrics().ClosedPositions);
    }

    [Fact]
    public void Stop_of_dust_that_is_left_is_cancelled()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Coins(rig, there: 0.005m);
        rig.NowNs += 5 * Rig.Second;
        Coins(rig, there: 0.005m);
        Assert.Equal("Cancel #2", rig.Take());
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("", rig.Take());
        Assert.Equal(StopState.Closed, rig.State());
    }

    [Fact]
    public void Missing_or_contested_coins_refuse_entries_of_their_pair_until_they_are_explained()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        rig.Tick(100m, product: 1);
        Coins(rig, there: 2m, ours: 1.5m);
        Assert.Equal(RiskVerdict.NotReconciled, rig.Enter(100m, 0.5m).Verdict);
        Assert.Equal(RiskVerdict.Approved, rig.Enter(100m, 0.5m, product: 1).Verdict);
        StateChange row = Assert.Single(rig.Journal, change => change.Action == HistoryAction.CoinsContested);
        Assert.Equal(Rig.Units(0.5m), row.Quantity);
        Coins(rig, there: 1.5m);
        Assert.Equal(RiskVerdict.NotReconciled, rig.Enter(100m, 0.6m).Verdict);
        Coins(rig, there: 2.5m);
        Assert.Equal(RiskVerdict.Approved, rig.Enter(100m, 0.7m).Verdict);
    }

    [Fact]
    public void Stop_covers_what_nobody_else_holds_and_the_rest_when_it_is_free_again()
    {
        Rig rig = Unprotected(RejectReason.InsufficientFunds);
        Coins(rig, there: 2m, ours: 1m);
        rig.Wait(1);
        Assert.Equal("Place StopLimit #3 2 @95/94.05", rig.Take());       // one look is not believed
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.InsufficientFunds);
        rig.NowNs += 4 * Rig.Second;
        Coins(rig, there: 2m, ours: 1m);
        rig.Wait(1);
        Assert.Equal("Place StopLimit #4 1 @95/94.05", rig.Take());
        rig.Report(4, ReportKind.Ack);
        rig.Wait(20);
        Assert.Equal(("", 2m, StopState.Resting), (rig.Take(), rig.Held(), rig.State()));
        Coins(rig, there: 2m, ours: 2m);
        Assert.Equal("Place StopLimit #5 1 @95/94.05", rig.Take());
    }

    [Fact]
    public void Exit_sells_what_nobody_else_holds_and_the_rest_when_it_is_free_again()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Report(2, ReportKind.Cancelled);
        Assert.Equal("Cancel #2; Place Market #3 2", rig.Take());
        rig.Report(3, ReportKind.Rejected, reason: RejectReason.InsufficientFunds);
        Coins(rig, there: 2m, ours: 1m);
        rig.NowNs += 5 * Rig.Second;
        Coins(rig, there: 2m, ours: 1m);
        rig.Wait(1);
        Assert.Equal("Place Market #4 1", rig.Take());
        rig.Report(4, ReportKind.Fill, 1m, 99m);
        rig.Wait(60);
        Assert.Equal(("", 1m, StopState.Exiting), (rig.Take(), rig.Held(), rig.State()));
        Coins(rig, there: 1m, ours: 1m);
        Assert.Equal("Place Market #5 1", rig.Take());
        rig.Report(5, ReportKind.Fill, 1m, 99m);
        Assert.Equal((0m, StopState.Closed), (rig.Held(), rig.State()));
    }

    [Fact]
    public void Coins_that_a_stop_of_ours_holds_are_contested_by_nobody()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Coins(rig, there: 2m, ours: 1m);
        rig.NowNs += 5 * Rig.Second;
        Coins(rig, there: 2m, ours: 1m);
        rig.Tick(110m);
        Assert.Equal("Replace #2 by #3 2 @104.5/103.45", rig.Take());
    }

    [Fact]
    public void Pair_whose_stops_the_venue_refuses_takes_no_entry()
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Tick(100m, product: 1);
        Health(rig, HealthFlag.StopsRefused, isBad: true);
        Assert.Equal(RiskVerdict.StopNotPlaceable, rig.Enter(100m, 1m).Verdict);
        Assert.Equal(RiskVerdict.Approved, rig.Enter(100m, 1m, product: 1).Verdict);
        Assert.Single(rig.Journal, change => change.Action == HistoryAction.StopsRefused);
        Health(rig, HealthFlag.StopsRefused, isBad: false);
        Assert.Equal(RiskVerdict.Approved, rig.Enter(100m, 2m).Verdict);
    }

    [Fact]
    public void Stop_does_not_move_while_moving_takes_too_long_and_catches_up_after()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        Health(rig, HealthFlag.StopMovesSlow, isBad: true);
        rig.Tick(115m);
        Assert.Equal("", rig.Take());
        Health(rig, HealthFlag.StopMovesSlow, isBad: false);
        Assert.Equal("", rig.Take());
        rig.Tick(114m);
        Assert.Equal("Replace #2 by #3 1 @109.25/108.15", rig.Take());
    }

    [Fact]
    public void Smallest_move_is_one_percent_until_edits_are_proven()
    {
        Rig rig = new(pair => pair with { MinRatchet = 0.001m });
        Health(rig, HealthFlag.StopEditsUnproven, isBad: true);
        rig.Protected(100m, 1m);
        rig.Tick(101m);
        Assert.Equal("", rig.Take());
        rig.Tick(101.02m);
        Assert.Equal("Replace #2 by #3 1 @95.96/95", rig.Take());
        rig.Report(3, ReportKind.Replaced, related: 2);
        Health(rig, HealthFlag.StopEditsUnproven, isBad: false);
        rig.Tick(101.2m);
        Assert.Equal("Replace #3 by #4 1 @96.14/95.17", rig.Take());
    }

    [Fact]
    public void Stop_moves_no_sooner_than_its_pace_and_then_to_the_newest_level()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Feed(
            rig.New(EventKind.FeedState, 0) with { Health = HealthFlag.StopMovesPaced, Quantity = 2 * Rig.Second });
        rig.Tick(110m);
        Assert.Equal("Replace #2 by #3 1 @104.5/103.45", rig.Take());
        rig.Report(3, ReportKind.Replaced, related: 2);
        rig.Tick(115m);
        rig.Tick(120m);
        rig.Wait(1);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Replace #3 by #4 1 @114/112.86", rig.Take());
    }

    [Fact]
    public void Exit_does_not_wait_for_the_pace_of_moves()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Feed(
            rig.New(EventKind.FeedState, 0) with { Health = HealthFlag.StopMovesPaced, Quantity = 60 * Rig.Second });
        rig.Tick(110m);
        rig.Report(3, ReportKind.Replaced, related: 2);
        rig.Take();
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal("Cancel #3", rig.Take());
    }

    // A position whose stop was refused, so that nothing works.
    private static Rig Naked() => Unprotected(RejectReason.ProductState);

    private static Rig Unprotected(RejectReason reason)
    {
        Rig rig = new(pair => pair with { NakedExitSeconds = 60 });
        rig.Tick(100m);
        long entry = rig.Working(100m, 2m);
        rig.Report(entry, ReportKind.Fill, 2m, 100m);
        rig.Report(2, ReportKind.Rejected, reason: reason);
        rig.Take();
        return rig;
    }

    private static TradingEvent Found(Rig rig, long order, ReportKind kind, int count) =>
        rig.New(EventKind.OrderReport, 0) with
        {
            Report = kind, OrderSequence = order, Side = OrderSide.Buy, OrderType = OrderType.Limit,
            Count = (ushort)count,
        };

    private static void Coins(Rig rig, decimal there, decimal? ours = null) =>
        rig.Feed(rig.New(EventKind.Coins, 0) with
        {
            Quantity = Rig.Units(there), CumulativeQuantity = Rig.Units(ours ?? there),
        });

    private static void Health(Rig rig, HealthFlag flag, bool isBad) =>
        rig.Feed(rig.New(EventKind.FeedState, 0) with { Health = flag, Quantity = isBad ? 1 : 0 });
}
