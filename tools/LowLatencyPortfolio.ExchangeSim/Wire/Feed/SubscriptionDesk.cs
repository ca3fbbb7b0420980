using LowLatencyPortfolio.ExchangeSim.Wire.Connection;
using LowLatencyPortfolio.ExchangeSim.Wire.Text;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>Subscribes connections to channels of Advanced Trade.</summary>
/// <param name="venue">Whose user it serves.</param>
/// <param name="sessions">Holds the lock.</param>
/// <param name="market">The public channels.</param>
/// <param name="user">The user channel.</param>
/// <remarks>Thread: any.</remarks>
internal sealed class SubscriptionDesk(Venue venue, SessionList sessions, MarketFeed market, UserFeed user)
{
    /// <summary>Adds to the subscriptions of a connection: acknowledgement first, then the snapshots.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="channel">A known channel.</param>
    /// <param name="productIds">As the client wrote them; empty for all.</param>
    public void Subscribe(WireSession session, string channel, IReadOnlyList<string> productIds)
    {
        lock (sessions.Lock)
        {
            SortedSet<string> products = Products(channel, productIds);
            market.BringUpToDate(channel, products);
            if (products.Count > 0 || channel == Channels.User)
            {
                Add(session, channel, products);
            }

            Acknowledge(session);
            if (channel == Channels.User)
            {
                session.HeldOrders ??= [];
            }
            else
            {
                market.SendSnapshots(session, channel, products);
            }
        }

        if (channel == Channels.User)
        {
            user.SendSnapshot(session);
        }
    }

    /// <summary>Takes from the subscriptions of a connection.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="channel">A known channel.</param>
    /// <param name="productIds">As the client wrote them; empty for the whole channel.</param>
    public void Unsubscribe(WireSession session, string channel, IReadOnlyList<string> productIds)
    {
        lock (sessions.Lock)
        {
            if (productIds.Count == 0)
            {
                session.Unfollow(channel, []);
            }
            else if (Products(channel, productIds) is { Count: > 0 } products)
            {
                session.Unfollow(channel, products);
            }

            Acknowledge(session);
        }
    }

    // On the user channel no product means all of them, and nothing that is added makes it fewer.
    private static void Add(WireSession session, string channel, SortedSet<string> products)
    {
        bool wasAll = channel == Channels.User
            && session.Subscriptions.TryGetValue(channel, out SortedSet<string>? current) && current.Count == 0;
        session.Follow(channel, products);
        if (channel == Channels.User && (wasAll || products.Count == 0))
        {
            session.Subscriptions[channel].Clear();
        }
    }

    private void Acknowledge(WireSession session)
    {
        byte[] events = JsonText.Write(json =>
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteStartObject("subscriptions");
            foreach ((string channel, SortedSet<string> products) in session.Subscriptions)
            {
                json.WriteStartArray(channel);
                IEnumerable<string> listed = channel switch
                {
                    Channels.Heartbeats => [Channels.Heartbeats],
                    Channels.User or Channels.FuturesBalance => [venue.UserId],
                    _ => products,
                };
                foreach (string product in listed)
                {
                    json.WriteStringValue(product);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        });
        session.Post(new OutgoingMessage(Channels.Subscriptions, null, venue.Clock.NowNs, events));
    }

    private SortedSet<string> Products(string channel, IReadOnlyList<string> asked) => channel switch
    {
        Channels.User => new SortedSet<string>(asked, StringComparer.Ordinal),
        Channels.FuturesBalance => [channel],
        _ => market.Products(channel, asked),
    };
}
