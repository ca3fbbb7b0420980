namespace LowLatencyPortfolio.Domain;

/// <summary>What would be lost from the newest prices if every stop were hit at its trigger.</summary>
/// <param name="Amount">Σ quantity · (mark − trigger) over the protected positions, quote, at least 0.</param>
/// <param name="UnprotectedValue">Market value of the positions without a stop, quote: all of it is at risk.</param>
/// <param name="UnprotectedPositions">Positions without a stop.</param>
/// <remarks>
/// Thread: pure. Allocation: none. Rounding: none, the sums are exact. A mark at or below its trigger counts 0, not
/// less: that stop is being hit, and its passing must not hide what others risk. Fees, slippage and gaps are not in it.
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
            if (position.Quantity == 0m)
            {
                continue;
            }

            if (position.StopTrigger is { } trigger)
            {
                amount += position.Quantity * Math.Max(0m, position.Mark - trigger);
            }
            else
            {
                unprotected += position.Quantity * position.Mark;
                count++;
            }
        }

        return new PortfolioHeat(amount, unprotected, count);
    }

    /// <summary>Everything at risk as a share of the equity.</summary>
    /// <param name="equity">Quote.</param>
    /// <returns>Percent; null when the equity is not above 0.</returns>
    public decimal? PctOf(decimal equity) => equity > 0m ? (Amount + UnprotectedValue) / equity * 100m : null;
}
