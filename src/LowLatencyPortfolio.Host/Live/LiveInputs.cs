using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>What a live run reads from this machine before it asks the venue anything.</summary>
/// <param name="Configuration">With at least one pair.</param>
/// <param name="Endpoints">Where the venue is.</param>
/// <param name="Credentials">Who trades there; null on paper.</param>
internal sealed record LiveInputs(
    RunConfiguration Configuration, CoinbaseEndpoints Endpoints, CoinbaseCredentials? Credentials);
