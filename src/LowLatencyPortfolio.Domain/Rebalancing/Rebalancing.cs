namespace LowLatencyPortfolio.Domain;

/// <summary>When a position has drifted from its target weight, and how much would bring it back.</summary>
/// <remarks>Thread: any. Pure. Source: SPEC 11; the band: <see cref="NoTradeBand"/>.</remarks>
public static class Rebalancing
{
    /// <summary>Decides for one open position that is not being closed, by its configured size and threshold.</summary>
    /// <param name="product">Increment and minimum sizes.</param>
    /// <param name="pair">Target weight.</param>
    /// <param name="portfolio">Threshold and limit.</param>
    /// <param name="quantity">Base held, above 0.</param>
    /// <param name="mark">Quote per base, above 0.</param>
    /// <param name="equity">Equity of the portfolio, quote.</param>
    /// <returns>
    /// Null when nothing is to be done: within the threshold and the limit, an order below the product's minimum, or no
    /// equity.
    /// </returns>
    /// <remarks>
    /// Rounding: towards the target the quantity is rounded down; to the limit it is rounded up, because a position
    /// that stays a fraction above its limit is still above it. An increase never aims above the limit.
    /// </remarks>
    public static RebalanceAction? Decide(
        ProductSpec product,
        PairConfig pair,
        PortfolioConfig portfolio,
        decimal quantity,
        decimal mark,
        decimal equity) =>
        Decide(
            product,
            new RebalanceTarget(pair.PositionSizePct, portfolio.RebalanceThresholdPct, BandPct: 0m),
            portfolio,
            quantity,
            mark,
            equity);

    internal static RebalanceAction? Decide(
        ProductSpec product,
        RebalanceTarget target,
        PortfolioConfig portfolio,
        decimal quantity,
        decimal mark,
        decimal equity)
    {
        if (equity <= 0m || mark <= 0m)
        {
            return null;
        }

        decimal value = quantity * mark;
        decimal weight = value / equity * 100m;
        decimal targetPct = target.TargetPct ?? weight;
        decimal drift = targetPct > 0m ? (weight - targetPct) / targetPct * 100m : 0m;
        decimal limit = portfolio.TotalCapital * portfolio.MaxPositionSizePct / 100m;
        decimal gap = Math.Abs(weight - targetPct);
        decimal upperEdge = equity * (targetPct + target.BandPct) / 100m;
        decimal lowerEdge = equity * (targetPct - target.BandPct) / 100m;
        (RebalanceKind kind, decimal amount) = (value, drift) switch
        {
            _ when value > limit => (RebalanceKind.ReduceToLimit, quantity - product.QuantityFor(limit, mark)),
            _ when Math.Abs(drift) <= target.ThresholdPct || gap <= target.BandPct => default,
            _ when drift > 0m => (RebalanceKind.Decrease, product.QuantityFor(value - upperEdge, mark)),
            _ => (RebalanceKind.Increase, product.QuantityFor(Math.Min(lowerEdge, limit) - value, mark)),
        };
        if (kind == default || product.IsTooSmallToSell(amount, mark))
        {
            return null;
        }

        return new RebalanceAction(product.ProductId, kind, amount, weight, targetPct, drift);
    }
}
