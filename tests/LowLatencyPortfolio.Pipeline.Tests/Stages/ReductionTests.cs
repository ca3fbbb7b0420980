using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>A part of a position is sold: the stop is made smaller first, and grows again when nothing comes of
/// it.</summary>
public sealed class ReductionTests
{
    [Fact]
    public void Stop_is_made_smaller_first_and_the_part_is_sold_when_the_smaller_one_rests()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Assert.Equal(RiskVerdict.Approved, Reduce(rig, 0.5m).Verdict);
        Assert.Equal("Replace #2 by #3 1.5 @95/94.05", rig.Take());
        rig.Report(3, ReportKind.Replaced, related: 2);
        Assert.Equal("Place Market #4 0.5", rig.Take());
        rig.Report(4, ReportKind.Ack);
        rig.Report(4, ReportKind.Fill, 0.5m, 101m);
        Assert.Equal(("", 1.5m, StopState.Resting), (rig.Take(), rig.Held(), rig.State()));
        Assert.Equal(
            [HistoryAction.RebalanceStarted, HistoryAction.StopReplaced, HistoryAction.RebalanceSelling,
                HistoryAction.ExitFilled],
            Rows(rig));
        Assert.Equal(0.5m, rig.Pipeline.Metrics().RealizedPnl);     // bought at 100, the half of one sold at 101
        Assert.Equal(150m, rig.Pipeline.Metrics().DeployedCapital);
        Assert.Equal(0, rig.Pipeline.Metrics().ClosedPositions);
    }

    // Count 0 and 1: a control of a version that did not say which way a sell goes.
    [Theory]
    [InlineData(OrderSide.Sell, 0, RebalanceKind.Decrease)]
    [InlineData(OrderSide.Sell, 1, RebalanceKind.Decrease)]
    [InlineData(OrderSide.Sell, 2, RebalanceKind.Decrease)]
    [InlineData(OrderSide.Sell, 3, RebalanceKind.ReduceToLimit)]
    [InlineData(OrderSide.Buy, 0, RebalanceKind.Increase)]
    [InlineData(OrderSide.Buy, 1, RebalanceKind.Increase)]
    public void History_says_which_way_it_goes_and_a_price_only_of_what_has_one(
        OrderSide side, int count, RebalanceKind said)
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        rig.Feed(rig.New(EventKind.Control, 0) with
        {
            Action = ControlAction.Rebalance, Side = side, Quantity = Rig.Units(0.5m), Count = (ushort)count,
            OrderType = OrderType.Limit, Price = side == OrderSide.Buy ? Rig.Units(99m) : 0,
        });
        StateChange row = Assert.Single(rig.Journal, change => change.Action == HistoryAction.RebalanceStarted);
        Assert.Equal(
            (said, side == OrderSide.Buy ? Rig.Units(99m) : 0L, Rig.Units(0.5m)),
            (row.Rebalance, row.Price, row.Quantity));
    }

    [Fact]
    public void Rest_is_ratcheted_and_stopped_out_as_any_position()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Reduce(rig, 0.5m);
        rig.Report(3, ReportKind.Replaced, related: 2);
        rig.Report(4, ReportKind.Fill, 0.5m, 101m);
        rig.Take();
        rig.Tick(110m);
        Assert.Equal("Replace #3 by #5 1.5 @104.5/103.45", rig.Take());
        rig.Report(5, ReportKind.Replaced, related: 3);
        rig.Report(5, ReportKind.Triggered);
        rig.Report(5, ReportKind.Fill, 1.5m, 104m);
        Assert.Equal((0m, 1L), (rig.Held(), rig.Pipeline.Metrics().ClosedPositions));
    }

    [Fact]
    public void Stop_does_not_ratchet_between_the_smaller_stop_and_the_end_of_the_sell()
    {
        Rig rig = Selling();
        rig.Tick(120m);
        Assert.Equal("", rig.Take());
        rig.Report(4, ReportKind.Fill, 0.5m, 120m);
        Assert.Equal("Replace #3 by #5 1.5 @114/112.86", rig.Take());
    }

    [Fact]
    public void Stop_that_triggers_before_the_sell_ends_the_reduction()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Reduce(rig, 0.5m);
        rig.Take();
        rig.Report(2, ReportKind.Triggered);
        rig.Report(2, ReportKind.CancelRejected);
        rig.Report(3, ReportKind.Rejected);
        Assert.Equal("", rig.Take());
        rig.Report(2, ReportKind.Fill, 2m, 94.5m);
        Assert.Equal(("", 0m), (rig.Take(), rig.Held()));
        Assert.Contains(HistoryAction.RebalanceEnded, Rows(rig));
    }

    [Fact]
    public void Stop_that_triggers_while_the_part_is_being_sold_sells_the_rest_and_nothing_twice()
    {
        Rig rig = Selling();
        rig.Tick(94.9m);
        rig.Report(3, ReportKind.Triggered);
        rig.Report(3, ReportKind.Fill, 1.5m, 94.5m);
        Assert.Equal(("", 0.5m), (rig.Take(), rig.Held()));
        rig.Report(4, ReportKind.Fill, 0.2m, 94.5m);
        rig.Report(4, ReportKind.Cancelled, 0.2m);
        Assert.Equal("Place Market #5 0.3", rig.Take());        // what neither has sold
        rig.Report(5, ReportKind.Fill, 0.3m, 94.4m);
        Assert.Equal((0m, StopState.Closed), (rig.Held(), rig.State()));
    }

    [Fact]
    public void Liquidation_while_the_part_is_being_sold_waits_for_the_end_of_that_sell()
    {
        Rig rig = Selling();
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal("Cancel #3", rig.Take());
        rig.Report(3, ReportKind.Cancelled);
        Assert.Equal("", rig.Take());
        rig.Report(4, ReportKind.Fill, 0.5m, 100m);
        Assert.Equal("Place Market #5 1.5", rig.Take());
    }

    [Fact]
    public void Lost_answer_of_the_smaller_stop_ends_the_reduction_and_a_second_stop_covers_the_part_again()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Reduce(rig, 0.5m);
        rig.Take();
        rig.Report(3, ReportKind.Unknown);
        rig.Wait(2);
        Assert.Equal("", rig.Take());                           // nobody knows what rests
        Assert.Contains(HistoryAction.RebalanceEnded, Rows(rig));
        rig.Report(3, ReportKind.Replaced, related: 2);
        Assert.Equal("Place StopLimit #4 0.5 @95/94.05", rig.Take());
    }

    [Fact]
    public void Lost_answer_of_the_sell_is_waited_for_because_the_part_may_be_sold()
    {
        Rig rig = Selling();
        rig.Report(4, ReportKind.Unknown);
        rig.Wait(5);
        Assert.Equal(RiskVerdict.ReductionNotPossible, Reduce(rig, 0.1m).Verdict);
        Assert.Equal("", rig.Take());
        rig.Report(4, ReportKind.ProvenAbsent);
        Assert.Equal("Place StopLimit #5 0.5 @95/94.05", rig.Take());
    }

    [Fact]
    public void Lost_answer_of_a_sell_that_was_carried_out_asks_for_nothing()
    {
        Rig rig = Selling();
        rig.Report(4, ReportKind.Unknown);
        rig.Report(4, ReportKind.Fill, 0.5m, 100m);
        rig.Wait(2);
        Assert.Equal(("", 1.5m), (rig.Take(), rig.Held()));
    }

    [Fact]
    public void Sell_that_does_not_end_is_told_and_cancelled_and_its_part_is_covered_again()
    {
        Rig rig = Selling(sellsAtOnce: true);
        rig.Wait(2);
        Assert.Equal(("", 1L), (rig.Take(), rig.Pipeline.Counters.NakedAlarms));
        rig.Wait(3);
        Assert.Equal("Cancel #4", rig.Take());
        rig.Report(4, ReportKind.CancelRejected);
        rig.Wait(4);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal("Cancel #4", rig.Take());
        rig.Wait(20);
        Assert.Equal(("", StopState.Resting), (rig.Take(), rig.State()));       // the rest keeps its stop
        rig.Report(4, ReportKind.Cancelled, 0.2m, 100m);
        Assert.Equal("Place StopLimit #5 0.3 @95/94.05", rig.Take());
        rig.Report(5, ReportKind.Ack);
        rig.Wait(60);
        Assert.Equal(("", 1L, 1.8m), (rig.Take(), rig.Pipeline.Counters.NakedAlarms, rig.Held()));
    }

    [Fact]
    public void Liquidation_does_not_wait_for_ever_for_the_end_of_a_part_s_sell()
    {
        Rig rig = Selling(sellsAtOnce: true);
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Report(3, ReportKind.Cancelled);
        rig.Take();
        rig.Wait(5);
        Assert.Equal("Cancel #4", rig.Take());
        rig.Report(4, ReportKind.Cancelled);
        Assert.Equal("Place Market #5 2", rig.Take());
    }

    [Fact]
    public void Sell_at_a_venue_that_waits_for_the_next_trade_has_no_deadline()
    {
        Rig rig = Selling();
        rig.Wait(60);
        Assert.Equal(("", 0L), (rig.Take(), rig.Pipeline.Counters.NakedAlarms));
    }

    [Fact]
    public void Part_that_was_not_sold_is_covered_again()
    {
        Rig rig = Selling();
        rig.Report(4, ReportKind.Fill, 0.3m, 100m);
        rig.Report(4, ReportKind.Cancelled, 0.3m);
        Assert.Equal("Place StopLimit #5 0.2 @95/94.05", rig.Take());
    }

    [Fact]
    public void Fill_that_comes_after_the_end_of_the_sell_makes_the_stops_smaller_again()
    {
        Rig rig = Selling();
        rig.Report(4, ReportKind.Cancelled);
        Assert.Equal("Place StopLimit #5 0.5 @95/94.05", rig.Take());
        rig.Report(5, ReportKind.Ack);
        rig.Report(4, ReportKind.Fill, 0.5m, 100m);
        Assert.Equal("Cancel #3; Replace #5 by #6 1.5 @95/94.05", rig.Take());
    }

    [Fact]
    public void Refused_sell_is_not_tried_again_and_its_part_is_covered()
    {
        Rig rig = Selling();
        rig.Report(4, ReportKind.Rejected, reason: RejectReason.ProductState);
        Assert.Equal("Place StopLimit #5 0.5 @95/94.05", rig.Take());
        Assert.Equal(StopState.Resting, rig.State());
    }

    [Fact]
    public void Entry_that_comes_in_between_keeps_the_part_from_being_sold()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Reduce(rig, 0.5m);
        rig.Enter(99m, 1m);
        rig.Take();
        TradingEvent replaced = rig.Report(3, ReportKind.Replaced, related: 2);
        Assert.Equal((DecisionKind.SellPart, RiskVerdict.CrossesOwnOrder), (replaced.Decision, replaced.Verdict));
        Assert.Equal("Place StopLimit #5 0.5 @95/94.05", rig.Take());
        Assert.Contains(HistoryAction.RebalanceEnded, Rows(rig));
    }

    [Fact]
    public void Entry_that_comes_while_the_part_is_being_sold_is_refused()
    {
        Rig rig = Selling();
        Assert.Equal(RiskVerdict.CrossesOwnOrder, rig.Enter(99m, 1m).Verdict);
    }

    [Fact]
    public void Halt_in_between_keeps_the_part_from_being_sold()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Reduce(rig, 0.5m);
        rig.Control(ControlAction.Halt);
        rig.Take();
        rig.Report(3, ReportKind.Replaced, related: 2);
        Assert.Equal("Place StopLimit #4 0.5 @95/94.05", rig.Take());
    }

    [Theory]
    [InlineData(1.995)]     // the rest would be below the minimum
    [InlineData(0.005)]     // the part would be
    [InlineData(2.5)]       // more than is held
    [InlineData(0)]
    [InlineData(-1)]
    public void Part_or_rest_that_is_too_small_is_refused(double part)
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Assert.Equal(RiskVerdict.ReductionNotPossible, Reduce(rig, (decimal)part).Verdict);
        Assert.Equal("", rig.Take());
        Assert.Equal([HistoryAction.RebalanceRefused], Rows(rig));
    }

    [Fact]
    public void Part_is_rounded_down_to_the_increment()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        Reduce(rig, 0.5009m);
        Assert.Equal("Replace #2 by #3 1.5 @95/94.05", rig.Take());
    }

    [Fact]
    public void Nothing_is_reduced_while_a_stop_moves_an_entry_works_an_exit_runs_or_an_earlier_part_is_sold()
    {
        Rig flat = new();
        flat.Tick(100m);
        Assert.Equal(RiskVerdict.ReductionNotPossible, Reduce(flat, 1m).Verdict);

        Rig moving = new();
        moving.Protected(100m, 2m);
        moving.Tick(110m);
        Assert.Equal(RiskVerdict.ReductionNotPossible, Reduce(moving, 0.5m).Verdict);

        Rig buying = new();
        buying.Protected(100m, 2m);
        buying.Working(99m, 1m);
        Assert.Equal(RiskVerdict.ReductionNotPossible, Reduce(buying, 0.5m).Verdict);

        Rig exiting = new();
        exiting.Protected(100m, 2m);
        exiting.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        Assert.Equal(RiskVerdict.ReductionNotPossible, Reduce(exiting, 0.5m).Verdict);

        Rig selling = Selling();
        Assert.Equal(RiskVerdict.ReductionNotPossible, Reduce(selling, 0.5m).Verdict);
        Assert.Equal("", selling.Take());
    }

    [Fact]
    public void Gate_refuses_what_the_ratchet_would_do_when_the_price_is_old_and_the_stop_stays_as_it_is()
    {
        Rig rig = new(pair => pair with { MaxPriceAgeSeconds = 5 });
        rig.Protected(100m, 2m);
        rig.Wait(6);
        Assert.Equal(RiskVerdict.PriceStale, Reduce(rig, 0.5m).Verdict);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        rig.Tick(110m);
        Assert.Equal("Replace #2 by #3 2 @104.5/103.45", rig.Take());
    }

    [Fact]
    public void Reduce_only_mode_lets_positions_be_reduced_and_not_increased()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        rig.Control(ControlAction.ReduceOnly);
        Assert.Equal(RiskVerdict.TradingModeForbids, Increase(rig, 1m).Verdict);
        Assert.Equal(RiskVerdict.Approved, Reduce(rig, 0.5m).Verdict);
    }

    [Fact]
    public void Increase_goes_through_the_gate_as_any_entry_and_gets_a_stop_of_its_own()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        TradingEvent asked = Increase(rig, 1m);
        Assert.Equal(RiskVerdict.Approved, asked.Verdict);
        Assert.Equal("", rig.Take());                           // not before its intent is durable
        rig.Durable(asked.Approved.Sequence);
        Assert.Equal("Place Limit #3 1 @99", rig.Take());
        rig.Report(3, ReportKind.Ack);
        rig.Report(3, ReportKind.Fill, 1m, 99m);
        Assert.Equal(("Place StopLimit #4 1 @95/94.05", 3m), (rig.Take(), rig.Held()));
        Assert.Contains(HistoryAction.RebalanceStarted, Rows(rig));
    }

    [Fact]
    public void Increase_beyond_a_limit_is_refused_and_said()
    {
        Rig rig = new(portfolio: limits => limits with { MaxPositionSizePct = 1m });
        rig.Protected(100m, 9m);
        Assert.Equal(RiskVerdict.PositionSizeAboveLimit, Increase(rig, 2m).Verdict);
        Assert.Contains(HistoryAction.RebalanceRefused, Rows(rig));
    }

    // 2 held, the stop made smaller to 1.5, the market sell #4 of 0.5 sent and acknowledged.
    private static Rig Selling(bool sellsAtOnce = false)
    {
        Rig rig = new();
        rig.Feed(rig.New(EventKind.FeedState, 0) with
        {
            Health = HealthFlag.SellsAtOnce, Quantity = sellsAtOnce ? 1 : 0,
        });
        rig.Protected(100m, 2m);
        Reduce(rig, 0.5m);
        rig.Report(3, ReportKind.Replaced, related: 2);
        rig.Report(4, ReportKind.Ack);
        rig.Take();
        return rig;
    }

    private static TradingEvent Reduce(Rig rig, decimal quantity) => rig.Feed(
        rig.New(EventKind.Control, 0) with
        {
            Action = ControlAction.Rebalance, Side = OrderSide.Sell, Quantity = Rig.Units(quantity),
        });

    private static TradingEvent Increase(Rig rig, decimal quantity) => rig.Feed(
        rig.New(EventKind.Control, 0) with
        {
            Action = ControlAction.Rebalance, Side = OrderSide.Buy, OrderType = OrderType.Limit,
            Price = Rig.Units(99m), Quantity = Rig.Units(quantity),
        });

    // What history says since the position's first stop was placed.
    private static HistoryAction[] Rows(Rig rig) => [.. rig.Journal
        .Where(change => change.Kind == StateChangeKind.History)
        .Select(change => change.Action)
        .SkipWhile(action => action != HistoryAction.StopPlaced)
        .Skip(1)];
}
