using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>How one pair's position and its protection stand.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Held">Held, base.</param>
/// <param name="Mark">Newest accepted price; 0 before the first.</param>
/// <param name="Highest">Highest price since the position was opened; 0 when flat.</param>
/// <param name="Trigger">Trigger last decided; 0 without one.</param>
/// <param name="State">The supervisor's state.</param>
/// <param name="LongestNakedNs">Longest time a sellable position had no working stop, ns of event time.</param>
public sealed record PairReading(
    string ProductId, decimal Held, decimal Mark, decimal Highest, decimal Trigger, StopState State,
    long LongestNakedNs)
{
    /// <summary>The position and what of it stops that work would sell, at their triggers.</summary>
    public HeldRisk Risk { get; init; } = new(Held, Mark);
}
