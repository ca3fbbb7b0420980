using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Reads the venue's JSON: numbers are texts, exact and without exponent; what is missing is 0 or
/// empty.</summary>
/// <remarks>What is there but cannot be is a <see cref="FormatException"/>: the whole message is then void.</remarks>
internal static class VenueJson
{
    /// <summary>Decimals that are kept of values and fees: the ledger's.</summary>
    private const int KeptDecimals = 16;

    private const decimal Largest = 1_000_000_000_000_000m;

    public static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>A text; empty when missing or null.</summary>
    public static string Text(JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? string.Empty
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw Bad(name);

    /// <summary>A number of at least 0 written as text or number; 0 when missing, null or empty.</summary>
    public static decimal Number(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return 0m;
        }

        string text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw Bad(name),
        };
        if (text.Length == 0)
        {
            return 0m;
        }

        const NumberStyles Plain = NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out decimal number) && number < Largest
            ? decimal.Round(number, KeptDecimals)
            : throw Bad(name);
    }

    /// <summary>A truth written as such or as text; false when missing.</summary>
    public static bool Flag(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value)
        && (value.ValueKind == JsonValueKind.True
            || (value.ValueKind == JsonValueKind.String && value.ValueEquals("true"u8)));

    /// <summary>A time; null when missing, empty or the venue's zero.</summary>
    public static DateTimeOffset? Time(JsonElement parent, string name)
    {
        string text = WithoutLeapSecond(Text(parent, name));
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            && time > DateTimeOffset.UnixEpoch ? time.ToUniversalTime() : null;
    }

    // 2016-12-31T23:59:60Z: a second that Unix time does not have counts as the end of the one before.
    private static string WithoutLeapSecond(string text)
    {
        const int Seconds = 17;
        if (text.Length < Seconds + 2 || text.AsSpan(Seconds, 2) is not "60")
        {
            return text;
        }

        int zone = text.AsSpan(Seconds).IndexOfAny('Z', '+', '-');
        return text[..Seconds] + "59.999" + (zone < 0 ? string.Empty : text[(Seconds + zone)..]);
    }

    /// <summary>BUY or SELL.</summary>
    public static OrderSide Side(JsonElement parent, string name) => Text(parent, name) switch
    {
        "BUY" => OrderSide.Buy,
        "SELL" => OrderSide.Sell,
        _ => throw Bad(name),
    };

    /// <summary>Items of an array; none when it is missing or null.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement array) || array.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : throw Bad(name);
    }

    /// <summary>Items of the list that an answer is about: without it, it is no answer, and not an empty one.</summary>
    public static IEnumerable<JsonElement> Answered(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out _) ? Items(answer, name) : throw Bad(name);

    public static FormatException Bad(string name) => new($"{name} is not what the venue's protocol says");
}
