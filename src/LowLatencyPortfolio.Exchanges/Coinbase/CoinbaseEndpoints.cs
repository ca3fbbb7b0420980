using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Where the venue is reached; everything else is the same for the venue and a simulator of it.</summary>
/// <remarks>Source: coinbase.com Advanced Trade; the defaults are the real addresses.</remarks>
public sealed record CoinbaseEndpoints
{
    private static readonly string[] Names = ["rest", "marketWebSocket", "userWebSocket", "exchangeWebSocket"];

    /// <summary>Origin of orders and queries, <c>https</c> or, for a simulator, <c>http</c>; no path.</summary>
    public Uri Rest { get; init; } = new("https://api.coinbase.com");

    /// <summary>Market data, <c>wss</c> or <c>ws</c>.</summary>
    public Uri MarketWebSocket { get; init; } = new("wss://advanced-trade-ws.coinbase.com");

    /// <summary>The user's own orders, <c>wss</c> or <c>ws</c>.</summary>
    public Uri UserWebSocket { get; init; } = new("wss://advanced-trade-ws-user.coinbase.com");

    /// <summary>
    /// The public feed of Coinbase Exchange, <c>wss</c> or <c>ws</c>: an alternative source of trades.
    /// </summary>
    public Uri ExchangeWebSocket { get; init; } = new("wss://ws-feed.exchange.coinbase.com");

    /// <summary>Where a feed connects.</summary>
    /// <param name="source">What it reads.</param>
    /// <returns><see cref="MarketWebSocket"/> or <see cref="ExchangeWebSocket"/>.</returns>
    public Uri PricesOf(CoinbaseFeedSource source) =>
        source == CoinbaseFeedSource.ExchangeMatches ? ExchangeWebSocket : MarketWebSocket;

    /// <summary>Whether these are the real addresses, where real money is at stake.</summary>
    public bool IsReal => Rest.Host.EndsWith("coinbase.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a JSON object with any of <c>rest</c>, <c>marketWebSocket</c>, <c>userWebSocket</c>,
    /// <c>exchangeWebSocket</c>; what is missing keeps its default.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The addresses.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is no such object, names something else, or an address is not absolute or of another scheme; the
    /// message names file, field and value.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CoinbaseEndpoints Load(string path)
    {
        using JsonDocument document = Parse(path);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"{path}: must be a JSON object with {string.Join(", ", Names)}");
        }

        CoinbaseEndpoints endpoints = new();
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            string? text = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : null;
            endpoints = property.Name switch
            {
                "rest" => endpoints with { Rest = Address(path, property.Name, text, "http") },
                "marketWebSocket" => endpoints with { MarketWebSocket = Address(path, property.Name, text, "ws") },
                "userWebSocket" => endpoints with { UserWebSocket = Address(path, property.Name, text, "ws") },
                "exchangeWebSocket" => endpoints with { ExchangeWebSocket = Address(path, property.Name, text, "ws") },
                _ => throw new InvalidDataException(
                    $"{path}: {property.Name} is not an address; known are {string.Join(", ", Names)}"),
            };
        }

        return endpoints;
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            JsonDocumentOptions options = new()
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                AllowDuplicateProperties = false,
            };
            return JsonDocument.Parse(File.ReadAllBytes(path), options);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: is not JSON ({e.Message})", e);
        }
    }

    private static Uri Address(string path, string name, string? text, string scheme)
    {
        bool isGood = Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && (address.Scheme == scheme || address.Scheme == scheme + "s")
            && address.UserInfo.Length == 0;
        return isGood
            ? address!
            : throw new InvalidDataException(
                $"{path}: {name} is \"{text}\"; it must be an address that begins with {scheme}:// or {scheme}s://");
    }
}
