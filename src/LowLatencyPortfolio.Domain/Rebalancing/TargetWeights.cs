namespace LowLatencyPortfolio.Domain;

/// <summary>The weight that a method gives to each position that may be rebalanced.</summary>
internal static class TargetWeights
{
    private const int Decimals = 8;

    /// <summary>Finds the targets.</summary>
    /// <param name="strategy">Method and total weight.</param>
    /// <param name="pairs">All pairs.</param>
    /// <param name="open">Indexes of those that are open and not being closed, at least one.</param>
    /// <param name="inputs">Volatilities and risk shares by pair index.</param>
    /// <returns>
    /// Percent of equity, in the order of <paramref name="open"/>, rounded to 8 decimals; null for a pair of which
    /// the method does not know enough. Such a pair keeps its part of the total, by its <c>PositionSizePct</c>.
    /// </returns>
    public static decimal?[] Of(
        RebalanceStrategy strategy, ReadOnlySpan<RebalancePosition> pairs, ReadOnlySpan<int> open,
        in RebalanceInputs inputs)
    {
        decimal?[] targets = new decimal?[open.Length];
        bool usesSizes = strategy.Method is RebalanceMethod.Threshold or RebalanceMethod.Calendar;
        List<int> sharing = [];
        (decimal all, decimal shared) = (0m, 0m);
        for (int i = 0; i < open.Length; i++)
        {
            decimal size = pairs[open[i]].PositionSizePct;
            all += size;
            if (usesSizes)
            {
                targets[i] = size;
            }
            else if (strategy.Method == RebalanceMethod.EqualWeight || inputs.VolatilityOf(open[i]) > 0m)
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

    private static void Spread(decimal total, decimal[]? shares, List<int> sharing, decimal?[] targets)
    {
        if (shares is null)
        {
            return;
        }

        decimal sum = shares.Sum();
        for (int k = 0; k < shares.Length; k++)
        {
            decimal target = total * (shares[k] / sum);
            targets[sharing[k]] = decimal.Round(target, Decimals) is > 0m and var usable ? usable : null;
        }
    }

    // Null where the method does not know enough of all of them.
    private static decimal[]? Shares(
        RebalanceMethod method, ReadOnlySpan<int> open, List<int> sharing, in RebalanceInputs inputs)
    {
        decimal[] shares = new decimal[sharing.Count];
        for (int k = 0; k < shares.Length; k++)
        {
            int pair = open[sharing[k]];
            shares[k] = method switch
            {
                RebalanceMethod.EqualWeight => 1m,
                RebalanceMethod.InverseVolatility => 1m / inputs.VolatilityOf(pair),
                _ => inputs.RiskShareOf(pair),
            };
            if (shares[k] <= 0m)
            {
                return null;
            }
        }

        return shares;
    }
}
