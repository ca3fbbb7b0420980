using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>A pipeline that takes over what was written down of an engine that was not stopped in order.</summary>
public sealed class RecoveryTests
{
    private const long Earlier = 1_699_999_000 * Rig.Second;

    [Fact]
    public void Recovered_position_and_its_resting_stop_go_on_as_if_nothing_had_happened()
    {
        Rig rig = new(recovered: Portfolio([Position(2m, highest: 100m, trigger: 95m)], Stop(5, 2m, 95m)));
        Assert.Equal((StopState.Resting, 2m), (rig.State(), rig.Held()));
        Assert.Equal(100_000m - 2m, rig.Pipeline.Metrics().Equity);      // bought at 100, fees 2
        rig.Wait(1);
        rig.Tick(110m);
        Assert.Equal("Replace #5 by #21 2 @104.5/103.45", rig.Take());
        rig.Report(21, ReportKind.Replaced, related: 5);
        rig.Report(21, ReportKind.Fill, 2m, 104m);
        Assert.Equal(0m, rig.Held());
        Assert.Equal(100_000m - 2m + 8m, rig.Pipeline.Metrics().Equity);
        Assert.Equal(1, rig.Pipeline.Metrics().ClosedPositions);
    }

    [Fact]
    public void Coins_that_a_start_could_not_explain_refuse_entries_until_the_venue_shows_them()
    {
        Rig rig = new(recovered: Portfolio(
            [Position(2m, highest: 100m, trigger: 95m)], Stop(5, 2m, 95m)) with { CoinsInDoubt = [0] });
        rig.Tick(100m);
        Assert.Equal(RiskVerdict.NotReconciled, rig.Enter(100m, 1m).Verdict);
        rig.Feed(rig.New(EventKind.Coins, 0) with { Quantity = Rig.Units(2m), CumulativeQuantity = Rig.Units(2m) });
        Assert.Equal(RiskVerdict.Approved, rig.Enter(100m, 1.1m).Verdict);
    }

    [Fact]
    public void Recovered_position_of_which_others_hold_a_part_gets_a_stop_for_the_rest()
    {
        Rig rig = new(recovered: Portfolio([Position(2m, highest: 100m, trigger: 95m)]) with
        {
            CoinsInDoubt = [0], ContestedCoins = new Dictionary<int, long> { [0] = Rig.Units(0.5m) },
        });
        rig.Wait(1);
        Assert.Equal("Place StopLimit #21 1.5 @95/94.05", rig.Take());
        rig.Feed(rig.New(EventKind.Coins, 0) with { Quantity = Rig.Units(2m), CumulativeQuantity = Rig.Units(2m) });
        Assert.Equal("Place StopLimit #22 0.5 @95/94.05", rig.Take());
    }

    [Fact]
    public void Recovered_position_without_a_stop_gets_one_at_the_first_timer()
    {
        Rig rig = new(recovered: Portfolio([Position(2m, highest: 100m, trigger: 95m)]));
        Assert.Equal(StopState.Placing, rig.State());
        rig.Wait(1);
        Assert.Equal("Place StopLimit #21 2 @95/94.05", rig.Take());
    }

    [Fact]
    public void Stop_whose_answer_never_came_is_unknown_and_no_second_one_is_sent_until_the_venue_has_spoken()
    {
        Rig rig = new(recovered: Portfolio(
            [Position(2m, highest: 100m, trigger: 95m)], Stop(5, 2m, 95m) with { State = OrderState.Submitted }));
        rig.Wait(1);
        rig.Tick(110m);
        Assert.Equal("", rig.Take());
        rig.Report(5, ReportKind.ProvenAbsent);
        Assert.Equal("Place StopLimit #21 2 @104.5/103.45", rig.Take());
    }

    [Fact]
    public void Buy_beside_a_stop_of_the_last_position_gets_a_stop_at_its_own_trigger()
    {
        Rig rig = new(recovered: Portfolio([], Stop(5, 2m, 95m)));
        rig.Tick(50m);
        long entry = rig.Working(50m, 3m);
        rig.Take();
        rig.Report(entry, ReportKind.Fill, 3m, 50m);
        Assert.Equal("Place StopLimit #22 1 @47.5/47.02", rig.Take());
        rig.Report(22, ReportKind.Ack);
        rig.Report(5, ReportKind.Expired);
        Assert.Equal("Place StopLimit #23 2 @47.5/47.02", rig.Take());
    }

