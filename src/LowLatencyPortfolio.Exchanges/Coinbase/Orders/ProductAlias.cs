namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// The venue keeps one book for a coin in USD and in USDC, and answers under either name whatever was asked.
/// </summary>
/// <remarks>Thread: any. Allocation: none. Source: Advanced Trade, products: <c>alias</c>, <c>alias_to</c>.</remarks>
internal static class ProductAlias
{
    private const string Usd = "-USD";
    private const string Usdc = "-USDC";

    // Stablecoins trade against USDC in books of their own.
    private static readonly string[] OwnBooks = ["USDT-USDC", "EURC-USDC"];

    /// <summary>Whether two names stand for one book.</summary>
    public static bool IsSame(string left, string right) =>
        left == right || IsAliasOf(left, right) || IsAliasOf(right, left);

    private static bool IsAliasOf(string inUsdc, string inUsd) =>
        inUsdc.EndsWith(Usdc, StringComparison.Ordinal) && inUsd.EndsWith(Usd, StringComparison.Ordinal)
        && inUsdc.AsSpan(0, inUsdc.Length - 1).SequenceEqual(inUsd)
        && !OwnBooks.Contains(inUsdc, StringComparer.Ordinal);
}
