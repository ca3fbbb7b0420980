namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>A product as anybody may see it.</summary>
/// <param name="Product">Its grid and state.</param>
/// <param name="Price">Last price, quote per base; 0 when the venue names none.</param>
public sealed record CoinbaseListing(CoinbaseProduct Product, decimal Price);
