using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>One trade of one of the account's orders.</summary>
/// <param name="EntryId">Unique name of the entry; the same when it is listed again.</param>
/// <param name="OrderId">The venue's id of the order.</param>
/// <param name="ProductId">The product.</param>
/// <param name="Side">The order's side.</param>
/// <param name="Price">Price, quote per base.</param>
/// <param name="Size">Base quantity; where the venue states quote, that divided by the price.</param>
/// <param name="Commission">Fee, quote.</param>
/// <param name="Liquidity">Maker, taker, or not said.</param>
/// <param name="TradedAt">When.</param>
/// <param name="IsTrade">
/// A trade; false for what the venue books later, a reversal or a correction, which does not add to what was traded.
/// </param>
public sealed record CoinbaseFill(
    string EntryId, string OrderId, string ProductId, OrderSide Side, decimal Price, decimal Size, decimal Commission,
    Liquidity Liquidity, DateTimeOffset TradedAt, bool IsTrade = true);
