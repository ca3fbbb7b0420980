using System.Security.Cryptography;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>ES256: a key on the curve P-256.</summary>
/// <param name="privateKey">Disposed with this.</param>
/// <remarks>Thread: any; one lock around the key.</remarks>
internal sealed class EcKeyPair(ECDsa privateKey) : IKeyPair
{
    private const int SignatureBytes = 64;

    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public string Algorithm => "ES256";

    /// <summary>Signs at the client.</summary>
    public ECDsa PrivateKey => privateKey;

    /// <summary>Makes a random key.</summary>
    /// <returns>A new key.</returns>
    public static EcKeyPair Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key.</summary>
    /// <param name="pem">SEC1 or PKCS#8.</param>
    /// <returns>Null when it is on another curve.</returns>
    /// <exception cref="ArgumentException">It is no PEM of a key.</exception>
    /// <exception cref="CryptographicException">What the PEM holds is no EC key.</exception>
    public static EcKeyPair? Read(string pem)
    {
        ECDsa? key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize != 256)
            {
                return null;
            }

            EcKeyPair pair = new(key);
            key = null;
            return pair;
        }
        finally
        {
            key?.Dispose();
        }
    }

    /// <inheritdoc/>
    public bool Verify(byte[] signed, byte[] signature)
    {
        lock (_lock)
        {
            return signature.Length == SignatureBytes
                && privateKey.VerifyData(signed, signature, HashAlgorithmName.SHA256);
        }
    }

    /// <inheritdoc/>
    public string PrivateText() => privateKey.ExportECPrivateKeyPem() + "\n";

    /// <inheritdoc/>
    public void Dispose() => privateKey.Dispose();
}
