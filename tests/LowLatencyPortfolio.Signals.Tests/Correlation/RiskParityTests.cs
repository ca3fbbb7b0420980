namespace LowLatencyPortfolio.Signals.Tests.Correlation;

public sealed class RiskParityTests
{
    [Fact]
    public void Every_position_contributes_the_same_risk_to_1e_9_on_random_covariances()
    {
        Random random = new(1);
        for (int round = 0; round < 60; round++)
        {
            int n = 1 + random.Next(40);
            (double[] volatilities, double[] correlations) = RandomMarket(random, n, common: random.NextDouble() * 6);
            double[] weights = new double[n];
            Assert.True(RiskParity.TrySolve(volatilities, correlations, weights), $"round {round}, {n} pairs");
            Assert.Equal(1, weights.Sum(), 1e-12);
            double[] parts = Contributions(volatilities, correlations, weights);
            Assert.All(weights, weight => Assert.True(weight > 0));
            Assert.All(parts, part => Assert.True(Math.Abs((part * n / parts.Sum()) - 1) < 1e-9, $"{n} pairs"));
        }
    }

    [Fact]
    public void Two_hundred_pairs_that_move_almost_as_one_are_solved_too()
    {
        (double[] volatilities, double[] correlations) = RandomMarket(new Random(1), 200, common: 20);
        double[] weights = new double[200];
        Assert.True(correlations[1] > 0.95);
        Assert.True(RiskParity.TrySolve(volatilities, correlations, weights));
        double[] parts = Contributions(volatilities, correlations, weights);
        Assert.All(parts, part => Assert.Equal(1.0 / 200, part / parts.Sum(), 1e-11));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.9)]
    [InlineData(-0.3)]
    public void At_one_common_correlation_it_is_inverse_volatility(double correlation)
    {
        double[] correlations = [1, correlation, correlation, correlation, 1, correlation, correlation, correlation, 1];
        double[] weights = new double[3];
        Assert.True(RiskParity.TrySolve([0.2, 0.4, 0.8], correlations, weights));
        Assert.Equal(4.0 / 7, weights[0], 1e-9);
        Assert.Equal(2.0 / 7, weights[1], 1e-9);
        Assert.Equal(1.0 / 7, weights[2], 1e-9);
    }

    [Fact]
    public void A_pair_that_moves_by_itself_weighs_more_than_two_that_move_together()
    {
        double[] weights = new double[3];
        Assert.True(RiskParity.TrySolve([0.5, 0.5, 0.5], [1, 0.9, 0, 0.9, 1, 0, 0, 0, 1], weights));
        Assert.Equal(weights[0], weights[1], 1e-10);
        Assert.True(weights[2] > 1.3 * weights[0]);
    }

    [Fact]
    public void The_same_input_gives_the_same_bits()
    {
        (double[] volatilities, double[] correlations) = RandomMarket(new Random(2), 30, common: 2);
        (double[] first, double[] second) = (new double[30], new double[30]);
        Assert.True(RiskParity.TrySolve(volatilities, correlations, first));
        Assert.True(RiskParity.TrySolve(volatilities, correlations, second));
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(double.PositiveInfinity, 0.5)]
    [InlineData(0.3, double.NaN)]
    [InlineData(0.3, 1.5)]
    [InlineData(0.3, -1.0)]      // the two cancel exactly: no finite risk to share
    public void What_has_no_solution_is_said_and_leaves_the_weights_alone(double volatility, double correlation)
    {
        double[] weights = [7, 7];
        Assert.False(RiskParity.TrySolve([0.3, volatility], [1, correlation, correlation, 1], weights));
        Assert.Equal([7, 7], weights);
        Assert.False(RiskParity.TrySolve([], [], []));
        Assert.Throws<ArgumentException>(() => RiskParity.TrySolve([0.1], [1, 1], new double[1]));
    }

    /// <summary>Correlations of loadings on a market, five factors and each pair's own noise.</summary>
    private static (double[] Volatilities, double[] Correlations) RandomMarket(Random random, int n, double common)
    {
        double[][] loadings =
        [
            .. Enumerable.Range(0, n).Select(i => (double[])
            [
                common, .. Enumerable.Range(0, 5).Select(_ => (2 * random.NextDouble()) - 1), 0.3 + random.NextDouble(),
            ]),
        ];
        double Covariance(int i, int j) => loadings[i].Take(6).Zip(loadings[j], (a, b) => a * b).Sum()
            + (i == j ? loadings[i][6] * loadings[i][6] : 0);
        double[] correlations = new double[n * n];
        for (int k = 0; k < n * n; k++)
        {
            (int i, int j) = (Math.Min(k / n, k % n), Math.Max(k / n, k % n));
            correlations[k] = i == j ? 1 : Covariance(i, j) / Math.Sqrt(Covariance(i, i) * Covariance(j, j));
        }

        return ([.. Enumerable.Range(0, n).Select(_ => Math.Exp((6 * random.NextDouble()) - 3))], correlations);
    }

    private static double[] Contributions(double[] volatilities, double[] correlations, double[] weights)
    {
        int n = weights.Length;
        return
        [
            .. Enumerable.Range(0, n).Select(i => weights[i] * volatilities[i]
                * Enumerable.Range(0, n).Sum(j => correlations[(i * n) + j] * volatilities[j] * weights[j])),
        ];
    }
}
