namespace LowLatencyPortfolio.Signals.Tests.Correlation;

public sealed class PortfolioRiskTests
{
    private static readonly CorrelationOptions Quick = new() { HalfLifeCloses = 2_000, WarmUpCloses = 20 };

    [Theory]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.99, 2.3263478740408408)]
    public void Value_at_risk_is_the_normal_quantile_of_the_portfolios_volatility(double confidence, double quantile)
    {
        CorrelationEstimator estimator = Fed(6, 2, 0.8, 200);
        double[] values = [1000, 0, 500, 250, 0, 4000];
        PortfolioRisk risk = PortfolioRisk.Measure(estimator, values, confidence, horizonCloses: 9);
        double[] covariance = new double[36];
        estimator.CopyCovariance(covariance);
        double variance = 0;
        for (int i = 0; i < 36; i++)
        {
            variance += values[i / 6] * values[i % 6] * covariance[i];
        }

        Assert.Equal(Math.Sqrt(variance), risk.VolatilityPerClose, 1e-9);
        Assert.Equal(quantile * Math.Sqrt(variance) * 3, risk.ValueAtRisk, 1e-9);
        Assert.Equal(0, risk.UnmeasuredValue);
    }

    [Fact]
    public void Copies_of_one_coin_are_one_bet()
    {
        CorrelationEstimator estimator = new(3, Quick);
        FactorMarket market = new(new Random(1), 1, 1);
        for (int t = 0; t < 100; t++)
        {
            double price = market.Next()[0];
            estimator.Update([price, 7 * price, price / 3]);
        }

        Assert.Equal(1, PortfolioRisk.Measure(estimator, [10, 20, 30], 0.99, 1).EffectiveBets, 1e-9);
    }

    [Fact]
    public void Independent_coins_of_equal_risk_are_as_many_bets()
    {
        CorrelationEstimator estimator = Fed(8, 1, common: 0, closes: 5_000);
        double[] values = [.. Enumerable.Range(0, 8).Select(i => 1 / estimator.Volatility(i))];
        Assert.Equal(8, PortfolioRisk.Measure(estimator, values, 0.99, 1).EffectiveBets, 1.0);
    }

    [Fact]
    public void Equal_risks_at_one_common_correlation_are_n_over_1_plus_n_less_1_rho_bets()
    {
        CorrelationEstimator estimator = Fed(10, 1, common: 0.9, closes: 200);
        double[] values = [.. Enumerable.Range(0, 10).Select(i => 1 / estimator.Volatility(i))];
        double expected = 10 / (1 + (9 * estimator.MeanCorrelation));
        Assert.Equal(expected, PortfolioRisk.Measure(estimator, values, 0.99, 1).EffectiveBets, 1e-9);
    }

    [Fact]
    public void What_is_not_measured_is_told_and_in_no_other_figure()
    {
        CorrelationEstimator estimator = new(2, Quick);
        FactorMarket market = new(new Random(2), 2, 1);
        for (int t = 0; t < 50; t++)
        {
            market.Next();
            estimator.Update([market.Closes[0], double.NaN]);
        }

        PortfolioRisk risk = PortfolioRisk.Measure(estimator, [100, 40], 0.99, 1);
        Assert.Equal(40, risk.UnmeasuredValue);
        Assert.Equal(PortfolioRisk.Measure(estimator, [100, 0], 0.99, 1) with { UnmeasuredValue = 40 }, risk);
        Assert.Equal(default, PortfolioRisk.Measure(estimator, [0, 0], 0.99, 1));
        Assert.False(risk.IsUnknown);
        Assert.True(PortfolioRisk.Measure(estimator, [0, 40], 0.99, 1).IsUnknown);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(0.99, 0)]
    public void Confidence_and_horizon_outside_their_range_are_refused(double confidence, double horizon) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => PortfolioRisk.Measure(new CorrelationEstimator(1, Quick), [1], confidence, horizon));

    [Fact]
    public void Historical_value_at_risk_is_a_loss_that_happened()
    {
        ReturnHistory history = new(2, 100);
        double[] values = [100, 50];
        for (int i = 1; i <= 200; i++)          // the first 100 are forgotten
        {
            double move = i <= 100 ? -0.9 : -0.0001 * (i - 100);
            history.Add([Math.Log(1 + move), Math.Log(1 + (move / 2))]);
        }

        Assert.Equal(100, history.Count);
        Assert.Equal(0.0099 * 125, history.ValueAtRisk(values, 0.99)!.Value, 1e-12);      // one of 100 was worse
        Assert.Equal(0.0095 * 125, history.ValueAtRisk(values, 0.95)!.Value, 1e-12);
    }

    [Fact]
    public void Historical_value_at_risk_needs_a_close_that_exceeds_it()
    {
        ReturnHistory history = new(1, 50);
        for (int i = 0; i < 19; i++)
        {
            history.Add([-0.01]);
        }

        Assert.Null(history.ValueAtRisk([100], 0.95));
        history.Add([-0.01]);
        Assert.NotNull(history.ValueAtRisk([100], 0.95));
        Assert.Null(history.ValueAtRisk([100], 0.99));
    }

    [Fact]
    public void A_restored_history_forgets_in_the_same_order()
    {
        ReturnHistory first = new(1, 20);
        for (int i = 0; i < 33; i++)
        {
            first.Add([-0.001 * ((i * 7) % 20)]);
        }

        byte[] state = new byte[first.StateBytes];
        first.Save(state);
        ReturnHistory second = new(1, 20);
        second.Restore(state);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(first.ValueAtRisk([100], 0.9), second.ValueAtRisk([100], 0.9));
            first.Add([0.001 * i]);
            second.Add([0.001 * i]);
        }

        Assert.Throws<ArgumentException>(() => second.Restore(state.AsSpan(8)));
    }

    private static CorrelationEstimator Fed(int pairs, int factors, double common, int closes)
    {
        FactorMarket market = new(new Random(4), pairs, factors, common);
        CorrelationEstimator estimator = new(pairs, Quick);
        for (int t = 0; t < closes; t++)
        {
            estimator.Update(market.Next());
        }

        return estimator;
    }
}
