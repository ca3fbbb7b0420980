using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>A pipeline that takes over a portfolio in <c>ReduceOnly</c> or <c>Halted</c> does as one that got there
/// while running.</summary>
public sealed class ModeRecoveryTests
{
    private const long Earlier = 1_699_999_000 * Rig.Second;

    [Theory]
    [InlineData(TradingMode.ReduceOnly)]
    [InlineData(TradingMode.Halted)]
    public void Entry_that_works_is_cancelled_at_the_first_timer(TradingMode mode)
    {
        Rig rig = Recovered(mode, Stop(5), Entry(6));
        rig.Wait(1);
        Assert.Equal("Cancel #6", rig.Take());
        rig.Report(6, ReportKind.Cancelled);
        rig.Wait(20);
        Assert.Equal("", rig.Take());
    }

    [Theory]
    [InlineData(TradingMode.ReduceOnly)]
    [InlineData(TradingMode.Halted)]
    public void Entry_in_doubt_is_cancelled_when_it_is_found_to_work(TradingMode mode)
    {
        Rig rig = Recovered(mode, Stop(5), Entry(6) with { State = OrderState.Submitted });
        rig.Wait(1);
        Assert.Equal("", rig.Take());
        rig.Report(6, ReportKind.Ack);
        Assert.Equal("Cancel #6", rig.Take());
    }

    [Fact]
    public void Entry_of_a_portfolio_that_trades_works_on()
    {
        Rig rig = Recovered(TradingMode.Trading, Stop(5), Entry(6));
        rig.Wait(20);
        Assert.Equal("", rig.Take());
    }

    [Fact]
    public void Halted_it_neither_moves_a_stop_nor_asks_for_it_until_it_is_resumed()
    {
        Rig rig = Recovered(TradingMode.Halted, Stop(5));
        rig.Wait(1);
        rig.Tick(115m);
        rig.Wait(20);
        Assert.Empty(rig.Decided);
        Assert.DoesNotContain(rig.Journal, change => change.Action == HistoryAction.RiskRejected);
        rig.Control(ControlAction.Resume);
        Assert.Equal("Replace #5 by #21 2 @109.25/108.15", rig.Take());
    }

    [Fact]
    public void Halted_it_still_places_a_stop_that_is_missing()
    {
        Rig rig = Recovered(TradingMode.Halted);
        rig.Wait(1);
        Assert.Equal("Place StopLimit #21 2 @95/94.05", rig.Take());
    }

    [Fact]
    public void Reducing_it_moves_stops_on()
    {
        Rig rig = Recovered(TradingMode.ReduceOnly, Stop(5));
        rig.Wait(1);
        rig.Tick(110m);
        Assert.Equal("Replace #5 by #21 2 @104.5/103.45", rig.Take());
    }

    [Fact]
    public void Halted_by_a_person_or_a_fault_the_loss_limit_still_sells_everything()
    {
        Rig rig = Recovered(TradingMode.Halted, Stop(5));
        rig.Wait(1);
        rig.Tick(89m);
        Assert.Equal(1, rig.Pipeline.Counters.BreakerTrips);
        rig.Take();
        rig.Report(5, ReportKind.Cancelled);
        Assert.Equal("Place Market #21 2", rig.Take());
    }

    [Fact]
    public void Halted_by_the_loss_limit_it_does_not_fire_again_until_it_is_resumed()
    {
        Rig rig = Recovered(TradingMode.Halted, hasTripped: true, Stop(5));
        rig.Wait(1);
        rig.Tick(96m);
        Assert.Equal((0, ""), (rig.Pipeline.Counters.BreakerTrips, rig.Take()));
        rig.Control(ControlAction.ResumeRebased);
        Assert.Equal(TradingMode.Trading, rig.Mode);
        rig.Tick(89m);
        Assert.Equal(1, rig.Pipeline.Counters.BreakerTrips);
    }

    private static Rig Recovered(TradingMode mode, params StoredOrder[] orders) =>
        Recovered(mode, hasTripped: false, orders);

    // 2 bought at 100 of a portfolio whose loss limit lies 8 below the price.
    private static Rig Recovered(TradingMode mode, bool hasTripped, params StoredOrder[] orders)
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(2m, 200m, 2m, Earlier);
        StoredPosition position = new()
        {
            Product = 0, Ledger = ledger, PositionId = 3, Highest = Rig.Units(100m), Trigger = Rig.Units(95m),
        };
        return new Rig(
            portfolio: config => config with { EmergencyLiquidationLossPct = hasTripped ? -0.008m : -0.02m },
            recovered: new StoredPortfolio
            {
                Mode = mode, HasTripped = hasTripped, BreakerBase = 100_000m, AtNs = Earlier, LastOrderSequence = 20,
                LastPositionId = 3, Positions = [position], Orders = orders,
            });
    }

    private static StoredOrder Stop(long sequence) => new()
    {
        Sequence = sequence, Product = 0, Side = OrderSide.Sell, Type = OrderType.StopLimit,
        Purpose = OrderPurpose.Stop, State = OrderState.Working, Limit = Rig.Units(94.05m),
        Trigger = Rig.Units(95m), Quantity = Rig.Units(2m), PositionId = 3,
    };

    private static StoredOrder Entry(long sequence) => new()
    {
        Sequence = sequence, Product = 0, Side = OrderSide.Buy, Type = OrderType.Limit, Purpose = OrderPurpose.Entry,
        State = OrderState.Working, Limit = Rig.Units(99m), Quantity = Rig.Units(1m),
    };
}
