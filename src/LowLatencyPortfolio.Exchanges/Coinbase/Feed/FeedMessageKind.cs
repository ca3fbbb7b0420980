namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>What a message of the venue is about, the same for both of its protocols.</summary>
public enum FeedMessageKind : byte
{
    /// <summary>A channel or type that is not read: skipped and counted.</summary>
    Unknown = 0,

    /// <summary><c>market_trades</c>, <c>match</c> or <c>last_match</c>.</summary>
    Trades = 1,

    /// <summary><c>ticker</c> or <c>ticker_batch</c>.</summary>
    Ticker = 2,

    /// <summary><c>heartbeats</c> or <c>heartbeat</c>.</summary>
    Heartbeat = 3,

    /// <summary>What the connection is subscribed to.</summary>
    Subscriptions = 4,

    /// <summary>States and grids of products.</summary>
    Status = 5,

    /// <summary>The venue refuses something.</summary>
    Error = 6,
}
