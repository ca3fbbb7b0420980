using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Text;

/// <summary>Messages of the Exchange feed: each method returns a whole one.</summary>
internal static class ExchangeText
{
    /// <summary>One trade.</summary>
    /// <param name="type"><c>match</c>, or <c>last_match</c> for the newest before the subscription.</param>
    /// <param name="trade">The trade.</param>
    /// <param name="sequence">Number of the product's book.</param>
    /// <returns>The message.</returns>
    public static byte[] Match(string type, TradePrint trade, long sequence) => Message(type, json =>
    {
        json.WriteNumber("trade_id", trade.TradeId);
        json.WriteString("maker_order_id", OrderId(trade, "maker"));
        json.WriteString("taker_order_id", OrderId(trade, "taker"));
        json.WriteString("side", trade.MakerSide == OrderSide.Buy ? "buy" : "sell");
        json.WriteString("size", JsonText.Number(trade.Size));
        json.WriteString("price", JsonText.Number(trade.Price));
        json.WriteString("product_id", trade.ProductId);
        json.WriteNumber("sequence", sequence);
        json.WriteString("time", MarketText.Micros(trade.TimeNs));
    });

    /// <summary>A product's sign of life.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="lastTradeId">Its newest trade; 0 for none.</param>
    /// <param name="sequence">Number of its book.</param>
    /// <param name="timeNs">Of the venue.</param>
    /// <returns>The message.</returns>
    public static byte[] Heartbeat(string productId, long lastTradeId, long sequence, long timeNs) =>
        Message("heartbeat", json =>
        {
            json.WriteNumber("last_trade_id", lastTradeId);
            json.WriteString("product_id", productId);
            json.WriteNumber("sequence", sequence);
            json.WriteString("time", MarketText.Micros(timeNs));
        });

    /// <summary>Everything that a connection has subscribed to.</summary>
    /// <param name="channels">Channel → products.</param>
    /// <returns>The message.</returns>
    public static byte[] Subscriptions(IReadOnlyDictionary<string, SortedSet<string>> channels) =>
        Message("subscriptions", json =>
        {
            json.WriteStartArray("channels");
            foreach ((string channel, SortedSet<string> products) in channels)
            {
                json.WriteStartObject();
                json.WriteString("name", channel);
                json.WriteStartArray("product_ids");
                foreach (string product in products)
                {
                    json.WriteStringValue(product);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <summary>A request that is not carried out.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The message.</returns>
    public static byte[] Refusal(string reason) => Message("error", json =>
    {
        json.WriteString("message", "Failed to subscribe");
        json.WriteString("reason", reason);
    });

    private static byte[] Message(string type, Action<Utf8JsonWriter> write) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        write(json);
        json.WriteEndObject();
    });

    // The tape names no orders; the same trade has the same ones on every connection.
    private static Guid OrderId(in TradePrint trade, string role)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{role} {trade.ProductId}"));
        BinaryPrimitives.WriteInt64LittleEndian(hash, trade.TradeId ^ BinaryPrimitives.ReadInt64LittleEndian(hash));
        return new Guid(hash.AsSpan(0, 16));
    }
}
