namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The account's balance of one currency.</summary>
/// <param name="Currency">USD, BTC, ….</param>
/// <param name="Available">Free to trade; what open orders hold is not in it.</param>
/// <param name="Hold">Held by open orders.</param>
public sealed record CoinbaseAccount(string Currency, decimal Available, decimal Hold);
