using System.Security.Cryptography;
using LowLatencyPortfolio.Exchanges.Coinbase;
using NSec.Cryptography;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>A key of each kind, made for this run, and what must never be seen of them.</summary>
internal static class Keys
{
    public const string Name = "organizations/11111111-2222/apiKeys/33333333-4444";

    private static readonly ECDsa EcKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string Pem { get; } = EcKey.ExportECPrivateKeyPem();

    public static ECDsa Public { get; } = ECDsa.Create(EcKey.ExportParameters(includePrivateParameters: false));

    /// <summary>Seed and public key of the Ed25519 key.</summary>
    public static byte[] Ed25519Bytes { get; } = MakeEd25519();

    /// <summary>The Ed25519 key as Coinbase hands it out.</summary>
    public static string Ed25519 { get; } = Convert.ToBase64String(Ed25519Bytes);

    /// <summary>Pieces of the private keys as they would show in a text.</summary>
    public static IEnumerable<string> Secrets =>
    [
        .. Pem.Split('\n').Where(line => line.Length > 10 && !line.StartsWith("-----", StringComparison.Ordinal)),
        .. SeedTexts(Ed25519Bytes.AsSpan(0, 32)),
    ];

    public static CoinbaseCredentials Credentials() => CoinbaseCredentials.Create(Name, Pem);

    public static CoinbaseCredentials Ed25519Credentials() => CoinbaseCredentials.Create(Name, Ed25519);

    /// <summary>Whether the Ed25519 key signed it.</summary>
    public static bool IsSignedByEd25519(byte[] data, byte[] signature) => SignatureAlgorithm.Ed25519.Verify(
        PublicKey.Import(SignatureAlgorithm.Ed25519, Ed25519Bytes.AsSpan(32), KeyBlobFormat.RawPublicKey),
        data, signature);

    /// <summary>A seed as it would show in a text: in base64, also as a part of the whole key, and in hex.</summary>
    public static string[] SeedTexts(ReadOnlySpan<byte> seed) =>
        [Convert.ToBase64String(seed)[..40], Convert.ToHexString(seed), Convert.ToHexStringLower(seed)];

    public static void AssertHidden(string? text)
    {
        foreach (string secret in Secrets)
        {
            Assert.DoesNotContain(secret, text ?? string.Empty, StringComparison.Ordinal);
        }
    }

    private static byte[] MakeEd25519()
    {
        using Key key = Key.Create(
            SignatureAlgorithm.Ed25519,
            new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        return
        [
            .. key.Export(KeyBlobFormat.RawPrivateKey), .. key.PublicKey.Export(KeyBlobFormat.RawPublicKey),
        ];
    }
}
