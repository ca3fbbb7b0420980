namespace LowLatencyPortfolio.Domain;

/// <summary>Recommendations of a strategy for all open positions that are not being closed.</summary>
/// <remarks>Thread: any. Pure. Source: SPEC 11.</remarks>
public static class PortfolioRebalancer
{
    /// <summary>What a strategy recommends; nothing is sent.</summary>
    /// <param name="strategy">Already checked.</param>
    /// <param name="config">Threshold and limit.</param>
    /// <param name="takerFee">Fee rate of a trade, fraction.</param>
    /// <param name="equity">Equity of the portfolio, quote.</param>
    /// <param name="pairs">Every pair by index.</param>
    /// <param name="inputs">What is known of volatilities, risk shares and time.</param>
    /// <returns>
    /// By pair index. A position above its maximum is <see cref="RebalanceKind.ReduceToLimit"/> whatever the strategy,
    /// also between two dates of a calendar. Increases are not held against the available capital: the risk gate does
    /// that.
    /// </returns>
    public static IReadOnlyList<RebalanceAction> Recommend(
        RebalanceStrategy strategy, PortfolioConfig config, decimal takerFee, decimal equity,
        ReadOnlySpan<RebalancePosition> pairs, in RebalanceInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(config);
        int[] open = OpenPairs(pairs);
        List<RebalanceAction> actions = [];
        if (open.Length == 0)
        {
            return actions;
        }

        decimal?[] targets = strategy.IsDue(inputs.LastNs, inputs.NowNs)
            ? TargetWeights.Of(strategy, pairs, open, inputs)
            : new decimal?[open.Length];
        for (int i = 0; i < open.Length; i++)
        {
            RebalancePosition pair = pairs[open[i]];
            decimal? band = Band(strategy, takerFee, inputs, open[i]);
            RebalanceTarget target = band is { } halfWidth
                ? new RebalanceTarget(targets[i], Threshold(strategy, config), halfWidth)
                : default;
            if (Decide(in pair, in target, config, equity) is { } action)
            {
                actions.Add(action);
            }
        }

        return actions;
    }

    // What is being bought already is not bought again; what is not bought yet cannot be sold.
    private static RebalanceAction? Decide(
        in RebalancePosition pair, in RebalanceTarget target, PortfolioConfig config, decimal equity)
    {
        RebalanceAction? action =
            Rebalancing.Decide(pair.Product, target, config, pair.Quantity, pair.Mark, equity);
        if (action is not { Kind: RebalanceKind.Increase } || pair.Buying == 0m)
        {
            return action;
        }

        decimal coming = pair.Quantity + pair.Buying;
        return Rebalancing.Decide(pair.Product, target, config, coming, pair.Mark, equity)
            is { Kind: RebalanceKind.Increase } rest
            ? action.Value with { Quantity = rest.Quantity }
            : null;
    }

    private static decimal Threshold(RebalanceStrategy strategy, PortfolioConfig config) =>
        strategy.Method == RebalanceMethod.Threshold ? strategy.ThresholdPct ?? config.RebalanceThresholdPct : 0m;

    // Null where nobody knows whether a trade is worth its cost.
    private static decimal? Band(
        RebalanceStrategy strategy, decimal takerFee, in RebalanceInputs inputs, int pair)
    {
        if (strategy.Method == RebalanceMethod.Threshold && !inputs.ForOrders)
        {
            return 0m;
        }

        decimal volatility = inputs.VolatilityOf(pair);
        return volatility > 0m ? NoTradeBand.HalfWidthPct(strategy, takerFee, volatility) : null;
    }

    private static int[] OpenPairs(ReadOnlySpan<RebalancePosition> pairs)
    {
        List<int> open = [];
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs[i].IsOpen)
            {
                open.Add(i);
            }
        }

        return [.. open];
    }
}
