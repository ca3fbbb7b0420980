using System.Security.Cryptography;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>A key made for this run, and what must never be seen of it.</summary>
internal static class Keys
{
    public const string Name = "organizations/11111111-2222/apiKeys/33333333-4444";

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string Pem { get; } = Key.ExportECPrivateKeyPem();

    public static ECDsa Public { get; } = ECDsa.Create(Key.ExportParameters(includePrivateParameters: false));

    /// <summary>Pieces of the private key as they would show in a text.</summary>
    public static IEnumerable<string> Secrets =>
        Pem.Split('\n').Where(line => line.Length > 10 && !line.StartsWith("-----", StringComparison.Ordinal));

    public static CoinbaseCredentials Credentials() => CoinbaseCredentials.Create(Name, Pem);

    public static void AssertHidden(string? text)
    {
        foreach (string secret in Secrets)
        {
            Assert.DoesNotContain(secret, text ?? string.Empty, StringComparison.Ordinal);
        }
    }
}
