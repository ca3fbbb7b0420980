using System.Net.WebSockets;
using LowLatencyPortfolio.ExchangeSim.Faults;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;
using LowLatencyPortfolio.ExchangeSim.Wire.Connection;
using LowLatencyPortfolio.ExchangeSim.Wire.Feed;
using LowLatencyPortfolio.ExchangeSim.Wire.Rest;
using LowLatencyPortfolio.ExchangeSim.Wire.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LowLatencyPortfolio.ExchangeSim.Wire;

/// <summary>Serves WebSocket connections. Market and user endpoint do the same: both take every channel.</summary>
/// <remarks>Thread: any; one call a connection.</remarks>
internal sealed class WebSocketEndpoint(
    SessionList sessions, SubscriptionDesk desk, FaultDesk faults, WireSettings settings, WireLimits limits,
    AccessKey key, JwtVerifier verifier, TimeProvider time)
{
    /// <summary>Puts the gate between handshake and bytes; goes before ASP.NET's WebSocket middleware.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the server.</param>
    /// <returns>When the request is over.</returns>
    public static Task GateAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new GatedUpgrade(upgrade, context));
        }

        return next(context);
    }

    /// <summary>Serves a connection to its end.</summary>
    /// <param name="context">An upgrade request.</param>
    /// <param name="stopping">The server ends.</param>
    /// <returns>When it is over.</returns>
    public async Task ServeAsync(HttpContext context, CancellationToken stopping)
    {
        string remote = context.Connection.RemoteIpAddress?.ToString() ?? "local";
        if (!limits.Connections.Take(remote).Allowed)
        {
            await RestGate.RefuseAsync(context);
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        GatedStream gate = ((GatedUpgrade)context.Features.Get<IHttpUpgradeFeature>()!).Stream!;
        using var session = new WireSession(socket, new MessageWriter(socket, gate, faults), settings, time);
        sessions.Add(session);
        try
        {
            await session.RunAsync(message => Receive(session, message, remote), stopping);
        }
        finally
        {
            sessions.Remove(session);
        }
    }

    private void Receive(WireSession session, ReadOnlyMemory<byte> utf8, string remote)
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
