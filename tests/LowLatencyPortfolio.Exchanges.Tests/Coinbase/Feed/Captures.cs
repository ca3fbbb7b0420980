using System.IO.Compression;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>What the venue really sent, see Data/README.md.</summary>
internal static class Captures
{
    public static readonly string[] ExchangeProducts =
    [
        "SKL-USD", "SKL-BTC", "SKL-GBP", "DASH-BTC", "BAND-BTC", "BAND-GBP", "NMR-EUR", "CRV-EUR", "YFI-BTC", "NU-GBP",
    ];

    public static byte[][] AdvancedTrade { get; } = Messages("coinbase-advanced-trade.2026-08-09.messages.gz");

    public static byte[][] Exchange { get; } = Messages("coinbase-exchange.2021-04-17.messages.gz");

    /// <summary>Kinds that the captures lack, and forms that the documentation shows instead of theirs.</summary>
    public static byte[][] Documented { get; } = Messages("documented.messages");

    public static PairSetup[] PairsOf(params string[] products) => PairSetup.Arrange(products.Select(id =>
        (new ProductSpec(id, 0.00000001m, 0.00000001m), new PairConfig { ProductId = id })));

    /// <summary>The trades of the Advanced Trade capture, as extracted from it by other means.</summary>
    public static string[] TradesOf(string product) =>
        [.. Lines($"{product}.2026-08-09.csv.gz").Skip(1).Select(line => Encoding.UTF8.GetString(line))];

    private static byte[][] Messages(string name) => [.. Lines(name)];

    private static IEnumerable<byte[]> Lines(string name)
    {
        using Stream packed = typeof(Captures).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        bool isPacked = name.EndsWith(".gz", StringComparison.Ordinal);
        using Stream stream = isPacked ? new GZipStream(packed, CompressionMode.Decompress) : packed;
        using StreamReader reader = new(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return Encoding.UTF8.GetBytes(line);
        }
    }
}
