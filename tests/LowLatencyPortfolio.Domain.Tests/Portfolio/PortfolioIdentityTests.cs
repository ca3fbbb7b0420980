namespace LowLatencyPortfolio.Domain.Tests.Portfolio;

public sealed class PortfolioIdentityTests
{
    private const int Pairs = 7;

    [Fact]
    public void The_identities_hold_to_the_last_digit_after_every_fill()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        string[] products = [.. Enumerable.Range(0, Pairs).Select(i => $"C{i}-USD")];
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), products);
        decimal cash = manager.Config.TotalCapital;
        decimal fees = 0m;
        for (int i = 0; i < 50_000; i++)
        {
            int pair = random.Next(Pairs);
            decimal price = random.NextInt64(1, 10_000_000_000_000) / 100_000_000m;
            decimal fee = random.NextInt64(-100, 1_000_000_000) / 100_000_000m;
            decimal held = manager.Ledger(pair).Quantity;
            decimal quantity = random.NextInt64(1, 1_000_000_000) / 100_000_000m;
            OrderSide side = held == 0m || random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            if (side == OrderSide.Sell && (quantity > held || random.Next(3) == 0))
            {
                quantity = held;
            }

            decimal value = quantity * price;
            manager.ApplyFill(pair, side, quantity, value, fee, i);
            manager.SetMark(random.Next(Pairs), random.NextInt64(1, 10_000_000_000_000) / 100_000_000m);
            manager.SetWorkingBuys(pair, value, value * 1.012m, quantity);
            cash += (side == OrderSide.Sell ? value : -value) - fee;
            fees += fee;
            AssertIdentities(manager, cash, fees, $"{seed}; fill {i}");
        }
    }

    private static void AssertIdentities(PortfolioManager manager, decimal cash, decimal fees, string at)
    {
        decimal marketValue = 0m;
        decimal cost = 0m;
        for (int pair = 0; pair < Pairs; pair++)
        {
            marketValue += manager.Ledger(pair).Quantity * manager.Mark(pair);
            cost += manager.Ledger(pair).Cost;
        }

        PortfolioMetrics metrics = manager.GetPortfolioMetrics();
        Assert.True(manager.Cash == cash, at);
        Assert.True(metrics.Equity == cash + marketValue, at);
        Assert.True(metrics.Fees == fees, at);
        Assert.True(metrics.DeployedCapital == cost, at);
        Assert.True(metrics.UnrealizedPnl == marketValue - cost, at);
        Assert.True(metrics.TotalPnl == metrics.Equity - metrics.TotalCapital, at);
        Assert.True(metrics.TotalPnl == metrics.RealizedPnl + metrics.UnrealizedPnl, at);
        Assert.True(metrics.AvailableCapital == cash - metrics.ReservedCapital, at);
    }
}
