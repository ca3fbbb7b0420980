namespace LowLatencyPortfolio.Domain;

/// <summary>What would be lost from the newest prices if every stop were hit at its trigger.</summary>
/// <param name="Amount">Σ quantity · (mark − trigger) over what stops cover, quote, at least 0.</param>
/// <param name="UnprotectedValue">Market value of what no working stop covers, quote: all of it is at risk.</param>
/// <param name="UnprotectedPositions">Positions of which something is not covered.</param>
/// <remarks>
/// Thread: pure. Allocation: none. Rounding: none, the sums are exact. A position at or below its triggers
/// counts 0, not less: its stops are being hit, and their passing must not hide what others risk. Fees, slippage and gaps are not in it.
/// </remarks>
public readonly record struct PortfolioHeat(decimal Amount, decimal UnprotectedValue, int UnprotectedPositions)
{
    /// <summary>Adds up positions.</summary>
    /// <param name="positions">Any order; a quantity of 0 counts nothing.</param>
    /// <returns>Quote.</returns>
    public static PortfolioHeat Of(ReadOnlySpan<HeldRisk> positions)
    {
        (decimal amount, decimal unprotected, int count) = (0m, 0m, 0);
        foreach (ref readonly HeldRisk position in positions)
        {
            amount += Math.Max(0m, (position.Covered * position.Mark) - position.StopValue);
            unprotected += position.Uncovered * position.Mark;
            count += position.Uncovered > 0m ? 1 : 0;
        }

        return new PortfolioHeat(amount, unprotected, count);
    }

    /// <summary>Everything at risk as a share of the equity.</summary>
    /// <param name="equity">Quote.</param>
    /// <returns>Percent; null when the equity is not above 0.</returns>
    public decimal? PctOf(decimal equity) => equity > 0m ? (Amount + UnprotectedValue) / equity * 100m : null;
}
