using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>One difference between the database and the venue.</summary>
/// <param name="Finding">What it is, and what is done about it.</param>
/// <param name="ProductId">The product; null for the account.</param>
/// <param name="OrderSequence">Our number of the order; 0 without one.</param>
/// <param name="Quantity">What it is about, base; 0 where there is no quantity.</param>
/// <param name="Text">The same for a person, one line.</param>
public sealed record ReconcileLine(
    ReconcileFinding Finding, string? ProductId, long OrderSequence, decimal Quantity, string Text);
