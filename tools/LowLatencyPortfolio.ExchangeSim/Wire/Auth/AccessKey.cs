using System.Security.Cryptography;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>The one API key of the simulator. It knows the private half because it makes it: that is what a client
/// needs.</summary>
/// <param name="name"><c>organizations/…/apiKeys/…</c>.</param>
/// <param name="privateKey">On the curve P-256.</param>
/// <remarks>Thread: any. What the key may do besides reading stands in the venue's settings.</remarks>
internal sealed class AccessKey(string name, ECDsa privateKey) : IDisposable
{
    private volatile bool _isRevoked;

    /// <summary>What tokens carry as <c>kid</c> and <c>sub</c>.</summary>
    public string Name => name;

    /// <summary>Signs at the client, verifies here.</summary>
    public ECDsa PrivateKey => privateKey;

    /// <summary>Every signed request is answered with 401.</summary>
    public bool IsRevoked
    {
        get => _isRevoked;
        set => _isRevoked = value;
    }

    /// <summary>Makes a key with a random name.</summary>
    /// <returns>A new key.</returns>
    public static AccessKey Create() => new(
        $"organizations/{Guid.NewGuid()}/apiKeys/{Guid.NewGuid()}", ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <inheritdoc/>
    public void Dispose() => privateKey.Dispose();
}
