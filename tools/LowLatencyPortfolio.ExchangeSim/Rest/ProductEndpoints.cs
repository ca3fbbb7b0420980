using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>Products, under the private and the public path alike.</summary>
internal static class ProductEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Venue venue)
    {
        const string Prefix = BrokerageEndpoints.Prefix;
        foreach (string path in (string[])[$"{Prefix}/products", $"{Prefix}/market/products"])
        {
            routes.MapGet(path, Bodies.Handler(request => List(request, venue)));
            routes.MapGet($"{path}/{{productId}}", (string productId) => venue.FindProduct(productId) is { } product
                ? Answers.Ok(Product(product, venue))
                : Answers.NotFound($"valid product_id is required: {productId}"));
        }
    }

    private static IResult List(HttpRequest request, Venue venue)
    {
        var ids = request.Many("product_ids");
        bool isSpot = request.One("product_type") is null or "SPOT" or "UNKNOWN_PRODUCT_TYPE";
        var products = venue.Products.Where(product => isSpot && (ids.Count == 0 || ids.Contains(product.Id))).ToList();
        int limit = request.Count("limit", int.MaxValue, int.MaxValue);
        var shown = products.Skip(request.Count("offset", 0, int.MaxValue)).Take(limit == 0 ? int.MaxValue : limit);
        return Answers.Ok(new
        {
            products = shown.Select(product => Product(product, venue)),
            num_products = products.Count,
            pagination = (object?)null,
        });
    }

    private static object Product(Product product, Venue venue)
    {
        var market = venue.Market(product.Id)!;
        decimal change = market.Open24h == 0 ? 0
            : Math.Round((market.LastPrice!.Value / market.Open24h * 100) - 100, 8);
        return new
        {
            product_id = product.Id,
            price = market.LastPrice is { } last ? WireText.Number(last) : "",
            price_percentage_change_24h = WireText.Number(change),
            volume_24h = WireText.Number(market.Volume24h),
            volume_percentage_change_24h = "0",
            base_increment = WireText.Number(product.BaseIncrement),
            quote_increment = WireText.Number(product.QuoteIncrement),
            quote_min_size = WireText.Number(product.QuoteMinSize),
            quote_max_size = WireText.Number(product.QuoteMaxSize),
            base_min_size = WireText.Number(product.BaseMinSize),
            base_max_size = WireText.Number(product.BaseMaxSize),
            base_name = product.BaseCurrency,
            quote_name = product.QuoteCurrency,
            watched = false,
            is_disabled = product.IsDisabled,
            @new = false,
            status = product.Status,
            cancel_only = product.CancelOnly,
            limit_only = product.LimitOnly,
            post_only = product.PostOnly,
            trading_disabled = product.TradingDisabled,
            auction_mode = product.AuctionMode,
            product_type = "SPOT",
            quote_currency_id = product.QuoteCurrency,
            base_currency_id = product.BaseCurrency,
            fcm_trading_session_details = (object?)null,
            mid_market_price = "",
            alias = product.AliasOf ?? "",
            alias_to = venue.Products.Where(other => other.AliasOf == product.Id).Select(other => other.Id),
            base_display_symbol = product.BaseCurrency,
            quote_display_symbol = product.QuoteCurrency,
            view_only = product.ViewOnly,
            price_increment = WireText.Number(product.PriceIncrement),
            display_name = product.Id,
            product_venue = "CBE",
            approximate_quote_24h_volume = WireText.Number(Math.Round(market.Volume24h * (market.LastPrice ?? 0), 2)),
            new_at = "2023-01-01T00:00:00Z",
            best_bid_price = "",
            best_ask_price = "",
        };
    }
}
