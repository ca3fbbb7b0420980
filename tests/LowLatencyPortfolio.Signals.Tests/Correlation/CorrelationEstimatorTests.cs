using MathNet.Numerics.LinearAlgebra;

namespace LowLatencyPortfolio.Signals.Tests.Correlation;

public sealed class CorrelationEstimatorTests
{
    private static readonly CorrelationOptions Quick =
        new() { HalfLifeCloses = 40, WarmUpCloses = 20, MaxGapCloses = 3 };

    [Theory]
    [InlineData(3, 60, 0.0)]
    [InlineData(5, 150, 0.1)]
    [InlineData(11, 200, 0.4)]     // many gaps, some too long, some pairs not warmed up at times
    public void Equals_an_independent_slow_computation_to_1e_10(int pairs, int closes, double absent)
    {
        Seed seed = Seed.Take();
        FactorMarket market = new(seed.Random(), pairs, 2, absent: absent);
        CorrelationEstimator estimator = new(pairs, Quick);
        List<double[]> seen = [];
        for (int t = 0; t < closes; t++)
        {
            seen.Add([.. market.Next()]);
            estimator.Update(market.Closes);
            if (t > 40 && t % 16 == 0)
            {
                AssertEqual(new SlowCorrelation(seen, Quick), estimator, seed);
            }
        }

        AssertEqual(new SlowCorrelation(seen, Quick), estimator, seed);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.6)]
    public void Is_positive_semi_definite_with_more_pairs_than_closes_and_with_gaps(double absent)
    {
        Seed seed = Seed.Take();
        FactorMarket market = new(seed.Random(), 60, 1, common: 0.97, absent: absent);
        CorrelationOptions options = new() { HalfLifeCloses = 10, WarmUpCloses = 2, MaxGapCloses = 4 };
        CorrelationEstimator estimator = new(60, options);
        double largest = 0;
        for (int t = 0; t < 80; t++)
        {
            estimator.Update(market.Next());
            Matrix<double> matrix = Matrix<double>.Build.Dense(60, 60, (i, j) => estimator.Correlation(i, j));
            double least = matrix.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real);
            largest = Math.Max(largest, Enumerable.Range(1, 59).Max(pair => estimator.Correlation(0, pair)));
            Assert.True(least > -1e-12, $"close {t}: least eigenvalue {least}; {seed}");
        }

        Assert.True(largest > 0.05, $"nothing was measured; {seed}");
    }

    [Fact]
    public void Two_pairs_are_not_shrunk_because_their_mean_is_their_correlation()
    {
        CorrelationEstimator estimator = Fed(new Seed(5), pairs: 2, factors: 1, common: 0.9, closes: 50, halfLife: 20);
        Assert.Equal(0, estimator.ShrinkageIntensity);
        Assert.Equal(estimator.MeanCorrelation, estimator.Correlation(0, 1), 1e-14);
    }

    [Fact]
    public void Shrinks_noise_fully_to_its_mean_and_a_long_clear_history_hardly()
    {
        Seed seed = new(20231125);      // thresholds of chance: always the same draw
        CorrelationEstimator noise = Fed(seed, pairs: 30, factors: 1, common: 0.7, closes: 40, halfLife: 20);
        CorrelationEstimator clear = Fed(seed, pairs: 30, factors: 2, common: 0.9, closes: 4_000, halfLife: 2_000);
        Assert.True(noise.ShrinkageIntensity > 0.5, $"{noise.ShrinkageIntensity}; {seed}");
        Assert.True(clear.ShrinkageIntensity < 0.1, $"{clear.ShrinkageIntensity}; {seed}");
    }

    [Fact]
    public void Finds_the_correlation_that_the_market_was_made_with()
    {
        Seed seed = new(20231125);      // thresholds of chance: always the same draw
        CorrelationEstimator estimator = Fed(seed, pairs: 8, factors: 2, common: 0.9, closes: 6_000, halfLife: 3_000);
        Assert.Equal(0.81, estimator.Correlation(0, 2), 0.05);
        Assert.Equal(0.81, estimator.Correlation(7, 1), 0.05);
        Assert.Equal(0, estimator.Correlation(0, 1), 0.09);
        Assert.Equal(0.001, estimator.Volatility(0), 0.0001);
        Assert.Equal(0.0017, estimator.Volatility(7), 0.00017);
    }

    [Fact]
    public void An_absent_candle_is_a_return_of_zero_and_the_next_spans_the_gap()
    {
        CorrelationEstimator estimator = new(1, Quick);
        estimator.Update([100]);
        estimator.Update([double.NaN]);
        Assert.Equal(0, estimator.LastReturns[0]);
        estimator.Update([0]);
        estimator.Update([110]);
        Assert.Equal(Math.Log(1.1), estimator.LastReturns[0], 1e-15);
    }

    [Fact]
    public void A_return_over_too_long_a_gap_is_dropped()
    {
        CorrelationEstimator estimator = new(1, Quick);
        estimator.Update([100]);
        for (int i = 0; i < Quick.MaxGapCloses + 1; i++)
        {
            estimator.Update([double.NaN]);
        }

        estimator.Update([150]);
        Assert.Equal(0, estimator.LastReturns[0]);
        estimator.Update([165]);
        Assert.Equal(Math.Log(1.1), estimator.LastReturns[0], 1e-15);
    }

    [Theory]
    [InlineData(2, 1, true)]
    [InlineData(3, 0, true)]
    [InlineData(3, 1, false)]
    [InlineData(1_000_000, 0, false)]
    public void Closes_that_nobody_saw_are_absent_candles_that_weigh_nothing(int skipped, int absent, bool counts)
    {
        CorrelationEstimator estimator = new(1, Quick);
        estimator.Update([100]);
        for (int i = 0; i < absent; i++)
        {
            estimator.Update([double.NaN]);
        }

        double effective = estimator.EffectiveCloses;
        estimator.Skip(skipped);
        Assert.Equal((1L + absent, effective), (estimator.Closes, estimator.EffectiveCloses));
        estimator.Update([150]);
        Assert.Equal(counts ? Math.Log(1.5) : 0, estimator.LastReturns[0], 1e-15);
        estimator.Update([165]);
        Assert.Equal(Math.Log(1.1), estimator.LastReturns[0], 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Skip(-1));
    }

    [Fact]
    public void A_pair_that_is_not_warmed_up_or_never_moves_correlates_with_nobody()
    {
        FactorMarket market = new(new Random(1), 4, 1);
        CorrelationEstimator estimator = new(4, Quick);
        for (int t = 0; t < 60; t++)
        {
            market.Next();
            market.Closes[2] = 1;
            market.Closes[3] = t < 45 ? double.NaN : market.Closes[3];
            estimator.Update(market.Closes);
        }

        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(estimator.IsMeasured));
        Assert.True(estimator.Correlation(0, 1) > 0.2);
        Assert.Equal(0, estimator.Correlation(0, 2));
        Assert.Equal(0, estimator.Correlation(3, 1));
        Assert.Equal(1, estimator.Correlation(3, 3));
    }

    [Fact]
    public void A_young_pair_has_its_own_volatility_at_once()
    {
        CorrelationEstimator estimator = new(2, Quick);
        double price = 100;
        for (int t = 0; t < 100; t++)
        {
            price *= t % 2 == 0 ? 1.01 : 1 / 1.01;
            estimator.Update([price, t < 90 ? double.NaN : price]);
        }

        Assert.Equal(Math.Log(1.01), estimator.Volatility(0), 1e-3);
        Assert.Equal(Math.Log(1.01), estimator.Volatility(1), 1e-3);
    }

    [Fact]
    public void A_restored_estimator_goes_on_with_the_same_bits()
    {
        FactorMarket market = new(new Random(7), 9, 2, absent: 0.2);
        CorrelationEstimator first = new(9, Quick);
        for (int t = 0; t < 77; t++)
        {
            first.Update(market.Next());
        }

        byte[] state = new byte[first.StateBytes];
        first.Save(state);
        CorrelationEstimator second = new(9, Quick);
        second.Restore(state);
        Assert.Equal(first.Correlations.ToArray(), second.Correlations.ToArray());
        for (int t = 0; t < 30; t++)
        {
            first.Update(market.Next());
            second.Update(market.Closes);
            Assert.Equal(first.Correlations.ToArray(), second.Correlations.ToArray());
            Assert.Equal(first.Closes, second.Closes);
        }

        Assert.Throws<ArgumentException>(() => second.Restore(state.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => second.Save(new byte[state.Length + 8]));
    }

    [Fact]
    public void A_close_allocates_nothing_and_neither_do_groups_risk_and_history()
    {
        FactorMarket market = new(new Random(3), 40, 2, common: 0.97, absent: 0.05);
        CorrelationEstimator estimator = new(40, Quick);
        RiskGroups groups = new([.. Enumerable.Range(0, 40).Select(i => $"P{i}-USD")], Quick);
        ReturnHistory history = new(40, 100);
        double[] values = [.. Enumerable.Range(1, 40).Select(i => (double)i)];
        double[] covariance = new double[1600];
        byte[] state = new byte[estimator.StateBytes];
        int changes = 0;
        double sum = 0;
        long bytes = Garbage.Of(() =>
        {
            for (int t = 0; t < 300; t++)
            {
                estimator.Update(market.Next());
                changes += groups.Update(estimator).Changes.Length;
                history.Add(estimator.LastReturns);
                sum += PortfolioRisk.Measure(estimator, values, 0.99, 288).ValueAtRisk;
                estimator.CopyCovariance(covariance);
                estimator.Save(state);
                sum += history.ValueAtRisk(values, 0.95) ?? 0;
            }
        });
        Assert.Equal(0, bytes);
        Assert.True(changes > 0 && sum > 0, "nothing was measured");
    }

    [Fact]
    public void All_faults_of_the_options_are_named_at_once()
    {
        CorrelationOptions wrong = new()
        {
            HalfLifeCloses = 0, WarmUpCloses = 1, MaxGapCloses = 0, JoinCorrelation = 0.4, LeaveCorrelation = 0.5,
            ConfirmCloses = 101,
        };
        string[] names = ["halfLifeCloses", "warmUpCloses", "maxGapCloses", "leaveCorrelation", "confirmCloses"];
        Assert.Equal(names.Select(name => $"correlation.{name}"), wrong.Faults().Select(fault => fault.Path));
        Assert.Throws<Domain.ConfigurationException>(() => new CorrelationEstimator(2, wrong));
        Assert.Empty(new CorrelationOptions().Faults());
        CorrelationOptions unknown = new() { JoinCorrelation = double.NaN, HalfLifeCloses = double.NaN };
        Assert.Equal(2, unknown.Faults().Count);
    }

    [Fact]
    public void Closes_of_another_number_of_pairs_are_refused() =>
        Assert.Throws<ArgumentException>(() => new CorrelationEstimator(2, Quick).Update([1, 2, 3]));

    private static CorrelationEstimator Fed(
        Seed seed, int pairs, int factors, double common, int closes, double halfLife)
    {
        FactorMarket market = new(seed.Random(), pairs, factors, common);
        CorrelationEstimator estimator = new(pairs, Quick with { HalfLifeCloses = halfLife });
        for (int t = 0; t < closes; t++)
        {
            estimator.Update(market.Next());
        }

        return estimator;
    }

    private static void AssertEqual(SlowCorrelation slow, CorrelationEstimator fast, Seed seed)
    {
        Assert.True(Math.Abs(slow.MeanCorrelation - fast.MeanCorrelation) < 1e-10, $"mean; {seed}");
        double intensity = Math.Abs(slow.Intensity - fast.ShrinkageIntensity);
        Assert.True(intensity < 1e-9, $"intensity {slow.Intensity} {fast.ShrinkageIntensity}; {seed}");
        for (int i = 0; i < fast.PairCount; i++)
        {
            for (int j = 0; j < fast.PairCount; j++)
            {
                double error = Math.Abs(slow.Correlations[i, j] - fast.Correlation(i, j));
                Assert.True(error < 1e-10, $"({i},{j}) off by {error}; {seed}");
            }
        }
    }
}
