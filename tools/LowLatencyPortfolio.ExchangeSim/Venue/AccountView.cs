namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>One currency's wallet; <paramref name="Available"/> excludes <paramref name="Hold"/>.</summary>
public sealed record AccountView(string Uuid, string Currency, decimal Available, decimal Hold);
