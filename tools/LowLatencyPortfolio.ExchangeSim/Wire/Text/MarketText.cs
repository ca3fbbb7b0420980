using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Wire.Feed;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Text;

/// <summary>Events of the public channels: each method returns the JSON list of one message.</summary>
internal static class MarketText
{
    /// <summary>One ticker.</summary>
    /// <param name="type"><c>snapshot</c> or <c>update</c>.</param>
    /// <param name="market">What the tape says.</param>
    /// <param name="year">Lowest and highest price of 52 weeks.</param>
    /// <param name="withBook">False for <c>ticker_batch</c>, which has no best prices.</param>
    /// <returns>The events.</returns>
    public static byte[] Ticker(string type, MarketView market, (decimal Low, decimal High) year, bool withBook) =>
        Events(type, "tickers", json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "ticker");
            json.WriteString("product_id", market.ProductId);
            Number(json, "price", market.LastPrice ?? 0);
            Number(json, "volume_24_h", market.Volume24h);
            Number(json, "low_24_h", market.Low24h);
            Number(json, "high_24_h", market.High24h);
            Number(json, "low_52_w", year.Low);
            Number(json, "high_52_w", year.High);
            Number(json, "price_percent_chg_24_h", Change(market));
            if (withBook)
            {
                Number(json, "best_bid", market.BestBid);
                Number(json, "best_bid_quantity", market.BestSize);
                Number(json, "best_ask", market.BestAsk);
                Number(json, "best_ask_quantity", market.BestSize);
            }

            json.WriteEndObject();
        });

    /// <summary>Trades of one product.</summary>
    /// <param name="type"><c>snapshot</c> or <c>update</c>.</param>
    /// <param name="trades">Newest first; may be empty.</param>
    /// <returns>The events.</returns>
    public static byte[] Trades(string type, IEnumerable<TradePrint> trades) => Events(type, "trades", json =>
    {
        foreach (TradePrint trade in trades)
        {
            json.WriteStartObject();
            json.WriteString("trade_id", trade.TradeId.ToString(CultureInfo.InvariantCulture));
            json.WriteString("product_id", trade.ProductId);
            Number(json, "price", trade.Price);
            Number(json, "size", trade.Size);
            json.WriteString("side", trade.MakerSide == OrderSide.Buy ? "BUY" : "SELL");
            json.WriteString("time", Micros(trade.TimeNs));
            json.WriteEndObject();
        }
    });

    /// <summary>Levels of one book.</summary>
    /// <param name="type"><c>snapshot</c> or <c>update</c>.</param>
    /// <param name="productId">The product.</param>
    /// <param name="levels">Absolute quantities; 0 takes a level away.</param>
    /// <param name="timeNs">Of the matching engine; a snapshot says 1970.</param>
    /// <returns>The events.</returns>
    public static byte[] Book(string type, string productId, IEnumerable<BookLevel> levels, long timeNs) =>
        JsonText.Write(json =>
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("product_id", productId);
            json.WriteStartArray("updates");
            string time = type == "snapshot" ? "1970-01-01T00:00:00Z" : Micros(timeNs);
            foreach (BookLevel level in levels)
            {
                json.WriteStartObject();
                json.WriteString("side", level.Side == OrderSide.Buy ? "bid" : "offer");
                json.WriteString("event_time", time);
                Number(json, "price_level", level.Price);
                Number(json, "new_quantity", level.Quantity);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        });

    /// <summary>Bars of five minutes.</summary>
    /// <param name="type"><c>snapshot</c> or <c>update</c>.</param>
    /// <param name="productId">The product.</param>
    /// <param name="candles">Newest first.</param>
    /// <returns>The events.</returns>
    public static byte[] Candles(string type, string productId, IEnumerable<Candle> candles) =>
        Events(type, "candles", json =>
        {
            foreach (Candle candle in candles)
            {
                json.WriteStartObject();
                json.WriteString("start", candle.StartSeconds.ToString(CultureInfo.InvariantCulture));
                Number(json, "high", candle.High);
                Number(json, "low", candle.Low);
                Number(json, "open", candle.Open);
                Number(json, "close", candle.Close);
                Number(json, "volume", candle.Volume);
                json.WriteString("product_id", productId);
                json.WriteEndObject();
            }
        });

    /// <summary>What products take.</summary>
    /// <param name="type"><c>snapshot</c> or <c>update</c>.</param>
    /// <param name="products">The products.</param>
    /// <returns>The events.</returns>
    public static byte[] Status(string type, IEnumerable<Product> products) => Events(type, "products", json =>
    {
        foreach (Product product in products)
        {
            json.WriteStartObject();
            json.WriteString("product_type", "SPOT");
            json.WriteString("id", product.Id);
            json.WriteString("base_currency", product.BaseCurrency);
            json.WriteString("quote_currency", product.QuoteCurrency);
            Number(json, "base_increment", product.BaseIncrement);
            Number(json, "quote_increment", product.QuoteIncrement);
            json.WriteString("display_name", $"{product.BaseCurrency}/{product.QuoteCurrency}");
            json.WriteString("status", product.Status);
            json.WriteString("status_message", string.Empty);
            Number(json, "min_market_funds", product.QuoteMinSize);
            json.WriteEndObject();
        }
    });

    /// <summary>A sign of life; its time is Go's, which nobody should parse.</summary>
    /// <param name="timeNs">Of the venue.</param>
    /// <param name="counter">Of the process.</param>
    /// <param name="uptime">Of the process.</param>
    /// <returns>The events.</returns>
    public static byte[] Heartbeat(long timeNs, long counter, TimeSpan uptime) => JsonText.Write(json =>
    {
        DateTime at = VenueTime.ToUtc(timeNs);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{at:yyyy-MM-dd HH:mm:ss.fffffff}{timeNs % 100:00} +0000 UTC m=+{uptime.TotalSeconds:0.000000000}");
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("current_time", text);
        json.WriteNumber("heartbeat_counter", counter);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>A time as the matching engine writes it.</summary>
    /// <param name="timeNs">Of the venue.</param>
    /// <returns>Six decimals of a second, cut.</returns>
    public static string Micros(long timeNs) =>
        VenueTime.ToUtc(timeNs).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Events(string type, string list, Action<Utf8JsonWriter> write) => JsonText.Write(json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteStartArray(list);
        write(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static decimal Change(MarketView market) => market.Open24h == 0 || market.LastPrice is not { } last
        ? 0
        : Math.Round(((last / market.Open24h) - 1) * 100, 14);

    private static void Number(Utf8JsonWriter json, string name, decimal value) =>
        json.WriteString(name, JsonText.Number(value));
}
