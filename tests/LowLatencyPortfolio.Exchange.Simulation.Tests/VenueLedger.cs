using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>What is true at the exchange.</summary>
internal sealed record VenueLedger(
    IReadOnlyDictionary<string, decimal> Totals, IReadOnlyList<LedgerOrder> Orders, IReadOnlyList<LedgerFill> Fills,
    IReadOnlyList<string> Violations)
{
    public static VenueLedger Read(JsonElement root) => new(
        root.GetProperty("accounts").EnumerateArray()
            .ToDictionary(account => account.GetProperty("currency").GetString()!, account => Number(account, "total")),
        [.. root.GetProperty("orders").EnumerateArray().Select(Order)],
        [.. root.GetProperty("fills").EnumerateArray().Select(Fill)],
        [.. root.GetProperty("violations").EnumerateArray().Select(line => line.GetString()!)]);

    /// <summary>Every state that orders were in, in the order of events.</summary>
    public static IReadOnlyList<LedgerOrder> ReadChanges(JsonElement root) =>
        [.. root.GetProperty("changes").EnumerateArray().Select(Order)];

    /// <summary>An engine's orders of a product, oldest first.</summary>
    public IReadOnlyList<LedgerOrder> OrdersOf(string engineId, string product) =>
        [.. Orders.Where(order => order.Product == product && order.IsOf(engineId))];

    /// <summary>The fills of an engine's orders of a product, oldest first.</summary>
    public IReadOnlyList<LedgerFill> FillsOf(string engineId, string product)
    {
        HashSet<string> ours = [.. OrdersOf(engineId, product).Select(order => order.OrderId)];
        return [.. Fills.Where(fill => ours.Contains(fill.OrderId))];
    }

    private static LedgerOrder Order(JsonElement item)
    {
        JsonElement order = item.GetProperty("order");
        JsonElement terms = default;
        string kind = string.Empty;
        if (order.GetProperty("order_configuration") is { ValueKind: JsonValueKind.Object } configuration)
        {
            JsonProperty only = configuration.EnumerateObject().Single();
            (kind, terms) = (only.Name, only.Value);
        }

        return new LedgerOrder
        {
            OrderId = Text(order, "order_id"),
            ClientId = Text(order, "client_order_id"),
            Product = Text(order, "product_id"),
            Side = Text(order, "side"),
            Status = Text(order, "status"),
            Kind = kind,
            Size = Number(terms, "base_size"),
            StopPrice = Number(terms, "stop_price"),
            LimitPrice = Number(terms, "limit_price"),
            Filled = Number(order, "filled_size"),
            FilledValue = Number(order, "filled_value"),
            Fees = Number(order, "total_fees"),
            Edits = order.GetProperty("edit_history").GetArrayLength(),
            IsTriggered = Text(order, "trigger_status") == "STOP_TRIGGERED",
            IsForeign = item.GetProperty("is_foreign").GetBoolean(),
        };
    }

    private static LedgerFill Fill(JsonElement fill) => new(
        Text(fill, "order_id"), Text(fill, "side"), Number(fill, "price"), Number(fill, "size"),
        Number(fill, "commission"), Text(fill, "liquidity_indicator"));

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture)
            : 0m;
}
