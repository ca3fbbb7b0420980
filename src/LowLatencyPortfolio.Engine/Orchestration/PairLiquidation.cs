namespace LowLatencyPortfolio.Engine;

/// <summary>How far the closing of one pair was when a liquidation returned.</summary>
/// <param name="ProductId">The pair's product.</param>
/// <param name="Outcome">Closed, pending or failed.</param>
public sealed record PairLiquidation(string ProductId, LiquidationOutcome Outcome);
