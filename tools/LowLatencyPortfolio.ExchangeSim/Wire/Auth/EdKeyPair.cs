using NSec.Cryptography;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>EdDSA: an Ed25519 key, in base64 of its 32 bytes of seed and 32 of public key.</summary>
/// <param name="privateKey">Disposed with this.</param>
/// <remarks>Thread: any.</remarks>
internal sealed class EdKeyPair(Key privateKey) : IKeyPair
{
    private const int SeedBytes = 32;
    private const int PairBytes = 64;

    // The simulator writes its key for the client to read.
    private static KeyCreationParameters Exportable =>
        new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    /// <inheritdoc/>
    public string Algorithm => "EdDSA";

    /// <summary>Signs at the client.</summary>
    public Key PrivateKey => privateKey;

    /// <summary>Makes a random key.</summary>
    /// <returns>A new key.</returns>
    public static EdKeyPair Create() => new(Key.Create(SignatureAlgorithm.Ed25519, Exportable));

    /// <summary>Reads a key.</summary>
    /// <param name="text">Base64 of seed and public key, or of the seed alone.</param>
    /// <returns>Null when it has another length, or its halves do not belong together.</returns>
    /// <exception cref="FormatException">It is not base64.</exception>
    public static EdKeyPair? Read(string text)
    {
        byte[] bytes = Convert.FromBase64String(text);
        if (bytes.Length is not (SeedBytes or PairBytes))
        {
            return null;
        }

        var pair = new EdKeyPair(Key.Import(
            SignatureAlgorithm.Ed25519, bytes.AsSpan(0, SeedBytes), KeyBlobFormat.RawPrivateKey, Exportable));
        if (bytes.Length == SeedBytes || bytes.AsSpan(SeedBytes).SequenceEqual(pair.PublicBytes()))
        {
            return pair;
        }

        pair.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public bool Verify(byte[] signed, byte[] signature) =>
        SignatureAlgorithm.Ed25519.Verify(privateKey.PublicKey, signed, signature);

    /// <inheritdoc/>
    public string PrivateText() =>
        Convert.ToBase64String([.. privateKey.Export(KeyBlobFormat.RawPrivateKey), .. PublicBytes()]);

    /// <inheritdoc/>
    public void Dispose() => privateKey.Dispose();

    private byte[] PublicBytes() => privateKey.PublicKey.Export(KeyBlobFormat.RawPublicKey);
}
