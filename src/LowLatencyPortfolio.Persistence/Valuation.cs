namespace LowLatencyPortfolio.Persistence;

/// <summary>What is written down at a checkpoint and beside a live engine: prices, and what they make of equity.</summary>
/// <param name="Marks">One row a product; products that are not named keep theirs.</param>
public sealed record Valuation(IReadOnlyList<MarkRow> Marks)
{
    /// <summary>What equity is measured against; null leaves the stored row.</summary>
    public EquityRow? Equity { get; init; }

    /// <summary>What the emergency loss limit is a percentage of, quote; null leaves the stored one.</summary>
    public decimal? BreakerBase { get; init; }
}
