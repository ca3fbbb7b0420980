using System.Text.Json;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Reads orders: the query's form and the user channel's differ in names and types.</summary>
internal static class OrderJson
{
    /// <summary>An order of a query.</summary>
    /// <exception cref="FormatException">A field is not what the protocol says.</exception>
    public static CoinbaseOrder FromQuery(JsonElement json)
    {
        JsonElement terms = Terms(json);
        bool hasTerms = terms.ValueKind == JsonValueKind.Object;
        return new CoinbaseOrder
        {
            OrderId = VenueJson.Text(json, "order_id"),
            ClientOrderId = VenueJson.Text(json, "client_order_id"),
            ProductId = VenueJson.Text(json, "product_id"),
            Side = VenueJson.Side(json, "side"),
            Status = StatusOf(VenueJson.Text(json, "status")),
            IsTriggered = VenueJson.Text(json, "trigger_status") == "STOP_TRIGGERED",
            FilledSize = VenueJson.Number(json, "filled_size"),
            FilledValue = Value(json, "filled_size", "average_filled_price"),
            TotalFees = VenueJson.Number(json, "total_fees"),
            Size = hasTerms ? VenueJson.Number(terms, "base_size") : 0m,
            LimitPrice = hasTerms ? VenueJson.Number(terms, "limit_price") : 0m,
            StopPrice = hasTerms ? VenueJson.Number(terms, "stop_price") : 0m,
            Hold = VenueJson.Number(json, "outstanding_hold_amount"),
            CreatedAt = VenueJson.Time(json, "created_time"),
        };
    }

    /// <summary>An order of the user channel, where every value is a text.</summary>
    /// <exception cref="FormatException">A field is not what the protocol says.</exception>
    public static CoinbaseOrder FromChannel(JsonElement json) => new()
    {
        OrderId = VenueJson.Text(json, "order_id"),
        ClientOrderId = VenueJson.Text(json, "client_order_id"),
        ProductId = VenueJson.Text(json, "product_id"),
        Side = VenueJson.Side(json, "order_side"),
        Status = StatusOf(VenueJson.Text(json, "status")),
        IsTriggered = VenueJson.Text(json, "trigger_status") == "STOP_TRIGGERED",
        FilledSize = VenueJson.Number(json, "cumulative_quantity"),
        FilledValue = Value(json, "cumulative_quantity", "avg_price"),
        TotalFees = VenueJson.Number(json, "total_fees"),
        LimitPrice = VenueJson.Number(json, "limit_price"),
        StopPrice = VenueJson.Number(json, "stop_price"),
        Hold = VenueJson.Number(json, "outstanding_hold_amount"),
        CreatedAt = VenueJson.Time(json, "creation_time"),
    };

    private static VenueStatus StatusOf(string text) => text switch
    {
        "PENDING" or "QUEUED" => VenueStatus.Pending,
        "OPEN" or "CANCEL_QUEUED" => VenueStatus.Open,
        "EDIT_QUEUED" => VenueStatus.EditQueued,
        "FILLED" => VenueStatus.Filled,
        "CANCELLED" => VenueStatus.Cancelled,
        "EXPIRED" => VenueStatus.Expired,
        "FAILED" => VenueStatus.Failed,
        _ => VenueStatus.None,
    };

    // Older messages have no filled value; the average price then gives it.
    private static decimal Value(JsonElement json, string sizeName, string priceName)
    {
        decimal value = VenueJson.Number(json, "filled_value");
        return value != 0m
            ? value
            : decimal.Round(VenueJson.Number(json, sizeName) * VenueJson.Number(json, priceName), 16);
    }

    // {"limit_limit_gtc":{...}}: the name is the kind, its value the terms.
    private static JsonElement Terms(JsonElement json)
    {
        if (json.TryGetProperty("order_configuration", out JsonElement kinds)
            && kinds.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty kind in kinds.EnumerateObject())
            {
                return kind.Value;
            }
        }

        return default;
    }
}
