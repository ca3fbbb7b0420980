using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>
/// What makes two replays the same: the content of their input, and the configuration that decides on it.
/// </summary>
/// <param name="Input">SHA-256 over the ticks and the entries, hexadecimal.</param>
/// <param name="Configuration">
/// SHA-256 over portfolio, pairs, products, paper, signals and rebalance, hexadecimal.
/// </param>
/// <param name="EngineId">Name for client order ids, derived from both, so that a repeated replay writes the same
/// rows.</param>
public sealed record ReplayIdentity(string Input, string Configuration, string EngineId)
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The identity of a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Equal for equal input and configuration; topology, database and checkpoints do not count.</returns>
    public static ReplayIdentity Of(ReplayRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        StringBuilder input = new(request.Catalog.Fingerprint);
        foreach (ScriptedCommand entry in request.Entries)
        {
            string product = request.Pairs[entry.Product].ProductId;
            input.Append(
                CultureInfo.InvariantCulture,
                $"\n{entry.TimeNs},{product},{entry.Type},{entry.Price},{entry.Quantity}");
        }

        StringBuilder configuration = new();
        configuration.Append(request.Portfolio).Append('\n').Append(request.Paper);
        foreach (PairSetup pair in request.Pairs)
        {
            configuration.Append(
                CultureInfo.InvariantCulture,
                $"\n{pair.Config} {pair.Product.PriceIncrement} {pair.Product.QuantityIncrement} "
                + $"{pair.Product.MinQuantity} {pair.Product.MinNotional}");
        }

        if (request.Signals is { } signals)
        {
            configuration.Append('\n').Append(signals.Options).Append('\n').Append(signals.Identity);
        }

        if (request.Rebalance is { Orders: true } rebalance)
        {
            configuration.Append("\nrebalance-1 ").Append(rebalance);
        }

        byte[] inputHash = Hash(input);
        byte[] configurationHash = Hash(configuration);
        string engineId = string.Concat(
            Enumerable.Range(0, 8).Select(i => Base32[(inputHash[i] ^ configurationHash[i]) % 32]));
        return new ReplayIdentity(
            Convert.ToHexStringLower(inputHash), Convert.ToHexStringLower(configurationHash), engineId);
    }

    private static byte[] Hash(StringBuilder text) => SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
}
