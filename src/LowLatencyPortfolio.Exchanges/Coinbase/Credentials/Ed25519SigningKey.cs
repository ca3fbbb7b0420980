using System.Security.Cryptography;
using NSec.Cryptography;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>An Ed25519 key, kept in libsodium's guarded memory.</summary>
/// <remarks>
/// Thread: any, several at once. What a key was decoded into on the way is cleared. Source: RFC 8032 (Ed25519), RFC
/// 8410 (the key in PKCS#8), Coinbase's SDKs (the key in base64: 32 bytes of seed, or seed and public key).
/// </remarks>
internal sealed class Ed25519SigningKey : ISigningKey
{
    private const int SeedBytes = 32;
    private const int PairBytes = 64;
    private const string PemLabel = "PRIVATE KEY";

    private readonly Key _key;

    private Ed25519SigningKey(Key key) => _key = key;

    // What stands before the seed in PKCS#8: the lengths, version 0, the algorithm 1.3.101.112.
    private static ReadOnlySpan<byte> Pkcs8Head =>
        [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    /// <inheritdoc/>
    public string Algorithm => "EdDSA";

    /// <summary>Reads a key in base64 or in PKCS#8 PEM.</summary>
    /// <param name="text">The key, without blanks around it.</param>
    /// <returns>Null where it is another kind of key, or none.</returns>
    /// <exception cref="CredentialException">It is an Ed25519 key that cannot be used.</exception>
    public static Ed25519SigningKey? TryRead(string text)
    {
        // Room for one byte more than is allowed: what is longer does not pass for a key that was cut.
        byte[] bytes = new byte[PairBytes + 1];
        try
        {
            bool isPem = PemEncoding.TryFind(text, out PemFields fields);
            if (isPem && !IsWhole(text, fields))
            {
                return null;
            }

            ReadOnlySpan<char> body = isPem ? text.AsSpan()[fields.Base64Data] : text;
            if (!Convert.TryFromBase64Chars(body, bytes, out int length))
            {
                return null;
            }

            ReadOnlySpan<byte> key = bytes.AsSpan(0, length);
            if (isPem)
            {
                return length == Pkcs8Head.Length + SeedBytes && key.StartsWith(Pkcs8Head)
                    ? Import(key[Pkcs8Head.Length..], [])
                    : null;
            }

            return length is SeedBytes or PairBytes ? Import(key[..SeedBytes], key[SeedBytes..]) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <inheritdoc/>
    /// <remarks>R and S, 32 bytes each (RFC 8032, 5.1.6). The same text always has the same signature.</remarks>
    public byte[] Sign(byte[] data) => SignatureAlgorithm.Ed25519.Sign(_key, data);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static bool IsWhole(string text, PemFields fields) =>
        text.AsSpan()[fields.Location].Length == text.Length
            && text.AsSpan()[fields.Label].SequenceEqual(PemLabel);

    private static Ed25519SigningKey Import(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey)
    {
        Key key;
        try
        {
            key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        }
        catch (PlatformNotSupportedException)
        {
            throw new CredentialException(
                "the API key is an Ed25519 key, which needs libsodium, and that does not run on this system; "
                + "create a key of type ECDSA");
        }

        if (publicKey.IsEmpty || publicKey.SequenceEqual(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)))
        {
            return new Ed25519SigningKey(key);
        }

        key.Dispose();
        throw new CredentialException(
            "the two halves of the API key's Ed25519 private key do not belong together; copy it whole");
    }
}
