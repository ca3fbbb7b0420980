using System.Globalization;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>Messages as Coinbase writes them.</summary>
internal static class VenueMessages
{
    /// <summary>Trades of a product, newest first, each at 100 plus a hundredth of its number.</summary>
    public static string Trades(long sequence, string type, string product, params long[] ids)
    {
        string trades = string.Join(',', ids.Select(id => Trade(product, id)));
        return Envelope("market_trades", sequence, $$"""{"type":"{{type}}","trades":[{{trades}}]}""");
    }

    public static string Heartbeat(long sequence) => Envelope(
        "heartbeats", sequence,
        """{"current_time":"2026-08-09 21:05:48.854840045 +0000 UTC m=+41691.260485341","heartbeat_counter":41691}""");

    public static string Envelope(string channel, long sequence, string item)
    {
        const string Sent = "2026-08-09T21:05:48.251397169Z";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"channel":"{{channel}}","timestamp":"{{Sent}}","sequence_num":{{sequence}},"events":[{{item}}]}""");
    }

    public static string Match(string type, string product, long id) =>
        $$"""{"type":"{{type}}","sequence":{{id * 3}},"maker_order_id":"x",""" + Trade(product, id)[1..];

    public static string ProductHeartbeat(string product, long lastTradeId)
    {
        const string Time = "2021-04-17T16:43:30.244075Z";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"heartbeat","last_trade_id":{{lastTradeId}},"product_id":"{{product}}","time":"{{Time}}"}""");
    }

    private static string Trade(string product, long id)
    {
        const string Rest = "\"size\":\"0.5\",\"time\":\"2026-08-09T21:05:48.167634Z\",\"side\":\"SELL\"";
        decimal price = 100m + (id / 100m);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"product_id":"{{product}}","trade_id":"{{id}}","price":"{{price}}",{{Rest}}}""");
    }
}
