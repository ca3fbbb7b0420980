namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// What is written beside the changes of the event flow: prices, what they make of equity, and what was measured of the
/// market.
/// </summary>
public sealed record ReaderRows
{
    /// <summary>One row a product; products that are not named keep theirs.</summary>
    public IReadOnlyList<MarkRow> Marks { get; init; } = [];

    /// <summary>What equity is measured against; null leaves the stored row.</summary>
    public EquityRow? Equity { get; init; }

    /// <summary>What the emergency loss limit is a percentage of, quote; null leaves the stored one.</summary>
    public decimal? BreakerBase { get; init; }

    /// <summary>In place of those stored; null leaves them.</summary>
    public CorrelationRows? Correlations { get; init; }
}
