namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>Names that can be subscribed to.</summary>
internal static class Channels
{
    public const string Heartbeats = "heartbeats";
    public const string Candles = "candles";
    public const string Status = "status";
    public const string Ticker = "ticker";
    public const string TickerBatch = "ticker_batch";
    public const string Level2 = "level2";
    public const string MarketTrades = "market_trades";
    public const string User = "user";
    public const string FuturesBalance = "futures_balance_summary";
    public const string Subscriptions = "subscriptions";

    /// <summary>Of the Exchange feed: each trade at once.</summary>
    public const string Matches = "matches";

    /// <summary>Of the Exchange feed: a sign of life of each product.</summary>
    public const string Heartbeat = "heartbeat";

    /// <summary>Whether Advanced Trade has such a channel.</summary>
    /// <param name="name">As the client wrote it.</param>
    /// <returns>False: answered like a bad token, as the venue does.</returns>
    public static bool IsKnown(string name) => name is Heartbeats or Candles or Status or Ticker or TickerBatch
        or Level2 or MarketTrades || IsPrivate(name);

    /// <summary>Whether a token is asked for.</summary>
    /// <param name="name">A known channel.</param>
    /// <returns>True for what concerns one user.</returns>
    public static bool IsPrivate(string name) => name is User or FuturesBalance;

    /// <summary>Data messages of level2 come under another name.</summary>
    /// <param name="name">As subscribed to.</param>
    /// <returns>As the envelope names it.</returns>
    public static string OnWire(string name) => name == Level2 ? "l2_data" : name;
}
