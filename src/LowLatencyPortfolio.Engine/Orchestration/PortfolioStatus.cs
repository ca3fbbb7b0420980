using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine;

/// <summary>How the portfolio stood at one event.</summary>
/// <remarks>Thread: immutable. All figures but <see cref="Risk"/> are of the same event.</remarks>
public sealed record PortfolioStatus
{
    /// <summary>Event time of the figures.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the engine may do.</summary>
    public required TradingMode Mode { get; init; }

    /// <summary>Capital, positions, profit and loss.</summary>
    public required PortfolioMetrics Metrics { get; init; }

    /// <summary>What would be lost if every stop were hit at its trigger.</summary>
    public required PortfolioHeat Heat { get; init; }

    /// <summary>
    /// Value at risk, effective number of bets and measured groups, as of the newest candle close; null before it, and
    /// where no correlations are measured.
    /// </summary>
    public RiskReadings? Risk { get; init; }

    /// <summary>The pairs in the order of their product ids.</summary>
    public required IReadOnlyList<PairStatus> Pairs { get; init; }

    /// <summary>One pair.</summary>
    /// <param name="productId">A registered product.</param>
    /// <returns>Its line.</returns>
    /// <exception cref="ArgumentException">The engine does not trade it.</exception>
    public PairStatus Pair(string productId) => Pairs.FirstOrDefault(pair => pair.ProductId == productId)
        ?? throw new ArgumentException($"product {productId} is not traded here", nameof(productId));
}
