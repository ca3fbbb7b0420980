namespace LowLatencyPortfolio.Domain;

/// <summary>Recommendations of a strategy for all open positions that are not being closed.</summary>
internal static class PortfolioRebalancer
{
    public static List<RebalanceAction> Recommend(
        RebalanceStrategy strategy, PortfolioBook portfolio, in RebalanceInputs inputs)
    {
        ReadOnlySpan<PairBook> pairs = portfolio.Books;
        int[] open = OpenPairs(pairs);
        List<RebalanceAction> actions = [];
        if (open.Length == 0)
        {
            return actions;
        }

        decimal equity = portfolio.Equity;
        decimal?[] targets = strategy.IsDue(inputs.LastNs, inputs.NowNs)
            ? TargetWeights.Of(strategy, pairs, open, inputs)
            : new decimal?[open.Length];
        for (int i = 0; i < open.Length; i++)
        {
            ref readonly PairBook pair = ref pairs[open[i]];
            RebalanceTarget target = Target(strategy, portfolio, targets[i], inputs.VolatilityOf(open[i]));
            decimal held = pair.Ledger.Quantity;
            if (Rebalancing.Decide(pair.Product, target, portfolio.Config, held, pair.Mark, equity) is { } action)
            {
                actions.Add(action);
            }
        }

        return actions;
    }

    private static RebalanceTarget Target(
        RebalanceStrategy strategy, PortfolioBook portfolio, decimal? targetPct, double volatility)
    {
        if (strategy.Method == RebalanceMethod.Threshold)
        {
            decimal threshold = strategy.ThresholdPct ?? portfolio.Config.RebalanceThresholdPct;
            return new RebalanceTarget(targetPct, threshold, BandPct: 0m);
        }

        if (volatility <= 0)
        {
            return default;
        }

        decimal band = NoTradeBand.HalfWidthPct(strategy, portfolio.TakerFee, volatility);
        return new RebalanceTarget(targetPct, ThresholdPct: 0m, band);
    }

    private static int[] OpenPairs(ReadOnlySpan<PairBook> pairs)
    {
        List<int> open = [];
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs[i].IsOpen && !pairs[i].Exiting)
            {
                open.Add(i);
            }
        }

        return [.. open];
    }
}
