namespace LowLatencyPortfolio.Domain;

/// <summary>The weight that a method gives to each position that may be rebalanced.</summary>
internal static class TargetWeights
{
    private const int Decimals = 8;

    /// <summary>Finds the targets.</summary>
    /// <param name="strategy">Method and total weight.</param>
    /// <param name="pairs">All pairs.</param>
    /// <param name="open">Indexes of those that are open and not being closed, at least one.</param>
    /// <param name="inputs">Volatilities and correlations by pair index.</param>
    /// <returns>
    /// Percent of equity, in the order of <paramref name="open"/>, rounded to 8 decimals; null for a pair of which
    /// the method does not know enough. Such a pair keeps its part of the total, by its <c>PositionSizePct</c>.
    /// </returns>
    public static decimal?[] Of(
        RebalanceStrategy strategy, ReadOnlySpan<PairBook> pairs, ReadOnlySpan<int> open, in RebalanceInputs inputs)
    {
        decimal?[] targets = new decimal?[open.Length];
        bool usesSizes = strategy.Method is RebalanceMethod.Threshold or RebalanceMethod.Calendar;
        List<int> sharing = [];
        (decimal all, decimal shared) = (0m, 0m);
        for (int i = 0; i < open.Length; i++)
        {
            decimal size = pairs[open[i]].Config.PositionSizePct;
            all += size;
            if (usesSizes)
            {
                targets[i] = size;
            }
            else if (strategy.Method == RebalanceMethod.EqualWeight || inputs.VolatilityOf(open[i]) > 0)
            {
                sharing.Add(i);
                shared += size;
            }
        }

        if (sharing.Count > 0)
        {
            decimal total = (strategy.TotalWeightPct ?? all) * shared / all;
            Spread(total, Shares(strategy.Method, open, sharing, inputs), sharing, targets);
        }

        return targets;
    }

    private static void Spread(decimal total, double[]? shares, List<int> sharing, decimal?[] targets)
    {
        if (shares is null)
        {
            return;
        }

        double sum = shares.Sum();
        for (int k = 0; k < shares.Length; k++)
        {
            decimal target = total * (decimal)(shares[k] / sum);
            targets[sharing[k]] = decimal.Round(target, Decimals) is > 0m and var usable ? usable : null;
        }
    }

    private static double[]? Shares(
        RebalanceMethod method, ReadOnlySpan<int> open, List<int> sharing, in RebalanceInputs inputs)
    {
        int n = sharing.Count;
        double[] shares = new double[n];
        Array.Fill(shares, 1.0);
        if (method == RebalanceMethod.EqualWeight)
        {
            return shares;
        }

        double[] volatilities = new double[n];
        for (int k = 0; k < n; k++)
        {
            volatilities[k] = inputs.VolatilityOf(open[sharing[k]]);
            shares[k] = 1 / volatilities[k];
        }

        return method == RebalanceMethod.InverseVolatility || SolveParity(open, sharing, inputs, volatilities, shares)
            ? shares
            : null;
    }

    private static bool SolveParity(
        ReadOnlySpan<int> open, List<int> sharing, in RebalanceInputs inputs, double[] volatilities, double[] shares)
    {
        int n = sharing.Count;
        int stride = inputs.Volatilities.Length;
        if (inputs.Correlations.Length != stride * stride)
        {
            return false;
        }

        double[] correlations = new double[n * n];
        for (int k = 0; k < correlations.Length; k++)
        {
            correlations[k] = inputs.Correlations[(open[sharing[k / n]] * stride) + open[sharing[k % n]]];
        }

        return RiskParity.TrySolve(volatilities, correlations, shares);
    }
}
