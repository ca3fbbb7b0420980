using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Connection;

/// <summary>Stands between the WebSocket handshake and the connection and puts a
/// <see cref="GatedStream"/> there.</summary>
/// <param name="inner">The server's own upgrade.</param>
/// <param name="context">The request.</param>
internal sealed class GatedUpgrade(IHttpUpgradeFeature inner, HttpContext context) : IHttpUpgradeFeature
{
    /// <inheritdoc/>
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>The connection's gate; null before the handshake.</summary>
    public GatedStream? Stream { get; private set; }

    /// <inheritdoc/>
    public async Task<Stream> UpgradeAsync()
    {
        Stream = new GatedStream(await inner.UpgradeAsync(), () => ConnectionCut.Reset(context));
        return Stream;
    }
}
