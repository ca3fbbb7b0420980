using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>All that making candles of recorded data needs.</summary>
/// <param name="Catalog">The data.</param>
/// <param name="Pairs">A pair for every product of the data, by index.</param>
/// <param name="Seconds">Length of a candle, at least 1.</param>
internal sealed record CandleInputs(ReplayCatalog Catalog, PairSetup[] Pairs, int Seconds);
