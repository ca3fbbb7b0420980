using System.Security.Cryptography;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>An EC key on the curve P-256, kept inside the platform's key object.</summary>
/// <remarks>Thread: any; signatures are made one at a time, because the key object is not for two.</remarks>
internal sealed class EcSigningKey : ISigningKey
{
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly Lock _signing = new();
    private readonly ECDsa _key;

    private EcSigningKey(ECDsa key) => _key = key;

    /// <inheritdoc/>
    public string Algorithm => "ES256";

    /// <summary>Reads a key in PEM, SEC1 or PKCS#8.</summary>
    /// <param name="pem">With line breaks.</param>
    /// <returns>Null where it is not a private key of this kind.</returns>
    public static EcSigningKey? TryRead(string pem)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256 && key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value is
                null or P256)
            {
                _ = key.SignData([1], HashAlgorithmName.SHA256);     // a public key cannot
                return new EcSigningKey(key);
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Its text may quote what was read: the caller says it in words of its own.
        }

        key.Dispose();
        return null;
    }

    /// <inheritdoc/>
    /// <remarks>r and s, 32 bytes each (RFC 7518, 3.4).</remarks>
    public byte[] Sign(byte[] data)
    {
        lock (_signing)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
