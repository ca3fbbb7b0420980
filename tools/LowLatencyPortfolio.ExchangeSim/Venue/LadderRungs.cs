namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>The limit orders that a scaled order stands for, lowest first, or as the request names them.</summary>
internal static class LadderRungs
{
    /// <summary>More children than this are refused; a product keeps 500 open orders.</summary>
    public const int MaxCount = 400;

    private const string ChildKey = "limit_limit_gtc";
    private const decimal MaxPrice = 1_000_000_000_000m;

    /// <summary>The numbers do not make a ladder: why; otherwise the children, each still to be reviewed.</summary>
    public static Rejection? Of(OrderTerms terms, Product product, out IReadOnlyList<OrderTerms> rungs)
    {
        var ladder = terms.Ladder!;
        rungs = ladder.Orders;
        if (rungs.Count > MaxCount || ladder.Count > MaxCount)
            return Infeasible;
        if (rungs.Count > 0)
            return Agree(terms, ladder) ? null : Rejection.Of("SCALED_PARAM_DISCREPANCY", "The orders do not add up");
        if (Incomplete(terms, ladder, product) is { } fault)
            return fault;
        if (Shares(ladder, terms) is not { } shares)
            return Infeasible;
        rungs = Computed(terms, ladder, product, shares);
        return null;
    }

    private static Rejection Infeasible { get; } =
        Rejection.Of("SCALED_PARAM_INFEASIBLE", "No orders can be made of these parameters");

    private static bool Agree(OrderTerms terms, Ladder ladder)
    {
        var orders = ladder.Orders;
        return (ladder.Count ?? orders.Count) == orders.Count
            && (terms.BaseSize is not { } size || Total(orders, order => order.BaseSize) == size)
            && (terms.QuoteSize is not { } quote || Total(orders, order => order.QuoteSize) == quote)
            && (ladder.MinPrice ?? orders.Min(order => order.LimitPrice)) == orders.Min(order => order.LimitPrice)
            && (ladder.MaxPrice ?? orders.Max(order => order.LimitPrice)) == orders.Max(order => order.LimitPrice);
    }

    /// <summary>Null when an order has no such size, or all together have no number.</summary>
    private static decimal? Total(IReadOnlyList<OrderTerms> orders, Func<OrderTerms, decimal?> size) =>
        orders.All(order => size(order) is < MaxPrice) ? orders.Sum(size) : null;

    private static Rejection? Incomplete(OrderTerms terms, Ladder ladder, Product product)
    {
        bool isCustom = ladder.Prices == LadderPrices.Custom
            || ladder.Sizes is LadderSizes.Custom or LadderSizes.Unknown;
        if (isCustom || terms.BaseSize is null == terms.QuoteSize is null || ladder.Count is null or < 1
            || ladder is { SizeDiff: not null, SizeRatio: not null })
            return Rejection.BadConfiguration;
        if (ladder is not { MinPrice: { } min, MaxPrice: { } max } || min <= 0)
            return new Rejection("INVALID_LIMIT_PRICE", "PREVIEW_INVALID_LIMIT_PRICE", "Both prices are required");
        if (!Grid.Fits(min, product.PriceIncrement) || !Grid.Fits(max, product.PriceIncrement))
            return new Rejection("INVALID_PRICE_PRECISION", "PREVIEW_INVALID_PRICE_PRECISION",
                "Too many decimals in order price");
        if (terms.BaseSize > product.BaseMaxSize * MaxCount || terms.QuoteSize > product.QuoteMaxSize * MaxCount)
            return Rejection.Of("SCALED_MAX_ORDER_VIOLATION", "An order is above the maximum size");
        bool fits = terms.QuoteSize is null ? Grid.Fits(terms.BaseSize!.Value, product.BaseIncrement)
            : Grid.Fits(terms.QuoteSize.Value, product.QuoteIncrement);
        if (!fits)
            return new Rejection("INVALID_SIZE_PRECISION", "PREVIEW_INVALID_SIZE_PRECISION",
                "Too many decimals in order amount");
        bool isRange = ladder.Count == 1 ? min == max : min <= max;
        return isRange && max <= MaxPrice ? null : Infeasible;
    }

    /// <summary>The children's sizes in proportion, lowest price first; null when a step leaves one without.</summary>
    private static decimal[]? Shares(Ladder ladder, OrderTerms terms)
    {
        int count = (int)ladder.Count!.Value;
        decimal[] shares = new decimal[count];
        if (ladder.Sizes == LadderSizes.Even)
        {
            Array.Fill(shares, 1m);
            return shares;
        }

        if (ladder.SizeRatio < 1)
            return null;
        decimal total = (terms.BaseSize ?? terms.QuoteSize)!.Value;
        decimal smallest = 1;
        if (ladder.SizeDiff is { } diff)
        {
            if (diff > total)
                return null;
            smallest = (total - (diff * count * (count - 1) / 2)) / count;
        }

        if (smallest <= 0)
            return null;
        for (int i = count - 1; i >= 0; i--)
        {
            // A ratio is taken downwards from the largest, so that no power of it overflows.
            shares[i] = ladder switch
            {
                { SizeDiff: { } step } => smallest + (step * i),
                { SizeRatio: { } ratio } => i == count - 1 ? 1 : shares[i + 1] / ratio,
                _ => i + 1,
            };
        }

        if (ladder.Sizes == LadderSizes.Decreasing)
            Array.Reverse(shares);
        return shares;
    }

    private static OrderTerms[] Computed(OrderTerms terms, Ladder ladder, Product product, decimal[] shares)
    {
        decimal total = (terms.BaseSize ?? terms.QuoteSize)!.Value;
        decimal unit = terms.QuoteSize is null ? product.BaseIncrement : product.QuoteIncrement;
        decimal allShares = shares.Sum();
        decimal left = total;
        var rungs = new OrderTerms[shares.Length];
        for (int i = 0; i < rungs.Length; i++)
        {
            // The highest takes what rounding down has left of the others.
            decimal size = i == rungs.Length - 1 ? left : Grid.Down(total * shares[i] / allShares, unit);
            left -= size;
            rungs[i] = new OrderTerms(OrderKind.LimitGtc, ChildKey,
                BaseSize: terms.QuoteSize is null ? size : null,
                QuoteSize: terms.QuoteSize is null ? null : size,
                LimitPrice: Price(ladder, product, i));
        }

        return rungs;
    }

    private static decimal Price(Ladder ladder, Product product, int index)
    {
        decimal min = ladder.MinPrice!.Value;
        long last = ladder.Count!.Value - 1;
        if (index == 0)
            return min;
        decimal range = ladder.MaxPrice!.Value - min;
        decimal all = Distance(ladder.Prices, last, last);
        return Grid.Down(min + (range * Distance(ladder.Prices, index, last) / all), product.PriceIncrement);
    }

    /// <summary>How many shares of the whole range lie below the child with this index.</summary>
    private static decimal Distance(LadderPrices prices, long index, long last) => prices switch
    {
        LadderPrices.Increasing => index * (index + 1) / 2,
        LadderPrices.Decreasing => (index * last) - (index * (index - 1) / 2),
        _ => index,
    };
}
