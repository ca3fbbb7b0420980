namespace LowLatencyPortfolio.Domain;

/// <summary>How far a weight may be off before bringing it back is worth what the trade costs.</summary>
/// <remarks>
/// <para>Thread: pure. Allocation: none.</para>
/// <para>A weight that is δ off its target costs ½·γ·σ²·δ²·T in mean-variance utility while it stands (γ risk aversion,
/// σ the pair's volatility a year, T years). Trading x of it back saves ½·γ·σ²·T·(δ² − (δ − x)²) and costs c·x, c being
/// fee and slippage of one way. The last unit is worth its cost as long as γ·σ²·T·(δ − x)
/// exceeds c, so the band's half-width is b = c ÷ (γ·σ²·T): inside it nothing is traded, outside it only to its edge.
/// Trading on to the target would pay for units that save less than they cost.</para>
/// <para>Approximations: each pair by itself (what others drift at the same time is not offset), T as if the drift
/// stood still, the way back not counted.</para>
/// <para>Source: M. H. A. Davis, A. R. Norman, "Portfolio selection with transaction costs", Math. of Operations
/// Research 15(4), 1990 (proportional costs: a region without trades, and trades to its boundary); H. E. Leland,
/// "Optimal portfolio management with transaction costs and capital gains taxes", Haas School of Business, 1999.</para>
/// </remarks>
public static class NoTradeBand
{
    private const decimal Everything = 100m;
    private const decimal DaysAYear = 365m;
    private const int Decimals = 8;

    /// <summary>Half the band's width.</summary>
    /// <param name="strategy">Risk aversion, horizon, slippage.</param>
    /// <param name="takerFee">Fee rate of a trade, fraction, at least 0.</param>
    /// <param name="volatility">Standard deviation of a year's return, fraction, at least 0.</param>
    /// <returns>Percent of equity, 0 to 100, rounded up to 8 decimals; 100 leaves every weight alone.</returns>
    public static decimal HalfWidthPct(RebalanceStrategy strategy, decimal takerFee, decimal volatility)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        decimal cost = takerFee + (strategy.SlippageBps / 10_000m);
        decimal worth = strategy.RiskAversion * volatility * volatility * strategy.HorizonDays / DaysAYear;
        if (cost * Everything >= Everything * worth)
        {
            return Everything;      // also where the worth is 0, or too small for a quotient
        }

        return decimal.Round(cost / worth * Everything, Decimals, MidpointRounding.ToPositiveInfinity);
    }
}
