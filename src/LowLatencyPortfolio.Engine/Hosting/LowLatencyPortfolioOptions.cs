using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>What a host says when it registers an engine.</summary>
public sealed class LowLatencyPortfolioOptions
{
    private readonly List<(ProductSpec Product, PairConfig Config)> _pairs = [];

    /// <summary>Limits, threads, venue, database.</summary>
    public TradingEngineOptions Engine { get; set; } = new();

    /// <summary>Deadlines.</summary>
    public OrchestratorOptions Orchestration { get; set; } = new();

    /// <summary>
    /// Makes the signal generator; null takes the <see cref="ISignalGenerator"/> that is registered, if one is.
    /// </summary>
    public Func<IServiceProvider, ISignalGenerator>? Signals { get; set; }

    /// <summary>The pairs so far.</summary>
    public IReadOnlyList<(ProductSpec Product, PairConfig Config)> Pairs => _pairs;

    /// <summary>Adds a pair.</summary>
    /// <param name="config">How it is traded and protected.</param>
    /// <param name="product">Its grid and minimum sizes.</param>
    /// <returns>These options.</returns>
    public LowLatencyPortfolioOptions AddPair(PairConfig config, ProductSpec product)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(product);
        _pairs.Add((product, config));
        return this;
    }
}
