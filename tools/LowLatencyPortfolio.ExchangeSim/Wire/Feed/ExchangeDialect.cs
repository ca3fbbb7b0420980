using LowLatencyPortfolio.ExchangeSim.Wire.Connection;
using LowLatencyPortfolio.ExchangeSim.Wire.Rest;
using LowLatencyPortfolio.ExchangeSim.Wire.Text;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>
/// The public feed of Coinbase Exchange: several channels a message, no tokens, flat messages that nobody numbers but
/// the product's own book. A request with anything wrong in it is refused as a whole.
/// </summary>
/// <remarks>
/// Thread: any. Source: documentation of the Exchange WebSocket feed, and refusals that clients have seen; the words
/// for an unknown channel are the simulator's.
/// </remarks>
internal sealed class ExchangeDialect(Venue venue, SessionList sessions, MarketFeed market, WireLimits limits)
    : IWireDialect
{
    /// <inheritdoc/>
    public byte[] Frame(in OutgoingMessage message, byte[] body, long sequence) => body;

    /// <inheritdoc/>
    public void Receive(WireSession session, ReadOnlyMemory<byte> utf8, string remote)
    {
        if (!limits.Messages.Take(remote).Allowed)
        {
            Refuse(session, Envelope.Error(Envelope.RateLimit));
            return;
        }

        ExchangeRequest? request = ExchangeRequest.Parse(utf8, out string reason);
        lock (sessions.Lock)
        {
            reason = request is null ? reason : FaultOf(request);
            if (request is null || reason.Length > 0)
            {
                Refuse(session, ExchangeText.Refusal(reason));
            }
            else if (request.IsSubscribe)
            {
                Subscribe(session, request);
            }
            else
            {
                Unsubscribe(session, request);
            }
        }
    }

    private static void Refuse(WireSession session, byte[] text) =>
        session.Post(new OutgoingMessage(string.Empty, null, 0, text));

    private string FaultOf(ExchangeRequest request)
    {
        foreach ((string name, IReadOnlyList<string> products) in request.Channels)
        {
            if (name is not (Channels.Matches or Channels.Heartbeat))
            {
                return $"{name} is not a valid channel";
            }

            if (request.IsSubscribe && (products.Count == 0 ? string.Empty : Unknown(products)) is { } unknown)
            {
                return $"{unknown} is not a valid product";
            }
        }

        return string.Empty;
    }

    private string? Unknown(IReadOnlyList<string> products) =>
        products.FirstOrDefault(product => !market.HasBook(product));

    private void Subscribe(WireSession session, ExchangeRequest request)
    {
        session.OnSubscribed();
        foreach ((string name, IReadOnlyList<string> products) in request.Channels)
        {
            session.Follow(name, products);
        }

        Acknowledge(session);
        foreach ((string name, IReadOnlyList<string> products) in request.Channels)
        {
            market.SendSnapshots(session, name, new SortedSet<string>(products, StringComparer.Ordinal));
        }
    }

    private void Unsubscribe(WireSession session, ExchangeRequest request)
    {
        foreach ((string name, IReadOnlyList<string> products) in request.Channels)
        {
            session.Unfollow(name, products);
        }

        Acknowledge(session);
    }

    private void Acknowledge(WireSession session) => session.Post(new OutgoingMessage(
        Channels.Subscriptions, null, venue.Clock.NowNs, ExchangeText.Subscriptions(session.Subscriptions)));
}
