using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges.Paper;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>What a configuration file says, types checked; without a file everything has its default.</summary>
internal sealed record RunConfiguration
{
    /// <summary>Capital and limits.</summary>
    public PortfolioConfig Portfolio { get; init; } = new();

    /// <summary>What holds for every pair that does not say otherwise; its product id is empty.</summary>
    public PairConfig PairDefaults { get; init; } = new() { ProductId = string.Empty };

    /// <summary>The pairs that are listed, each product once.</summary>
    public IReadOnlyList<PairConfig> Pairs { get; init; } = [];

    /// <summary>The products that are listed, each once.</summary>
    public IReadOnlyList<ProductSpec> Products { get; init; } = [];

    /// <summary>Candles, votes, entry rules and correlations of <c>--signals</c>.</summary>
    public SignalOptions Signals { get; init; } = new();

    /// <summary>When positions are brought back to their targets, and whether by orders.</summary>
    public RebalanceOptions Rebalance { get; init; } = new();

    /// <summary>The paper exchange.</summary>
    public PaperConfig Paper { get; init; } = new();
}
