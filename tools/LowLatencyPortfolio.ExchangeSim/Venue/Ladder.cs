namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>How a scaled order is split into limit orders. What a request leaves out is null.</summary>
/// <param name="Count">Number of children.</param>
/// <param name="MinPrice">The lowest child's limit.</param>
/// <param name="MaxPrice">The highest child's limit.</param>
/// <param name="SizeDiff">By how much each child is larger than its smaller neighbour, in the order's own
/// currency.</param>
/// <param name="SizeRatio">How many times each child is as large as its smaller neighbour, at least 1.</param>
/// <param name="Orders">The children as the request names them, or empty: then they are computed.</param>
public sealed record Ladder(
    long? Count,
    decimal? MinPrice,
    decimal? MaxPrice,
    LadderPrices Prices,
    LadderSizes Sizes,
    decimal? SizeDiff,
    decimal? SizeRatio,
    IReadOnlyList<OrderTerms> Orders);
