namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>The checks of a bracket that is attached to an entry.</summary>
internal static class AttachedReview
{
    /// <summary>The reason for which the bracket would be refused on this entry, or null.</summary>
    /// <param name="entry">The entry's terms; its price is its limit, or the last trade's for a market order.</param>
    /// <param name="bracket">The bracket; null is never refused.</param>
    public static Rejection? Review(
        Product product, OrderSide side, OrderTerms entry, OrderTerms? bracket, decimal? last)
    {
        if (bracket is null)
            return null;
        if (!(entry.IsMarket || entry.Kind is OrderKind.SorLimitIoc or OrderKind.LimitGtc or OrderKind.LimitGtd
            or OrderKind.LimitFok))
            return Rejection.Of("ATTACHED_ORDERS_ONLY_ALLOWED_ON_MARKET_LIMIT",
                "A bracket can be attached to market and limit orders only");
        if (bracket.Kind != OrderKind.TriggerBracketGtc)
            return Rejection.Of("INVALID_ORDER_TYPE_FOR_ATTACHED", "Only trigger_bracket_gtc can be attached");
        if (side == OrderSide.Sell)
            return Rejection.Of("INVALID_ORDER_SIDE_FOR_ATTACHED_TPSL", "A bracket can be attached to buys only");
        if (bracket.BaseSize is not null || bracket.QuoteSize is not null)
            return Rejection.Of("ATTACHED_ORDER_SIZE_MUST_BE_NIL", "An attached bracket has the size of its entry");
        if (bracket is not { LimitPrice: { } profit, StopPrice: { } stop })
            return Rejection.Of("SINGLE_LEGGED_TPSL_NOT_ALLOWED", "Take profit and stop are both required");
        return Prices(product, profit, stop, entry.LimitPrice ?? last);
    }

    private static Rejection? Prices(Product product, decimal profit, decimal stop, decimal? entry)
    {
        if (profit <= 0 || stop <= 0)
            return Rejection.Of("ATTACHED_ORDER_MUST_HAVE_POSITIVE_PRICES", "Prices must be positive");
        if (!Grid.Fits(profit, product.PriceIncrement))
            return Rejection.Of("INVALID_ATTACHED_TAKE_PROFIT_PRICE_PRECISION", "Too many decimals in order price");
        if (!Grid.Fits(stop, product.PriceIncrement))
            return Rejection.Of("INVALID_ATTACHED_STOP_LOSS_PRICE_PRECISION", "Too many decimals in order price");
        if (profit <= entry)
            return Rejection.Of("INVALID_ATTACHED_TAKE_PROFIT_PRICE", "Take profit must be above the entry");
        return stop >= entry
            ? Rejection.Of("INVALID_ATTACHED_STOP_LOSS_PRICE", "The stop must be below the entry")
            : null;
    }
}
