using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>What the venue says of the account that a key trades.</summary>
/// <param name="PortfolioId">The one portfolio the key is bound to.</param>
/// <param name="Fees">Its present fees.</param>
/// <param name="Worth">Quote balance, holds and our positions at the last price, quote.</param>
internal sealed record AccountFacts(string PortfolioId, FeeRates Fees, decimal Worth);
