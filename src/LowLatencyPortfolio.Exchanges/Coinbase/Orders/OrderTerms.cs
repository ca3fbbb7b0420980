using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Compares an order at the venue with what was asked for.</summary>
internal static class OrderTerms
{
    /// <summary>Whether stop, limit and total size are those asked for; what the look does not tell is not
    /// compared.</summary>
    public static bool Match(ProductSpec product, in VenueOrder order, CoinbaseOrder seen) =>
        order.Command.Type == OrderType.Market
        || (IsPrice(product, seen.StopPrice, order.Command.Trigger)
            && IsPrice(product, seen.LimitPrice, order.Command.Limit)
            && (seen.Size == 0m || seen.Size == product.QuantityOf(order.VenueSize)));

    private static bool IsPrice(ProductSpec product, decimal seen, long asked) =>
        seen == 0m || seen == product.PriceOf(asked);
}
