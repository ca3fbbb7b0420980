using LowLatencyPortfolio.ExchangeSim.Wire.Connection;
using LowLatencyPortfolio.ExchangeSim.Wire.Text;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>The user channel: open orders first, then every change of an order.</summary>
/// <remarks>
/// Thread: any. The venue must not be asked under the lock of the session list, so a snapshot is taken outside of it,
/// and the changes of that moment are held back until it is sent.
/// </remarks>
internal sealed class UserFeed : IDisposable
{
    private const int SnapshotBatch = 50;

    private readonly Venue _venue;
    private readonly SessionList _sessions;

    /// <summary>Follows a venue from now on.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="sessions">Whom it tells.</param>
    public UserFeed(Venue venue, SessionList sessions)
    {
        _venue = venue;
        _sessions = sessions;
        venue.OrderChanged += OnOrderChanged;
    }

    /// <summary>Sends the open orders, in batches of 50; the first message with fewer says that it was the
    /// last.</summary>
    /// <param name="session">A connection whose changes have been held back since before this call.</param>
    /// <remarks>Not under the lock.</remarks>
    public void SendSnapshot(WireSession session)
    {
        long nowNs = _venue.Clock.NowNs;
        OrderView[] open = [.. _venue.Orders.Where(order => !order.IsFinal && WantsOrder(session, order))];
        lock (_sessions.Lock)
        {
            for (int first = 0; first <= open.Length; first += SnapshotBatch)
            {
                byte[] events = UserText.Orders(
                    "snapshot", open.Skip(first).Take(SnapshotBatch), _venue.PortfolioId);
                session.Post(new OutgoingMessage(Channels.User, null, nowNs, events));
            }

            foreach (OrderView order in (session.HeldOrders ?? []).Where(order => WantsOrder(session, order)))
            {
                byte[] events = UserText.Orders("update", [order], _venue.PortfolioId);
                session.Post(new OutgoingMessage(Channels.User, order.ProductId, order.UpdatedAtNs, events));
            }

            session.HeldOrders = null;
        }
    }

    private static bool WantsOrder(WireSession session, OrderView order) =>
        session.Subscriptions.TryGetValue(Channels.User, out SortedSet<string>? products)
        && (products.Count == 0 || products.Contains(order.ProductId));

    /// <inheritdoc/>
    public void Dispose() => _venue.OrderChanged -= OnOrderChanged;

    private void OnOrderChanged(OrderView order)
    {
        lock (_sessions.Lock)
        {
            byte[]? events = null;
            foreach (WireSession session in _sessions.All)
            {
                if (session.HeldOrders is { } held)
                {
                    held.Add(order);
                }
                else if (WantsOrder(session, order))
                {
                    events ??= UserText.Orders("update", [order], _venue.PortfolioId);
                    session.Post(new OutgoingMessage(Channels.User, order.ProductId, order.UpdatedAtNs, events));
                }
            }
        }
    }
}
