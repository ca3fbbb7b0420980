namespace LowLatencyPortfolio.Domain.Tests.Portfolio;

public sealed class PortfolioAllocationTests
{
    [Fact]
    public void The_meter_sees_one_small_object()
    {
        object kept = string.Empty;
        Assert.True(Garbage.Of(() => kept = new object()) > 0);
        Assert.NotNull(kept);
        Assert.Equal(0, Garbage.Of(static () => { }));
    }

    [Fact]
    public void Fills_marks_limits_and_reviews_by_index_allocate_nothing()
    {
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), "A-USD", "B-USD", "C-USD");
        TrailingStop stop = new(0.02m, 0.02m, 0.005m, 1_000_000);
        decimal total = Round(manager, stop);
        Assert.Equal(0, Garbage.Of(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                total += Round(manager, stop);
            }
        }));
        Assert.True(total > 0m);
    }

    private static decimal Round(PortfolioManager manager, TrailingStop stop)
    {
        decimal sum = 0m;
        for (int pair = 0; pair < manager.PairCount; pair++)
        {
            manager.ApplyFill(pair, OrderSide.Buy, 2m, 200m, 1m, 1);
            manager.SetMark(pair, 101m);
            manager.SetWorkingBuys(pair, 50m, 51m, quantity: 0.5m);
            manager.SetGroup(pair, null);
            manager.ApplyFill(pair, OrderSide.Sell, 1m, 101m, 1m, 2);
            EntryFacts entry = new() { Reconciled = true, Quantity = manager.Ledger(pair).EntryPrice };
            ExitFacts exit = new() { OrderBudget = true };
            long trigger = stop.TriggerFor(10_100_000_000);
            sum += manager.Exposure(pair) + manager.GroupExposure(pair) + manager.TopExposure(2, pair, 10m)
                + manager.PositionCount + manager.Cash + manager.Available + manager.Fees
                + (manager.HasExposure(pair) ? 1m : 0m) + (byte)RiskGate.ReviewEntry(in entry)
                + (byte)RiskGate.ReviewAgain(in entry) + (byte)RiskGate.ReviewExit(in exit)
                + stop.LimitFor(trigger) + (stop.Moves(10_200_000_000, trigger) ? 1m : 0m) + stop.WakeAbove(trigger);
        }

        return sum;
    }
}
