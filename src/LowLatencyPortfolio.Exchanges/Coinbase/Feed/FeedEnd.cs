namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Why a connection ended, or was not made.</summary>
public enum FeedEnd
{
    /// <summary>It did not.</summary>
    None = 0,

    /// <summary>No address, no answer, no TLS, or the upgrade was refused.</summary>
    NotConnected = 1,

    /// <summary>The venue closed it, or it broke.</summary>
    Closed = 2,

    /// <summary>A running number was left out, so a message was lost.</summary>
    Gap = 3,

    /// <summary>No heartbeat within the time allowed.</summary>
    Stalled = 4,

    /// <summary>Connected and alive, but no product's trades came within the time allowed.</summary>
    NotSubscribed = 5,

    /// <summary>A message that may have held trades could not be read.</summary>
    Malformed = 6,

    /// <summary>The feed was stopped.</summary>
    Stopped = 7,

    /// <summary>The receiver of the ticks threw; the feed does not go on.</summary>
    SinkFailed = 8,
}
