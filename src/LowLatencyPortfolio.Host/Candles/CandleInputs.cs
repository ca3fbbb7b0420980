using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>All that making candles of recorded data needs.</summary>
/// <param name="Catalog">The data.</param>
/// <param name="Pairs">A pair for every product of the data, by index.</param>
/// <param name="Settings">Length of a candle, and what confirms an entry.</param>
/// <param name="Fusion">Whether and how the fused model judges too.</param>
internal sealed record CandleInputs(
    ReplayCatalog Catalog, PairSetup[] Pairs, ConfirmationSettings Settings, FusionSettings Fusion);
