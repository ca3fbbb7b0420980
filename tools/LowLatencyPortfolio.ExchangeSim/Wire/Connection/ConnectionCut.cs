using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Connection;

/// <summary>Ends connections the hard way.</summary>
internal static class ConnectionCut
{
    /// <summary>Closes the connection with a TCP reset: lingering for no time makes it one.</summary>
    /// <param name="context">A request of the connection.</param>
    public static void Reset(HttpContext context)
    {
        try
        {
            if (context.Features.Get<IConnectionSocketFeature>() is { } connection)
            {
                connection.Socket.LingerState = new LingerOption(true, 0);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side was faster; the connection is gone as it should be.
        }

        context.Abort();
    }
}
