namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// Every check of a new order, in order of precedence; the first broken one is the answer. The venue rounds nothing.
/// </summary>
internal sealed class OrderReview(VenueState state)
{
    /// <summary>The reason for which the order would be refused now, or null; money is not looked at.</summary>
    public Rejection? Review(NewOrder order)
    {
        if (!state.Products.TryGetValue(order.ProductId, out var product))
            return new Rejection("INVALID_PRODUCT_ID", "PREVIEW_INVALID_PRODUCT_ID", "Unknown product");
        if (order.Terms.WireKey.Length == 0)
            return Rejection.BadConfiguration;
        if (order.Terms.Kind == OrderKind.Unsupported)
            return new Rejection("UNSUPPORTED_ORDER_CONFIGURATION", null, "source is not enabled for trading");
        return order.Terms.Ladder is null ? ReviewOne(product, order) : ReviewLadder(product, order);
    }

    private Rejection? ReviewOne(Product product, NewOrder order)
    {
        decimal? last = state.LastPrice(product);
        return MarketState(product, order.Terms)
            ?? Completeness(order)
            ?? Precision(product, order.Terms)
            ?? Limits(product, order.Terms, last)
            ?? EndTime(order.Terms)
            ?? TwapReview.Review(product, order.Terms)
            ?? Liquidity(order.Terms, last)
            ?? PriceRules(order.Side, order.Terms, last)
            ?? AttachedReview.Review(product, order.Side, order.Terms, order.Attached, last);
    }

    /// <summary>Each order of the ladder must pass as if it had been sent alone.</summary>
    private Rejection? ReviewLadder(Product product, NewOrder order)
    {
        if (LadderRungs.Of(order.Terms, product, out var rungs) is { } fault)
            return MarketState(product, order.Terms) ?? fault;
        var broken = rungs.Select(rung => ReviewOne(product, order with { Terms = rung, Attached = null }))
            .FirstOrDefault(refusal => refusal is not null);
        if (broken?.Preview is { } preview && preview.EndsWith("_SIZE_TOO_SMALL", StringComparison.Ordinal))
            return Rejection.Of("SCALED_MIN_ORDER_VIOLATION", "An order is below the minimum size");
        if (broken?.Preview is { } other && other.EndsWith("_SIZE_TOO_LARGE", StringComparison.Ordinal))
            return Rejection.Of("SCALED_MAX_ORDER_VIOLATION", "An order is above the maximum size");
        return broken ?? AttachedReview.Review(product, order.Side, order.Terms, order.Attached, null);
    }

    /// <summary>
    /// What the last price allows: stop and bracket prices on their side of it, post-only not crossing.
    /// </summary>
    public static Rejection? PriceRules(OrderSide side, OrderTerms terms, decimal? last)
    {
        if (terms.IsBracket)
            return BracketRules(terms, last!.Value);
        if (terms.IsStop)
            return StopRules(side, terms, last!.Value);
        bool crosses = terms.PostOnly && last is { } price
            && Matcher.IsMarketable(side, terms.LimitPrice!.Value, price);
        return crosses
            ? new Rejection("INVALID_LIMIT_PRICE_POST_ONLY", "PREVIEW_INVALID_LIMIT_PRICE_POST_ONLY",
                "Post only order would have crossed")
            : null;
    }

    private static Rejection? MarketState(Product product, OrderTerms terms)
    {
        const string Preview = "PREVIEW_NOT_ALLOWED_BY_MARKET_STATE";
        if (product.ViewOnly)
            return new Rejection("UNTRADABLE_PRODUCT", "PREVIEW_UNTRADABLE_PRODUCT", "Product is view only");
        if (product.IsDisabled || product.TradingDisabled)
            return new Rejection("TRADING_DISABLED", "PREVIEW_UNTRADABLE_PRODUCT", "Trading is disabled");
        if (product.Status != "online")
            return new Rejection("PRODUCT_TRADING_HALTED", Preview, "Product is not online");
        if (product.CancelOnly)
            return new Rejection("ORDER_ENTRY_DISABLED", Preview, "Product is in cancel only mode");
        if (product.AuctionMode && terms.IsImmediate)
            return new Rejection("ORDER_ENTRY_DISABLED", Preview, "Product is in auction mode");
        if (product.LimitOnly && terms.IsMarket)
            return new Rejection("ORDER_ENTRY_DISABLED", Preview, "Product is in limit only mode");
        return product.PostOnly && !terms.PostOnly
            ? new Rejection("ORDER_ENTRY_DISABLED", Preview, "Product is in post only mode")
            : null;
    }

    private static Rejection? Completeness(NewOrder order)
    {
        var terms = order.Terms;
        if (terms.IsBracket)
        {
            if (order.Side == OrderSide.Buy)
                return new Rejection("BRACKET_ORDER_NOT_SUPPORTED", "PREVIEW_INVALID_SIDE", "Bracket orders only sell");
            if (terms.QuoteSize is not null)
                return new Rejection("QUOTE_SIZE_NOT_ALLOWED_FOR_BRACKET", null,
                    "Quote size is not allowed for a bracket");
        }

        bool hasOneSize = terms.BaseSize is null != terms.QuoteSize is null;
        bool mayQuote = !terms.IsStop && (!terms.IsMarket || order.Side == OrderSide.Buy);
        if (!hasOneSize || (terms.QuoteSize is not null && !mayQuote))
            return Rejection.BadConfiguration;
        if (terms.IsMarket ? terms.LimitPrice is not null : terms.LimitPrice is null)
            return terms.IsMarket
                ? new Rejection("PRICE_NOT_ALLOWED_FOR_MARKET_ORDERS", null, "Price is not allowed for market orders")
                : new Rejection("INVALID_LIMIT_PRICE", "PREVIEW_INVALID_LIMIT_PRICE", "Limit price is required");
        if ((terms.IsStop || terms.IsBracket) && terms.StopPrice is null)
            return new Rejection("UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_STOP_PRICE", "");
        return terms.IsGoodTillDate && terms.EndTimeNs is null
            ? new Rejection("GTD_ORDERS_MUST_HAVE_END_TIME", "PREVIEW_INVALID_END_TIME", "End time is required")
            : null;
    }

