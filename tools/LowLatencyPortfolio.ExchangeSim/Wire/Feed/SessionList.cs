using LowLatencyPortfolio.ExchangeSim.Wire.Connection;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>The open connections and who wants what.</summary>
/// <remarks>Thread: any, under <see cref="Lock"/>, which is taken after the venue's lock and never before it: the venue
/// raises its events under its own.</remarks>
internal sealed class SessionList
{
    private readonly List<WireSession> _sessions = [];

    /// <summary>Guards the list, the subscriptions and the boards.</summary>
    public Lock Lock { get; } = new();

    /// <summary>The connections.</summary>
    public IReadOnlyList<WireSession> All => _sessions;

    /// <summary>Takes a connection in.</summary>
    /// <param name="session">A new one.</param>
    public void Add(WireSession session)
    {
        lock (Lock)
        {
            _sessions.Add(session);
        }
    }

    /// <summary>Forgets a connection.</summary>
    /// <param name="session">One that is over.</param>
    public void Remove(WireSession session)
    {
        lock (Lock)
        {
            _sessions.Remove(session);
        }
    }

    /// <summary>The connection with the longest queue; null without connections.</summary>
    /// <returns>Whom a player that must not lose anything waits for.</returns>
    public WireSession? Slowest()
    {
        lock (Lock)
        {
            return _sessions.MaxBy(session => session.Queued);
        }
    }

    /// <summary>Ends every connection.</summary>
    public void EndAll()
    {
        lock (Lock)
        {
            _sessions.ForEach(session => session.End());
        }
    }

    /// <summary>Whether anybody follows the market, with whatever channel that trades move.</summary>
    /// <returns>False: a recording has nobody to be played to.</returns>
    public bool HasMarketSubscriber()
    {
        lock (Lock)
        {
            return _sessions.Exists(session => session.Subscriptions.Keys.Any(channel => channel is
                Channels.Ticker or Channels.TickerBatch or Channels.MarketTrades or Channels.Level2
                or Channels.Candles or Channels.Matches));
        }
    }

    /// <summary>Whether anybody follows.</summary>
    /// <param name="channel">A public channel.</param>
    /// <param name="product">The product.</param>
    /// <returns>False: nothing needs to be worked out.</returns>
    public bool HasSubscriber(string channel, string product)
    {
        foreach (WireSession session in _sessions)
        {
            if (Wants(session, channel, product))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sends to all who subscribed; the text is written once, and only if there are any.</summary>
    /// <param name="channel">A public channel.</param>
    /// <param name="product">The product; null for what concerns none.</param>
    /// <param name="timeNs">Of the venue.</param>
    /// <param name="write">Writes the events.</param>
    public void Send(string channel, string? product, long timeNs, Func<byte[]> write)
    {
        byte[]? events = null;
        foreach (WireSession session in _sessions)
        {
            if (Wants(session, channel, product))
            {
                events ??= write();
                session.Post(new OutgoingMessage(channel, product, timeNs, events));
            }
        }
    }

    private static bool Wants(WireSession session, string channel, string? product) =>
        session.Subscriptions.TryGetValue(channel, out SortedSet<string>? products)
        && (product is null || products.Contains(product));
}
