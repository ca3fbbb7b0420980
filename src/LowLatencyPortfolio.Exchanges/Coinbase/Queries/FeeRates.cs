namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The account's present fees, as fractions of the value traded.</summary>
/// <param name="Maker">For orders that rested.</param>
/// <param name="Taker">For orders that crossed.</param>
public sealed record FeeRates(decimal Maker, decimal Taker);
