using System.Text.Json;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>What is sent after connecting.</summary>
internal static class SubscribeMessages
{
    /// <summary>The messages in order; heartbeats first, because they keep quiet subscriptions open.</summary>
    public static IEnumerable<byte[]> Of(CoinbaseFeedOptions options, ProductTable products, RefusedBooks refused)
    {
        string[] ids = [.. products.Pairs.Select(pair => pair.ProductId)];
        if (options.Source == CoinbaseFeedSource.ExchangeMatches)
        {
            // The feed knows books only.
            string[] books =
            [
                .. products.Pairs.Select(ProductTable.BookOf).Distinct().Where(book => !refused.Contains(book)),
            ];
            if (books.Length == 0)
            {
                yield break;
            }

            yield return Write(json =>
            {
                WriteProducts(json, books);
                json.WriteStartArray("channels");
                json.WriteStringValue("heartbeat");
                json.WriteStringValue("matches");
                json.WriteEndArray();
            });
            yield break;
        }

        // One channel a message, and each with a token of its own.
        yield return Subscribe("heartbeats", [], options.Token);
        yield return Subscribe("market_trades", ids, options.Token);
        if (options.TickerPrices)
        {
            yield return Subscribe("ticker", ids, options.Token);
        }

        if (options.WatchesStatus)
        {
            yield return Subscribe("status", ids, options.Token);
        }
    }

    private static byte[] Subscribe(string channel, string[] ids, Func<string>? token) => Write(json =>
    {
        if (ids.Length > 0)
        {
            WriteProducts(json, ids);
        }

        json.WriteString("channel", channel);
        if (token is not null)
        {
            json.WriteString("jwt", token());
        }
    });

    private static void WriteProducts(Utf8JsonWriter json, string[] ids)
    {
        json.WriteStartArray("product_ids");
        foreach (string id in ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("type", "subscribe");
            fields(json);
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}