    [Fact]
    public void Fill_that_came_while_nobody_ran_is_booked_by_its_growth()
    {
        StoredOrder entry = Entry(4, 2m, 100m) with { State = OrderState.Working, Cumulative = Rig.Units(0.5m) };
        Rig rig = new(recovered: Portfolio([Position(0.5m, highest: 100m, trigger: 95m)], entry, Stop(5, 0.5m, 95m)));
        rig.Wait(1);
        rig.Report(4, ReportKind.Fill, 2m, 100m, growth: 1.5m);
        Assert.Equal(2m, rig.Held());
        Assert.Equal("Place StopLimit #21 1.5 @95/94.05", rig.Take());
        rig.Report(4, ReportKind.Fill, 2m, 100m);
        Assert.Equal(2m, rig.Held());
    }

    [Fact]
    public void Entry_that_may_have_left_counts_against_the_limits_and_is_never_sent_again()
    {
        StoredOrder entry = Entry(4, 2m, 100m) with { State = OrderState.Intended };
        Rig rig = new(recovered: Portfolio([], entry));
        rig.Tick(100m);
        rig.Durable(4);
        Assert.Equal("", rig.Take());
        Assert.Equal(100_000m - (200m * 1.01m), rig.Pipeline.Metrics().AvailableCapital);
        Assert.NotEqual(RiskVerdict.Approved, rig.Enter(100m, 1m).Verdict);
        rig.Report(4, ReportKind.ProvenAbsent);
        Assert.Equal(100_000m, rig.Pipeline.Metrics().AvailableCapital);
        Assert.Equal(RiskVerdict.Approved, rig.Enter(100m, 1m).Verdict);
    }

    [Fact]
    public void Stop_without_a_position_is_cancelled_and_a_halted_portfolio_stays_halted()
    {
        Rig rig = new(recovered: Portfolio([], Stop(5, 2m, 95m)) with { Mode = TradingMode.Halted });
        rig.Wait(1);
        Assert.Equal("Cancel #5", rig.Take());
        rig.Tick(100m);
        Assert.Equal(RiskVerdict.TradingModeForbids, rig.Enter(100m, 1m).Verdict);
    }

    [Fact]
    public void Price_below_the_watched_trigger_at_the_first_tick_sells_at_the_market()
    {
        Rig rig = new(recovered: Portfolio([Position(2m, highest: 100m, trigger: 95m)]));
        rig.Tick(94m);
        Assert.Equal("Place Market #21 2", rig.Take());
    }

    [Fact]
    public void Market_entry_that_may_have_been_sent_counts_at_the_price_that_a_new_one_would()
    {
        StoredOrder entry = Entry(6, 3m, limit: 0m) with { Type = OrderType.Market, State = OrderState.Submitted };
        Rig rig = new(recovered: Portfolio([Position(2m, highest: 100m, trigger: 95m)], Stop(5, 2m, 95m), entry));
        Assert.Equal(3m * 102m * 1.01m, rig.Pipeline.Metrics().ReservedCapital);
        rig.Report(6, ReportKind.ProvenAbsent);
        Assert.Equal(0m, rig.Pipeline.Metrics().ReservedCapital);
    }

    private static StoredPortfolio Portfolio(IReadOnlyList<StoredPosition> positions, params StoredOrder[] orders) =>
        new()
        {
            BreakerBase = 100_000m, AtNs = Earlier, LastOrderSequence = 20, LastPositionId = 3, Positions = positions,
            Orders = orders,
        };

    private static StoredPosition Position(decimal quantity, decimal highest, decimal trigger)
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(quantity, quantity * 100m, 2m, Earlier);
        return new StoredPosition
        {
            Product = 0, Ledger = ledger, PositionId = 3, Highest = Rig.Units(highest), Trigger = Rig.Units(trigger),
        };
    }

    private static StoredOrder Stop(long sequence, decimal quantity, decimal trigger) => new()
    {
        Sequence = sequence, Product = 0, Side = OrderSide.Sell, Type = OrderType.StopLimit,
        Purpose = OrderPurpose.Stop, State = OrderState.Working, Limit = Rig.Units(trigger * 0.99m),
        Trigger = Rig.Units(trigger), Quantity = Rig.Units(quantity), PositionId = 3,
    };

    private static StoredOrder Entry(long sequence, decimal quantity, decimal limit) => new()
    {
        Sequence = sequence, Product = 0, Side = OrderSide.Buy, Type = OrderType.Limit, Purpose = OrderPurpose.Entry,
        State = OrderState.Working, Limit = Rig.Units(limit), Quantity = Rig.Units(quantity),
    };
}
