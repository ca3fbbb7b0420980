namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>What a feed counts beside messages by kind, faults and ends of connections.</summary>
public enum FeedCount
{
    /// <summary>Bytes of all messages, without what TCP, TLS and the frames add.</summary>
    Bytes = 0,

    /// <summary>Ticks handed on.</summary>
    Ticks = 1,

    /// <summary>
    /// Trades that had been handed on before, or that come after newer ones of their product: not handed on.
    /// </summary>
    RepeatedTrades = 2,

    /// <summary>Trades of a first snapshot that are older than its newest and were not handed on.</summary>
    OlderTrades = 3,

    /// <summary>Trades that a snapshot gave back after a gap, stall or reconnect; they are among the ticks.</summary>
    RecoveredTrades = 4,

    /// <summary>Trades that the venue numbered and never sent.</summary>
    LostTrades = 5,

    /// <summary>Trades off the ring's units, or of price or size 0: not handed on, the product is bad.</summary>
    RefusedTrades = 6,

    /// <summary>Trades and tickers of products that are not ours.</summary>
    ForeignRows = 7,

    /// <summary>Running numbers left out by the connection, or trades named by a heartbeat that never came.</summary>
    Gaps = 8,

    /// <summary>Messages with a running number that had passed: ignored.</summary>
    OutOfOrder = 9,

    /// <summary>Connections made, the first included.</summary>
    Connections = 10,

    /// <summary>Products missing from the venue's last acknowledgement: it does not know them.</summary>
    UnacknowledgedProducts = 11,
}
