using System.Net.WebSockets;
using LowLatencyPortfolio.ExchangeSim.Faults;
using LowLatencyPortfolio.ExchangeSim.Wire.Connection;
using LowLatencyPortfolio.ExchangeSim.Wire.Feed;
using LowLatencyPortfolio.ExchangeSim.Wire.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LowLatencyPortfolio.ExchangeSim.Wire;

/// <summary>
/// Serves WebSocket connections. Market and user endpoint do the same: both take every channel of Advanced Trade. The
/// Exchange feed, which is another host at the venue, has a path of its own.
/// </summary>
/// <remarks>Thread: any; one call a connection.</remarks>
internal sealed class WebSocketEndpoint(
    SessionList sessions, AdvancedTradeDialect advancedTrade, ExchangeDialect exchange, FaultDesk faults,
    WireSettings settings, WireLimits limits, TimeProvider time)
{
    /// <summary>Where the Exchange feed is.</summary>
    public const string ExchangePath = "/ws/exchange";

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
        IWireDialect dialect = context.Request.Path == ExchangePath ? exchange : advancedTrade;
        using var session = new WireSession(socket, new MessageWriter(socket, gate, faults, dialect), settings, time);
        sessions.Add(session);
        try
        {
            await session.RunAsync(message => dialect.Receive(session, message, remote), stopping);
        }
        finally
        {
            sessions.Remove(session);
        }
    }
}
