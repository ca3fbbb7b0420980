namespace LowLatencyPortfolio.Engine;

/// <summary>What a liquidation came to when every exit was answered, or the deadline had come.</summary>
/// <param name="Pairs">
/// A pair each that had a position or an order, by product id; for a single pair always that pair.
/// </param>
/// <param name="Flat">
/// Completes when every one of them is closed, which the engine works on until it is; faulted with <see
/// cref="EngineStoppedException"/> when the engine ends before.
/// </param>
public sealed record LiquidationResult(IReadOnlyList<PairLiquidation> Pairs, Task Flat);
