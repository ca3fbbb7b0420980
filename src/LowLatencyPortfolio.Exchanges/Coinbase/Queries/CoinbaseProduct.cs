namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the venue says of a product: its grid and what may be done with it now.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="PriceIncrement">Prices are multiples of it.</param>
/// <param name="BaseIncrement">Sizes are multiples of it.</param>
/// <param name="BaseMinSize">Smallest size.</param>
/// <param name="QuoteMinSize">Smallest notional.</param>
/// <param name="IsTradable">Not disabled, not view-only, trading enabled.</param>
/// <param name="IsCancelOnly">Orders may only be cancelled.</param>
/// <param name="IsLimitOnly">Market orders are refused.</param>
/// <param name="IsPostOnly">Orders that would trade at once are refused.</param>
/// <param name="IsAuction">In an auction.</param>
public sealed record CoinbaseProduct(
    string ProductId, decimal PriceIncrement, decimal BaseIncrement, decimal BaseMinSize, decimal QuoteMinSize,
    bool IsTradable, bool IsCancelOnly, bool IsLimitOnly, bool IsPostOnly, bool IsAuction)
{
    /// <summary>Whether a stop that is cancelled now could be placed again.</summary>
    public bool TakesNewOrders => IsTradable && !IsCancelOnly && !IsPostOnly && !IsAuction;
}
