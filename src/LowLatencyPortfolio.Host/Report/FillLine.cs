namespace LowLatencyPortfolio.Host.Report;

/// <summary>One fill, as the comparison with and without stops needs it.</summary>
/// <param name="TimeNs">Event time, ns UTC.</param>
/// <param name="ProductId">The pair.</param>
/// <param name="IsEntry">True for a buy that opens or adds; false for every sell.</param>
/// <param name="Quantity">Base, above 0.</param>
/// <param name="Price">Quote per base.</param>
/// <param name="Fee">Quote, at least 0.</param>
internal readonly record struct FillLine(
    long TimeNs, string ProductId, bool IsEntry, decimal Quantity, decimal Price, decimal Fee);
