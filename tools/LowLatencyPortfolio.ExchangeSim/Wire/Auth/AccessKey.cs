namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>The one API key of the simulator. It knows the private half because it makes it: that is what a client
/// needs.</summary>
/// <param name="name"><c>organizations/…/apiKeys/…</c>, or a UUID.</param>
/// <param name="pair">Both halves; disposed with this.</param>
/// <remarks>Thread: any. What the key may do besides reading stands in the venue's settings.</remarks>
internal sealed class AccessKey(string name, IKeyPair pair) : IDisposable
{
    private volatile bool _isRevoked;

    /// <summary>What tokens carry as <c>kid</c> and <c>sub</c>.</summary>
    public string Name => name;

    /// <summary>Signs at the client, verifies here.</summary>
    public IKeyPair Pair => pair;

    /// <summary>Every signed request is answered with 401.</summary>
    public bool IsRevoked
    {
        get => _isRevoked;
        set => _isRevoked = value;
    }

    /// <summary>Makes a key with a random name, of the form that Coinbase gives the kind.</summary>
    /// <param name="kind">What it signs with.</param>
    /// <returns>A new key.</returns>
    public static AccessKey Create(KeyKind kind = KeyKind.Ecdsa) => kind == KeyKind.Ed25519
        ? new AccessKey(Guid.NewGuid().ToString(), EdKeyPair.Create())
        : new AccessKey($"organizations/{Guid.NewGuid()}/apiKeys/{Guid.NewGuid()}", EcKeyPair.Create());

    /// <inheritdoc/>
    public void Dispose() => pair.Dispose();
}
