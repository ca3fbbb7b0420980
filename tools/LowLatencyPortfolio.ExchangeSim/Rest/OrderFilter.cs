using Microsoft.AspNetCore.Http;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>The filters of the order list; each absent one lets everything through.</summary>
internal sealed class OrderFilter
{
    private readonly HashSet<string> _orderIds;
    private readonly HashSet<string> _productIds;
    private readonly HashSet<string> _statuses;
    private readonly HashSet<string> _timesInForce;
    private readonly HashSet<string> _types;
    private readonly string? _side;
    private readonly long? _fromNs;
    private readonly long? _toNs;
    private readonly bool _isSpot;

    private OrderFilter(HttpRequest request)
    {
        _orderIds = Set(request, "order_ids");
        _productIds = Set(request, "product_ids", "product_id");
        _statuses = Set(request, "order_status");
        _timesInForce = Set(request, "time_in_forces");
        _types = Set(request, "order_types", "order_type");
        _side = request.One("order_side");
        _fromNs = request.TimeNs("start_date");
        _toNs = request.TimeNs("end_date");
        _isSpot = request.One("product_type") is null or "SPOT" or "UNKNOWN_PRODUCT_TYPE"
            && request.One("order_placement_source") is null or "RETAIL_ADVANCED" or "UNKNOWN_PLACEMENT_SOURCE";
    }

    /// <exception cref="RequestFault">OPEN beside another status, or a date that is none.</exception>
    public static OrderFilter From(HttpRequest request)
    {
        var filter = new OrderFilter(request);
        return filter._statuses.Count > 1 && filter._statuses.Contains("OPEN")
            ? throw new RequestFault("OPEN cannot be combined with other order statuses")
            : filter;
    }

    public bool Includes(OrderView order) =>
        _isSpot
        && (_orderIds.Count == 0 || _orderIds.Contains(order.OrderId))
        && (_productIds.Count == 0 || _productIds.Contains(order.ProductId))
        && (_statuses.Count == 0 || _statuses.Contains(WireText.Status(order.Status)))
        && (_timesInForce.Count == 0 || _timesInForce.Contains(WireText.TimeInForce(order.Terms)))
        && (_types.Count == 0 || _types.Contains(WireText.OrderType(order.Terms)))
        && (_side is null || _side == WireText.Side(order.Side))
        && (_fromNs is null || order.CreatedAtNs >= _fromNs)
        && (_toNs is null || order.CreatedAtNs < _toNs);

    private static HashSet<string> Set(HttpRequest request, params string[] names) =>
        names.SelectMany(request.Many).ToHashSet(StringComparer.Ordinal);
}
