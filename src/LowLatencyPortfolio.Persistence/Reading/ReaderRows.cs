namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// What is written beside the changes of the event flow: prices, what they make of equity, what was measured of the
/// market, and what models have learned.
/// </summary>
public sealed record ReaderRows
{
    /// <summary>One row a product; products that are not named keep theirs.</summary>
    public IReadOnlyList<MarkRow> Marks { get; init; } = [];

    /// <summary>What equity is measured against; null leaves the stored row.</summary>
    public EquityRow? Equity { get; init; }

    /// <summary>What the emergency loss limit is a percentage of, quote; null leaves the stored one.</summary>
    public decimal? BreakerBase { get; init; }

    /// <summary>Versions to add to what models have learned; one that stands already is written over.</summary>
    public IReadOnlyList<ModelParameters> Models { get; init; } = [];

    /// <summary>In place of those stored; null leaves them.</summary>
    public CorrelationRows? Correlations { get; init; }
}