    private static Rejection? Precision(Product product, OrderTerms terms)
    {
        if (terms.LimitPrice is <= 0)
            return new Rejection("INVALID_LIMIT_PRICE", "PREVIEW_INVALID_LIMIT_PRICE", "Limit price must be positive");
        if (terms.StopPrice is <= 0)
            return new Rejection("UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_STOP_PRICE", "");
        if (terms.LimitPrice is { } limit && !Grid.Fits(limit, product.PriceIncrement))
            return new Rejection("INVALID_PRICE_PRECISION", "PREVIEW_INVALID_PRICE_PRECISION",
                "Too many decimals in order price");
        if (terms.StopPrice is { } stop && !Grid.Fits(stop, product.PriceIncrement))
            return new Rejection("INVALID_PRICE_PRECISION", "PREVIEW_INVALID_STOP_PRICE_PRECISION",
                "Too many decimals in order price");
        if (terms.BaseSize is { } size && !Grid.Fits(size, product.BaseIncrement))
            return new Rejection("INVALID_SIZE_PRECISION", "PREVIEW_INVALID_SIZE_PRECISION",
                "Too many decimals in order amount");
        return terms.QuoteSize is { } quote && !Grid.Fits(quote, product.QuoteIncrement)
            ? new Rejection("INVALID_SIZE_PRECISION", "PREVIEW_INVALID_QUOTE_SIZE_PRECISION",
                "Too many decimals in order amount")
            : null;
    }

    private static Rejection? Limits(Product product, OrderTerms terms, decimal? last)
    {
        decimal? price = terms.LimitPrice ?? last;
        decimal? notional = terms.QuoteSize ?? Saturated(() => terms.BaseSize * price);
        decimal? size = terms.BaseSize ?? Saturated(() =>
            price is > 0 ? Grid.Down(terms.QuoteSize!.Value / price.Value, product.BaseIncrement) : null);
        string? preview =
            size < product.BaseMinSize || size <= 0 ? "PREVIEW_INVALID_BASE_SIZE_TOO_SMALL"
            : size > product.BaseMaxSize ? "PREVIEW_INVALID_BASE_SIZE_TOO_LARGE"
            : notional < product.QuoteMinSize ? "PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL"
            : notional > product.QuoteMaxSize ? "PREVIEW_INVALID_QUOTE_SIZE_TOO_LARGE"
            : null;
        return preview is null ? null : new Rejection("UNKNOWN_FAILURE_REASON", preview, "");
    }

    /// <summary>What a request makes too large for a decimal is the largest decimal, and so too large.</summary>
    private static decimal? Saturated(Func<decimal?> number)
    {
        try
        {
            return number();
        }
        catch (OverflowException)
        {
            return decimal.MaxValue;
        }
    }

    private Rejection? EndTime(OrderTerms terms) =>
        terms.IsGoodTillDate && terms.EndTimeNs <= state.NowNs
            ? new Rejection("END_TIME_IS_IN_THE_PAST", "PREVIEW_INVALID_END_TIME", "End time is in the past")
            : null;

    private static Rejection? Liquidity(OrderTerms terms, decimal? last) => last is not null ? null
        : terms.IsImmediate ? new Rejection("INVALID_NO_LIQUIDITY", "PREVIEW_INVALID_NO_LIQUIDITY", "No liquidity")
        : terms.IsStop || terms.IsBracket
            ? new Rejection("MISSING_MARKET_TRADE_DATA", "PREVIEW_MISSING_MARKET_TRADE_DATA", "No last trade price")
            : null;

    private static Rejection? StopRules(OrderSide side, OrderTerms terms, decimal last)
    {
        decimal stop = terms.StopPrice!.Value;
        decimal limit = terms.LimitPrice!.Value;
        string? preview =
            terms.StopDirection == StopDirection.Down && stop >= last ? "PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE"
            : terms.StopDirection == StopDirection.Up && stop <= last ? "PREVIEW_STOP_PRICE_BELOW_LAST_TRADE_PRICE"
            : side == OrderSide.Sell && stop < limit ? "PREVIEW_STOP_PRICE_BELOW_LIMIT_PRICE"
            : side == OrderSide.Buy && stop > limit ? "PREVIEW_STOP_PRICE_ABOVE_LIMIT_PRICE"
            : null;
        return preview is null ? null : new Rejection("UNKNOWN_FAILURE_REASON", preview, "");
    }

    private static Rejection? BracketRules(OrderTerms terms, decimal last)
    {
        decimal stop = terms.StopPrice!.Value;
        decimal limit = terms.LimitPrice!.Value;
        if (limit <= stop)
            return new Rejection("INVALID_BRACKET_PRICES", "PREVIEW_INVALID_BRACKET_PRICES",
                "Limit price must be above the stop");
        if (stop >= last)
            return new Rejection("INVALID_BRACKET_STOP_TRIGGER_PRICE", "PREVIEW_INVALID_BRACKET_STOP_TRIGGER_PRICE",
                "Stop trigger price must be below the last trade");
        return limit <= last
            ? new Rejection("INVALID_BRACKET_LIMIT_PRICE", "PREVIEW_INVALID_BRACKET_LIMIT_PRICE",
                "Limit price must be above the last trade")
            : null;
    }
}
