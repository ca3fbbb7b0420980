using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>A subscribe or unsubscribe message.</summary>
/// <param name="IsSubscribe">False for unsubscribe.</param>
/// <param name="Channel">Exactly one; not yet known to exist.</param>
/// <param name="ProductIds">Empty for all.</param>
/// <param name="Token">Null without one.</param>
internal sealed record ClientMessage(bool IsSubscribe, string Channel, IReadOnlyList<string> ProductIds, string? Token)
{
    /// <summary>Reads a message; fields it does not know are passed over.</summary>
    /// <param name="utf8">The text.</param>
    /// <returns>Null for everything that is neither subscribe nor unsubscribe of one channel.</returns>
    public static ClientMessage? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            JsonElement root = document.RootElement;
            string? type = Text(root, "type");
            return type is "subscribe" or "unsubscribe" && Text(root, "channel") is { Length: > 0 } channel
                && Products(root) is { } products
                ? new ClientMessage(type == "subscribe", channel, products, Text(root, "jwt"))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static List<string>? Products(JsonElement root)
    {
        var products = new List<string>();
        if (!root.TryGetProperty("product_ids", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return products;
        }

        foreach (JsonElement item in list.EnumerateArray())
        {
            products.Add(item.GetString() ?? string.Empty);
        }

        return products;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
