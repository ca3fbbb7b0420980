namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>What the venue says about a product's state and grid.</summary>
/// <param name="Product">Index of the pair.</param>
/// <param name="Status">The venue's word, such as <c>online</c> or <c>delisted</c>.</param>
/// <param name="Message">The venue's explanation; empty for none.</param>
/// <param name="PriceIncrement">Smallest price step, quote per base; null when not told or unreadable.</param>
/// <param name="QuantityIncrement">Smallest quantity step, base; null when not told or unreadable.</param>
/// <param name="MinNotional">Smallest order, quote; null when not told or unreadable.</param>
public sealed record ProductStatus(
    int Product, string Status, string Message, decimal? PriceIncrement, decimal? QuantityIncrement,
    decimal? MinNotional)
{
    /// <summary>Whether the product trades normally.</summary>
    public bool IsOnline => string.Equals(Status, "online", StringComparison.OrdinalIgnoreCase);
}
