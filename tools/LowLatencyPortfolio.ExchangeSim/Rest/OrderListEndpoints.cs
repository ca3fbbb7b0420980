using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>Orders and fills of the past and the present.</summary>
internal static class OrderListEndpoints
{
    private const int MaxOrders = 1000;
    private const int MaxFills = 1000;

    public static void Map(IEndpointRouteBuilder routes, Venue venue)
    {
        const string History = BrokerageEndpoints.Prefix + "/orders/historical";
        routes.MapGet($"{History}/batch", Bodies.Handler(request => Orders(request, venue)));
        routes.MapGet($"{History}/fills", Bodies.Handler(request => Fills(request, venue)));
        routes.MapGet($"{History}/{{orderId}}", (string orderId) => Order(orderId, venue));
    }

    private static IResult Order(string orderId, Venue venue) => venue.VisibleOrder(orderId) is { } order
        ? Answers.Ok(new { order = OrderJson.Order(order, venue) })
        : Answers.OrderNotFound();

    private static IResult Orders(HttpRequest request, Venue venue)
    {
        var filter = OrderFilter.From(request);
        var newestFirst = venue.VisibleOrders.Reverse().ToList();
        var page = Page<OrderView>.Of(newestFirst, order => order.OrderId, filter.Includes,
            Limit(request, MaxOrders), request.One("cursor"));
        return Answers.Ok(new
        {
            orders = page.Items.Select(order => OrderJson.Order(order, venue)),
            sequence = "0",
            has_next = page.HasNext,
            cursor = page.Cursor,
        });
    }

    private static IResult Fills(HttpRequest request, Venue venue)
    {
        var orderIds = Set(request, "order_ids", "order_id");
        var productIds = Set(request, "product_ids", "product_id");
        var tradeIds = Set(request, "trade_ids");
        long? fromNs = request.TimeNs("start_sequence_timestamp");
        long? toNs = request.TimeNs("end_sequence_timestamp");
        bool Includes(FillView fill) =>
            (orderIds.Count == 0 || orderIds.Contains(fill.OrderId))
            && (productIds.Count == 0 || productIds.Contains(fill.ProductId))
            && (tradeIds.Count == 0 || tradeIds.Contains(fill.TradeId))
            && (fromNs is null || fill.TimeNs >= fromNs) && (toNs is null || fill.TimeNs < toNs);
        var newestFirst = venue.VisibleFills.Reverse().ToList();
        var page = Page<FillView>.Of(newestFirst, fill => fill.EntryId, Includes,
            Limit(request, MaxFills, fallback: 100), request.One("cursor"));
        return Answers.Ok(new { fills = page.Items.Select(fill => OrderJson.Fill(fill, venue)), cursor = page.Cursor });
    }

    private static HashSet<string> Set(HttpRequest request, params string[] names) =>
        names.SelectMany(request.Many).ToHashSet(StringComparer.Ordinal);

    private static int Limit(HttpRequest request, int max, int? fallback = null)
    {
        int limit = request.Count("limit", fallback ?? max, max);
        return limit == 0 ? fallback ?? max : limit;
    }
}
