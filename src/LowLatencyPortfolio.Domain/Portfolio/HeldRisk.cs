namespace LowLatencyPortfolio.Domain;

/// <summary>One position as far as its distance to the stop goes.</summary>
/// <param name="Quantity">Base held, at least 0.</param>
/// <param name="Mark">Newest accepted price, quote per base, at least 0.</param>
/// <param name="StopTrigger">
/// Trigger of the stop that rests, or that the engine watches, quote per base; null when nothing protects the position.
/// </param>
public readonly record struct HeldRisk(decimal Quantity, decimal Mark, decimal? StopTrigger);
