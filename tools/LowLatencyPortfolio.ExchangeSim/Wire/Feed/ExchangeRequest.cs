using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>A subscribe or unsubscribe message of the Exchange feed, which may be about several channels.</summary>
/// <param name="IsSubscribe">False for unsubscribe.</param>
/// <param name="Channels">Name and products of each, as the client wrote them; neither need exist.</param>
internal sealed record ExchangeRequest(
    bool IsSubscribe, IReadOnlyList<(string Name, IReadOnlyList<string> Products)> Channels)
{
    /// <summary>Reads a message; fields it does not know are passed over.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="reason">Why it is none, in the venue's words; empty when it is one.</param>
    /// <returns>Null for what cannot be read.</returns>
    /// <remarks>
    /// Products named beside the channels count for each of them, also for those that name some of their own.
    /// </remarks>
    public static ExchangeRequest? Parse(ReadOnlyMemory<byte> utf8, out string reason)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            return Read(document.RootElement, out reason);
        }
        catch (JsonException)
        {
            reason = "Type has to be either subscribe or unsubscribe";
            return null;
        }
    }

    private static ExchangeRequest? Read(JsonElement root, out string reason)
    {
        string? type = root.ValueKind == JsonValueKind.Object ? Text(root, "type") : null;
        if (type is not ("subscribe" or "unsubscribe"))
        {
            reason = "Type has to be either subscribe or unsubscribe";
            return null;
        }

        if (!root.TryGetProperty("channels", out JsonElement list) || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() == 0)
        {
            reason = "No channels provided";
            return null;
        }

        var channels = new List<(string, IReadOnlyList<string>)>();
        List<string>? shared = Products(root);
        foreach (JsonElement item in list.EnumerateArray())
        {
            bool isObject = item.ValueKind == JsonValueKind.Object;
            string? name = isObject ? Text(item, "name")
                : item.ValueKind == JsonValueKind.String ? item.GetString()
                : null;
            List<string>? own = isObject ? Products(item) : [];
            if (name is null || shared is null || own is null)
            {
                reason = name is null ? $"{item.GetRawText()} is not a valid channel" : "Invalid product ID provided";
                return null;
            }

            channels.Add((name, [.. shared, .. own]));
        }

        reason = string.Empty;
        return new ExchangeRequest(type == "subscribe", channels);
    }

    private static List<string>? Products(JsonElement owner)
    {
        if (!owner.TryGetProperty("product_ids", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        bool isList = list.ValueKind == JsonValueKind.Array
            && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);
        return isList ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : null;
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
