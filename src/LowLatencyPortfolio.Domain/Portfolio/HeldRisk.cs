namespace LowLatencyPortfolio.Domain;

/// <summary>One position as far as its distance to its stops goes.</summary>
/// <param name="Quantity">Base held, at least 0.</param>
/// <param name="Mark">Newest accepted price, quote per base, at least 0.</param>
/// <param name="Covered">
/// Base of it that stops which work would sell, at most <paramref name="Quantity"/>; the rest is unprotected.
/// </param>
/// <param name="StopValue">What those stops would sell it for at their triggers, quote.</param>
/// <remarks>
/// A stop works when the venue is known to have it (<see cref="OrderTransitions.IsAtVenue"/>). Thread: pure. Allocation:
/// none.
/// </remarks>
public readonly record struct HeldRisk(decimal Quantity, decimal Mark, decimal Covered = 0m, decimal StopValue = 0m)
{
    /// <summary>Base that no working stop would sell.</summary>
    public decimal Uncovered => Quantity - Covered;

    /// <summary>The same with one more stop; the highest trigger first, because that one sells first.</summary>
    /// <param name="quantity">Base that the stop may still sell; what is covered already counts once.</param>
    /// <param name="trigger">Quote per base.</param>
    public HeldRisk CoveredBy(decimal quantity, decimal trigger)
    {
        decimal more = Math.Min(Uncovered, quantity);
        return this with { Covered = Covered + more, StopValue = StopValue + (more * trigger) };
    }
}
