namespace LowLatencyPortfolio.Exchanges;

/// <summary>The account's balance of one currency.</summary>
/// <param name="Available">Free to trade.</param>
/// <param name="Hold">Held by open orders, anybody's.</param>
public readonly record struct VenueBalance(decimal Available, decimal Hold);
