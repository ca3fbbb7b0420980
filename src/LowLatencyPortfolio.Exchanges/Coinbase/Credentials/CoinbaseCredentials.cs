namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>An API key that can sign: its public name and, hidden, its private key, EC P-256 or Ed25519.</summary>
/// <remarks>
/// Thread: any. The private key is kept inside the platform's key object or libsodium's guarded memory; nothing of it
/// is reachable from here, printed or put into an exception.
/// </remarks>
public sealed class CoinbaseCredentials : IDisposable
{
    /// <summary>The environment variable of the key's name.</summary>
    public const string KeyVariable = "COINBASE_API_KEY";

    /// <summary>
    /// The environment variable of the private key: PEM, in which <c>\n</c> may stand for a line break, or base64 of
    /// an Ed25519 key.
    /// </summary>
    public const string SecretVariable = "COINBASE_API_SECRET";

    private readonly ISigningKey _key;

    private CoinbaseCredentials(string name, ISigningKey key)
    {
        KeyName = name;
        _key = key;
    }

    /// <summary>
    /// Public name of the key, <c>organizations/…/apiKeys/…</c> or a UUID; not a secret, but it names an account.
    /// </summary>
    public string KeyName { get; }

    /// <summary>What a token's header calls its signature, <c>ES256</c> or <c>EdDSA</c>.</summary>
    internal string Algorithm => _key.Algorithm;

    /// <summary>Makes credentials from a key's name and its private key.</summary>
    /// <param name="name">Name of the key.</param>
    /// <param name="privateKey">
    /// PEM of an EC P-256 key (SEC1 or PKCS#8) or of an Ed25519 key (PKCS#8), in which <c>\n</c> may stand for a line
    /// break; or base64 of an Ed25519 key, 32 bytes of seed or 64 of seed and public key.
    /// </param>
    /// <returns>Credentials that can sign; dispose them.</returns>
    /// <exception cref="CredentialException">
    /// Name or key is missing, the key is of another kind, or its two halves do not belong together.
    /// </exception>
    public static CoinbaseCredentials Create(string? name, string? privateKey)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new CredentialException(
                "the API key has no name; it looks like organizations/.../apiKeys/... or is a UUID");
        }

        if (name.Any(c => c is <= ' ' or >= (char)127 or '"' or '\\'))
        {
            throw new CredentialException("the name of the API key contains a character that no key name has");
        }

        if (string.IsNullOrWhiteSpace(privateKey))
        {
            throw new CredentialException(
                "the API key has no private key; it is a PEM text of several lines, or base64");
        }

        string text = privateKey.Replace("\\n", "\n", StringComparison.Ordinal).Trim();
        ISigningKey? key = (ISigningKey?)Ed25519SigningKey.TryRead(text) ?? EcSigningKey.TryRead(text);
        return new CoinbaseCredentials(
            name,
            key ?? throw new CredentialException(
                "the private key of the API key is neither an EC P-256 key in PEM (-----BEGIN EC PRIVATE KEY-----) "
                + "nor an Ed25519 key in base64; copy it whole, line breaks may be written as \\n"));
    }

    /// <summary>The name only; the key is never part of any text.</summary>
    /// <returns><c>Coinbase API key (name hidden)</c>.</returns>
    public override string ToString() => "Coinbase API key (name hidden)";

    /// <summary>Signs a token's head and claims: 64 bytes. Any thread.</summary>
    internal byte[] Sign(byte[] data) => _key.Sign(data);

    /// <summary>Forgets the private key.</summary>
    public void Dispose() => _key.Dispose();
}
