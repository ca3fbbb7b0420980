using System.Text;
using System.Text.RegularExpressions;

namespace LowLatencyPortfolio.ExchangeSim.Faults;

/// <summary>Turns a good message into one that attacks its reader.</summary>
internal static partial class HostileText
{
    private const int Depth = 10_000;
    private const int HugeBytes = 10 * 1024 * 1024;

    /// <summary>What prices become; by default nothing.</summary>
    public static readonly IReadOnlyList<string> PriceVariants =
        ["zero", "negative", "overflow", "nan", "infinity", "digits", "comma", "empty"];

    /// <summary>What the whole text becomes; by default it ends in its middle.</summary>
    public static readonly IReadOnlyList<string> JsonVariants =
        ["truncated", "wrong-types", "deep", "huge", "duplicate-keys", "bad-utf8"];

    /// <summary>Replaces every price of a message.</summary>
    /// <param name="json">A good message.</param>
    /// <param name="variant">One of <see cref="PriceVariants"/>.</param>
    /// <returns>The message with hostile prices.</returns>
    public static byte[] WithPrices(ReadOnlySpan<byte> json, string variant)
    {
        string price = variant switch
        {
            "negative" => "-65000.01",
            "overflow" => "1e400",
            "nan" => "NaN",
            "infinity" => "Infinity",
            "digits" => new string('9', 400) + "." + new string('9', 400),
            "comma" => "65,000.01",
            "empty" => string.Empty,
            _ => "0",
        };
        return Encoding.UTF8.GetBytes(Prices().Replace(Encoding.UTF8.GetString(json), $"\"$1\":\"{price}\""));
    }

    /// <summary>Makes a message unreadable.</summary>
    /// <param name="json">A good message: one JSON object.</param>
    /// <param name="variant">One of <see cref="JsonVariants"/>.</param>
    /// <returns>The hostile bytes.</returns>
    public static byte[] WithShape(ReadOnlySpan<byte> json, string variant) => variant switch
    {
        "wrong-types" => WrongTypes(json),
        "deep" => Inside(json, $"\"deep\":{new string('[', Depth)}{new string(']', Depth)}"),
        "huge" => Inside(json, $"\"huge\":\"{new string('x', HugeBytes)}\""),
        "duplicate-keys" => Inside(json, json.StartsWith("{\"type\":"u8)
            ? "\"type\":\"nobody\",\"price\":\"1\",\"sequence\":-1"
            : "\"channel\":\"nobody\",\"success\":false,\"sequence_num\":-1"),
        "bad-utf8" => [(byte)'{', (byte)'"', 0xC3, 0x28, 0xFF, (byte)'"', (byte)':', .. json, (byte)'}'],
        _ => json[..(json.Length / 2)].ToArray(),
    };

    // Strings become numbers and lists, numbers become strings: each legal JSON, none what was promised.
    private static byte[] WrongTypes(ReadOnlySpan<byte> json)
    {
        string text = Encoding.UTF8.GetString(json);
        text = Prices().Replace(text, "\"$1\":[{}]");
        text = Numbers().Replace(text, "\"$1\":\"$2\"");
        text = text.Replace("\"events\":[", "\"events\":[null,7,", StringComparison.Ordinal);
        text = text.Replace("\"success\":true", "\"success\":\"yes\"", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Inside(ReadOnlySpan<byte> json, string member)
    {
        string text = Encoding.UTF8.GetString(json);
        int end = text.LastIndexOf('}');
        if (end < 0)
        {
            return Encoding.UTF8.GetBytes($"{{{member}}}");
        }

        string comma = text.AsSpan(0, end).TrimEnd().EndsWith("{") ? string.Empty : ",";
        return Encoding.UTF8.GetBytes($"{text[..end]}{comma}{member}{text[end..]}");
    }

    [GeneratedRegex("\"((?:avg_|limit_|stop_)?price|price_level|open|high|low|close|average_filled_price|best_bid|"
        + "best_ask)\":\"[^\"]*\"")]
    private static partial Regex Prices();

    [GeneratedRegex("\"(sequence_num|heartbeat_counter|size|num_products)\":(-?[0-9]+)")]
    private static partial Regex Numbers();
}
