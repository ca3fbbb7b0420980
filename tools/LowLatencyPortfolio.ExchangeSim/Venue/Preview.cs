namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>What an order would do if it were sent now, and the codes for which it would be refused.</summary>
public sealed record Preview(
    IReadOnlyList<string> Errors, decimal BaseSize, decimal QuoteSize, decimal OrderTotal, decimal Commission,
    decimal AveragePrice, decimal BestBid, decimal BestAsk);
