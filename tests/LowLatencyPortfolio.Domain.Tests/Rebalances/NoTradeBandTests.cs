namespace LowLatencyPortfolio.Domain.Tests.Rebalances;

public sealed class NoTradeBandTests
{
    private static readonly RebalanceStrategy Strategy =
        new() { RiskAversion = 3m, HorizonDays = 365, SlippageBps = 0m };

    [Theory]
    [InlineData(0.012, 0.8, 0.625)]         // 0.012 ÷ (3 · 0.64)
    [InlineData(0.006, 0.8, 0.3125)]
    [InlineData(0.012, 0.4, 2.5)]
    [InlineData(0, 0.8, 0)]
    [InlineData(0.012, 0.01, 100)]          // never worth it
    public void It_is_cost_over_risk_aversion_variance_and_horizon(
        decimal fee, decimal volatility, decimal expected) =>
        Assert.Equal(expected, NoTradeBand.HalfWidthPct(Strategy, fee, volatility), 7);

    [Fact]
    public void Its_edge_is_where_the_last_unit_saves_what_it_costs()
    {
        RebalanceStrategy strategy = new() { RiskAversion = 5m, HorizonDays = 90, SlippageBps = 20m };
        (double fee, double volatility) = (0.004, 0.9);
        double band = (double)NoTradeBand.HalfWidthPct(strategy, (decimal)fee, (decimal)volatility) / 100;
        double Worth(double drift) => 0.5 * 5 * volatility * volatility * 90 / 365 * drift * drift;
        double Net(double drift, double traded) => Worth(drift) - Worth(drift - traded) - ((fee + 0.002) * traded);
        double drift = band + 0.01;
        IEnumerable<double> trades = Enumerable.Range(0, 2_001).Select(step => step * drift / 2_000);
        double best = trades.MaxBy(traded => Net(drift, traded));
        Assert.Equal(0.01, best, 2 * drift / 2_000);
        Assert.True(Net(drift, drift) < Net(drift, 0.01), "trading on to the target would be better");
        Assert.True(Net(band, 0.0001) <= 0, "inside the band a trade would pay");
    }

    [Fact]
    public void Without_any_variance_nothing_is_worth_trading() =>
        Assert.Equal(100m, NoTradeBand.HalfWidthPct(Strategy, 0.001m, 0));
}
