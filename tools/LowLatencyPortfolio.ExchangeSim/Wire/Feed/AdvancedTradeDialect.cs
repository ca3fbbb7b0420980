using LowLatencyPortfolio.ExchangeSim.Wire.Auth;
using LowLatencyPortfolio.ExchangeSim.Wire.Connection;
using LowLatencyPortfolio.ExchangeSim.Wire.Rest;
using LowLatencyPortfolio.ExchangeSim.Wire.Text;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>Advanced Trade: one channel a message, tokens, and envelopes numbered on each connection.</summary>
/// <remarks>Thread: any.</remarks>
internal sealed class AdvancedTradeDialect(
    SubscriptionDesk desk, WireLimits limits, AccessKey key, JwtVerifier verifier) : IWireDialect
{
    /// <inheritdoc/>
    public byte[] Frame(in OutgoingMessage message, byte[] body, long sequence) =>
        Envelope.Wrap(Channels.OnWire(message.Channel), message.TimeNs, sequence, body);

    /// <inheritdoc/>
    public void Receive(WireSession session, ReadOnlyMemory<byte> utf8, string remote)
    {
        ClientMessage? message = ClientMessage.Parse(utf8);
        bool signed = message?.Token is { } token && IsAccepted(token);
        string? fault = !signed && !limits.Messages.Take(remote).Allowed ? Envelope.RateLimit
            : message is null ? Envelope.Malformed
            : IsRefused(message, signed) ? Envelope.AuthenticationFailure
            : null;
        if (fault is not null)
        {
            session.Post(new OutgoingMessage(string.Empty, null, 0, Envelope.Error(fault)));
        }
        else if (message!.IsSubscribe)
        {
            session.OnSubscribed();
            desk.Subscribe(session, message.Channel, message.ProductIds);
        }
        else
        {
            desk.Unsubscribe(session, message.Channel, message.ProductIds);
        }
    }

    // A bad token is refused on public channels too; an unknown channel gets the same answer as a bad token.
    private static bool IsRefused(ClientMessage message, bool signed) =>
        !Channels.IsKnown(message.Channel)
        || (!signed && (message.Token is not null || Channels.IsPrivate(message.Channel)));

    private bool IsAccepted(string token) =>
        !key.IsRevoked && verifier.VerifySubscription(token) == JwtVerdict.Accepted;
}
