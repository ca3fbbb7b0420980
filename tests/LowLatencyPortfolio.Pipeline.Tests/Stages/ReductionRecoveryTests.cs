using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>A crash while a part of a position was being sold: what is held is covered again, and nothing sold
/// twice.</summary>
public sealed class ReductionRecoveryTests
{
    [Fact]
    public void Position_whose_stop_was_made_smaller_before_a_crash_is_covered_again()
    {
        Rig rig = new(recovered: Recovered(Stop(5, 1.5m)));
        rig.Wait(1);
        Assert.Equal("Place StopLimit #21 0.5 @95/94.05", rig.Take());
    }

    [Fact]
    public void Sell_of_a_part_that_was_under_way_at_a_crash_is_not_an_exit()
    {
        StoredOrder sale = Stop(6, 0.5m) with
        {
            Type = OrderType.Market, Purpose = OrderPurpose.Reduce, Trigger = 0, Limit = 0,
            State = OrderState.Submitted,
        };
        Rig rig = new(recovered: Recovered(Stop(5, 1.5m), sale));
        Assert.Equal(StopState.Resting, rig.State());
        rig.Wait(1);
        Assert.Equal("", rig.Take());
        rig.Report(6, ReportKind.Fill, 0.5m, 100m);
        rig.Wait(1);
        Assert.Equal(("", 1.5m, StopState.Resting), (rig.Take(), rig.Held(), rig.State()));
    }

    private static StoredOrder Stop(long sequence, decimal quantity) => new()
    {
        Sequence = sequence, Product = 0, Side = OrderSide.Sell, Type = OrderType.StopLimit,
        Purpose = OrderPurpose.Stop, State = OrderState.Working, Limit = Rig.Units(94.05m), Trigger = Rig.Units(95m),
        Quantity = Rig.Units(quantity), PositionId = 1,
    };

    private static StoredPortfolio Recovered(params StoredOrder[] orders)
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(2m, 200m, 2m, 1_699_999_000 * Rig.Second);
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
            Orders = orders,
        };
    }
}
