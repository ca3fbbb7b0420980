namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>On every channel but the user's, a pair against USDC is its pair against USD.</summary>
internal static class ProductNames
{
    private const string Alias = "-USDC";

    /// <summary>The name under which data comes.</summary>
    /// <param name="productId">As the client wrote it.</param>
    /// <returns>BTC-USD for BTC-USDC; USDT-USDC and EURC-USDC have books of their own.</returns>
    public static string ForMarketData(string productId) =>
        productId.EndsWith(Alias, StringComparison.Ordinal) && productId is not ("USDT-USDC" or "EURC-USDC")
            ? productId[..^1]
            : productId;
}
