using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges;

/// <summary>One trade of an order of ours, as the venue's list of fills shows it.</summary>
/// <param name="Size">Base, above 0.</param>
/// <param name="Liquidity">Whether it made or took; none where the venue does not say.</param>
public readonly record struct SeenFill(decimal Size, Liquidity Liquidity);
