using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Text;

/// <summary>Events of the user channel: cumulative orders in which every value is a string.</summary>
internal static class UserText
{
    private const string NoTime = "0001-01-01T00:00:00Z";

    /// <summary>Orders of one message.</summary>
    /// <param name="type"><c>snapshot</c> or <c>update</c>.</param>
    /// <param name="orders">The orders; may be empty.</param>
    /// <param name="portfolioId">Whose orders they are.</param>
    /// <returns>The events.</returns>
    public static byte[] Orders(string type, IEnumerable<OrderView> orders, string portfolioId) =>
        JsonText.Write(json => Write(json, type, orders, portfolioId));

    private static void Write(
        Utf8JsonWriter json, string type, IEnumerable<OrderView> orders, string portfolioId)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteStartArray("orders");
        foreach (OrderView order in orders)
        {
            Order(json, order, portfolioId);
        }

        json.WriteEndArray();
        json.WriteStartObject("positions");
        json.WriteStartArray("perpetual_futures_positions");
        json.WriteEndArray();
        json.WriteStartArray("expiring_futures_positions");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Order(Utf8JsonWriter json, OrderView order, string portfolioId)
    {
        OrderTerms terms = order.Terms;
        json.WriteStartObject();
        Number(json, "avg_price", order.AveragePrice);
        json.WriteString("cancel_reason", order.CancelMessage);
        json.WriteString("client_order_id", order.ClientOrderId);
        json.WriteString(
            "completion_percentage", order.CompletionPercent.ToString("0.00", CultureInfo.InvariantCulture));
        json.WriteString("contract_expiry_type", "UNKNOWN_CONTRACT_EXPIRY_TYPE");
        Number(json, "cumulative_quantity", order.FilledBase);
        Number(json, "filled_value", order.FilledValue);
        Number(json, "leaves_quantity", order.Leaves);
        Number(json, "limit_price", terms.LimitPrice ?? 0);
        json.WriteString("number_of_fills", order.FillCount.ToString(CultureInfo.InvariantCulture));
        json.WriteString("order_id", order.OrderId);
        json.WriteString("order_side", order.Side == OrderSide.Buy ? "BUY" : "SELL");
        json.WriteString("order_type", Type(terms));
        Number(json, "outstanding_hold_amount", order.Hold);
        json.WriteString("post_only", terms.PostOnly ? "true" : "false");
        json.WriteString("product_id", order.ProductId);
        json.WriteString("product_type", "SPOT");
        json.WriteString("reject_reason", order.RejectReason);
        json.WriteString("retail_portfolio_id", portfolioId);
        json.WriteString("risk_managed_by", "UNKNOWN_RISK_MANAGEMENT_TYPE");
        json.WriteString("status", Status(order.Status));
        json.WriteString("stop_price", terms.StopPrice is { } stop ? JsonText.Number(stop) : string.Empty);
        json.WriteString("time_in_force", TimeInForce(terms));
        Number(json, "total_fees", order.TotalFees);
        Number(json, "total_value_after_fees", order.TotalValueAfterFees);
        json.WriteString("trigger_status", Trigger(order.TriggerStatus));
        json.WriteString("creation_time", Time(order.CreatedAtNs));
        json.WriteString("end_time", terms.EndTimeNs is { } end ? Time(end) : NoTime);
        json.WriteString("start_time", terms.Twap?.StartNs is { } start ? Time(start) : NoTime);
        json.WriteEndObject();
    }

    private static string Type(OrderTerms terms) =>
        terms.Twap is not null ? "TWAP"
        : terms.Ladder is not null ? "Scaled"
        : terms.IsMarket ? "Market" : terms.IsStop ? "Stop Limit" : terms.IsBracket ? "Bracket" : "Limit";

    private static string TimeInForce(OrderTerms terms) => terms.Kind switch
    {
        OrderKind.LimitFok => "FILL_OR_KILL",
        OrderKind.MarketIoc or OrderKind.SorLimitIoc => "IMMEDIATE_OR_CANCEL",
        _ => terms.IsGoodTillDate ? "GOOD_UNTIL_DATE_TIME" : "GOOD_UNTIL_CANCELLED",
    };

    private static string Status(OrderStatus status) => status switch
    {
        OrderStatus.Pending => "PENDING",
        OrderStatus.CancelQueued => "CANCEL_QUEUED",
        // The user channel does not know the queued edit: to it the order stays open.
        OrderStatus.Open or OrderStatus.EditQueued => "OPEN",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Cancelled => "CANCELLED",
        OrderStatus.Expired => "EXPIRED",
        _ => "FAILED",
    };

    private static string Trigger(TriggerStatus status) => status switch
    {
        TriggerStatus.StopPending => "STOP_PENDING",
        TriggerStatus.StopTriggered => "STOP_TRIGGERED",
        _ => "INVALID_ORDER_TYPE",
    };

    private static string Time(long timeNs) =>
        VenueTime.ToUtc(timeNs).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static void Number(Utf8JsonWriter json, string name, decimal value) =>
        json.WriteString(name, JsonText.Number(value));
}
