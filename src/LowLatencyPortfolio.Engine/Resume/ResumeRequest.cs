using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;

namespace LowLatencyPortfolio.Engine;

/// <summary>Which stored portfolio is to trade again.</summary>
public sealed record ResumeRequest
{
    /// <summary>The database; nobody else may have it open.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>The limits it is held to; null takes those that its newest start was given. None are stored.</summary>
    public PortfolioConfig? Portfolio { get; init; }

    /// <summary>The paper venue it runs with.</summary>
    public PaperConfig Paper { get; init; } = new();

    /// <summary>Whether the loss breaker is measured from the current equity from now on.</summary>
    public bool Rebase { get; init; }
}
