namespace LowLatencyPortfolio.Persistence;

/// <summary>What is written for readers beside the engine: prices, and what was measured of the market.</summary>
public sealed record ReaderRows
{
    /// <summary>One row a product; products that are not named keep theirs.</summary>
    public IReadOnlyList<MarkRow> Marks { get; init; } = [];

    /// <summary>In place of those stored; null leaves them.</summary>
    public CorrelationRows? Correlations { get; init; }
}
