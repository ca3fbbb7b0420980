namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>POST /admin/product: what is given replaces the product's value, the rest stays.</summary>
internal sealed record AdminProduct(
    string? ProductId = null,
    string? Status = null,
    bool? IsDisabled = null,
    bool? TradingDisabled = null,
    bool? ViewOnly = null,
    bool? CancelOnly = null,
    bool? LimitOnly = null,
    bool? PostOnly = null,
    bool? AuctionMode = null,
    decimal? PriceIncrement = null,
    decimal? BaseIncrement = null,
    decimal? BaseMinSize = null,
    decimal? BaseMaxSize = null,
    decimal? QuoteMinSize = null,
    decimal? QuoteMaxSize = null)
{
    /// <exception cref="RequestFault">A size or an increment that is not above zero.</exception>
    public Product ApplyTo(Product product)
    {
        if (PriceIncrement is <= 0 || BaseIncrement is <= 0 || BaseMinSize is <= 0 || BaseMaxSize is <= 0
            || QuoteMinSize is < 0 || QuoteMaxSize is <= 0)
            throw new RequestFault("increments and sizes must be above zero");
        return product with
        {
            Status = Status ?? product.Status,
            IsDisabled = IsDisabled ?? product.IsDisabled,
            TradingDisabled = TradingDisabled ?? product.TradingDisabled,
            ViewOnly = ViewOnly ?? product.ViewOnly,
            CancelOnly = CancelOnly ?? product.CancelOnly,
            LimitOnly = LimitOnly ?? product.LimitOnly,
            PostOnly = PostOnly ?? product.PostOnly,
            AuctionMode = AuctionMode ?? product.AuctionMode,
            PriceIncrement = PriceIncrement ?? product.PriceIncrement,
            BaseIncrement = BaseIncrement ?? product.BaseIncrement,
            BaseMinSize = BaseMinSize ?? product.BaseMinSize,
            BaseMaxSize = BaseMaxSize ?? product.BaseMaxSize,
            QuoteMinSize = QuoteMinSize ?? product.QuoteMinSize,
            QuoteMaxSize = QuoteMaxSize ?? product.QuoteMaxSize,
        };
    }
}
