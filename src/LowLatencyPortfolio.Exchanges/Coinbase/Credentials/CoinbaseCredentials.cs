using System.Security.Cryptography;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>An API key that can sign: its public name and, hidden, its private EC key.</summary>
/// <remarks>
/// Thread: any. The private key is kept inside the platform's key object; nothing of it is reachable from here, printed
/// or put into an exception.
/// </remarks>
public sealed class CoinbaseCredentials : IDisposable
{
    /// <summary>The environment variable of the key's name.</summary>
    public const string KeyVariable = "COINBASE_API_KEY";

    /// <summary>The environment variable of the private key, PEM; <c>\n</c> may stand for a line break.</summary>
    public const string SecretVariable = "COINBASE_API_SECRET";

    private const int Ed25519SeedLength = 32;
    private const int Ed25519PairLength = 64;

    private readonly Lock _signing = new();
    private readonly ECDsa _key;

    private CoinbaseCredentials(string name, ECDsa key)
    {
        KeyName = name;
        _key = key;
    }

    /// <summary>
    /// Public name of the key, <c>organizations/…/apiKeys/…</c>; not a secret, but it names an account.
    /// </summary>
    public string KeyName { get; }

    /// <summary>Makes credentials from a key's name and its private key.</summary>
    /// <param name="name">Name of the key.</param>
    /// <param name="privateKey">PEM of an EC P-256 key, SEC1 or PKCS#8; <c>\n</c> may stand for a line break.</param>
    /// <returns>Credentials that can sign; dispose them.</returns>
    /// <exception cref="CredentialException">Name or key is missing, or the key is of another kind.</exception>
    public static CoinbaseCredentials Create(string? name, string? privateKey)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new CredentialException("the API key has no name; it looks like organizations/.../apiKeys/...");
        }

        if (name.Any(c => c is <= ' ' or >= (char)127 or '"' or '\\'))
        {
            throw new CredentialException("the name of the API key contains a character that no key name has");
        }

        if (string.IsNullOrWhiteSpace(privateKey))
        {
            throw new CredentialException("the API key has no private key; it is a PEM text of several lines");
        }

        string pem = privateKey.Replace("\\n", "\n", StringComparison.Ordinal).Trim();
        return new CoinbaseCredentials(name, Import(pem));
    }

    /// <summary>The name only; the key is never part of any text.</summary>
    /// <returns><c>Coinbase API key (name hidden)</c>.</returns>
    public override string ToString() => "Coinbase API key (name hidden)";

    /// <summary>
    /// Signs with ES256: 64 bytes, r and s. Any thread, one at a time: the key object is not for two.
    /// </summary>
    internal byte[] Sign(byte[] data)
    {
        lock (_signing)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Forgets the private key.</summary>
    public void Dispose() => _key.Dispose();

    private static ECDsa Import(string pem)
    {
        if (IsEd25519(pem))
        {
            throw new CredentialException(
                "the API key is an Ed25519 key, which this program cannot sign with; create a key of type ECDSA");
        }

        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256 && key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value is
                null or "1.2.840.10045.3.1.7")
            {
                _ = key.SignData(pem.Length > 0 ? [1] : [], HashAlgorithmName.SHA256);     // a public key cannot
                return key;
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Its text may quote what was read: our own line is thrown instead.
        }

        key.Dispose();
        throw new CredentialException(
            "the private key of the API key is not an EC P-256 key in PEM (-----BEGIN EC PRIVATE KEY-----); "
            + "copy it whole, line breaks may be written as \\n");
    }

    private static bool IsEd25519(string text)
    {
        const string Begin = "-----BEGIN PRIVATE KEY-----";
        const string Ed25519Oid = "MC4CAQAwBQYDK2Vw";      // PKCS#8 of an Ed25519 key always begins with it
        if (text.StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            return text.StartsWith(Begin, StringComparison.Ordinal)
                && text.AsSpan(Begin.Length).TrimStart().StartsWith(Ed25519Oid, StringComparison.Ordinal);
        }

        Span<byte> bytes = stackalloc byte[Ed25519PairLength + 2];
        bool isKey = Convert.TryFromBase64String(text, bytes, out int length)
            && length is Ed25519SeedLength or Ed25519PairLength;
        CryptographicOperations.ZeroMemory(bytes);
        return isKey;
    }
}
