namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>How the feed's thread waits for the socket.</summary>
public enum FeedReceiveMode
{
    /// <summary>It sleeps in the kernel until bytes arrive.</summary>
    Blocking = 0,

    /// <summary>
    /// It asks the socket again and again and takes a core for itself; on a small machine a message was in hand six
    /// times sooner.
    /// </summary>
    BusyPoll = 1,
}
