namespace LowLatencyPortfolio.Domain;

/// <summary>A recommendation for one open position; nothing is sent by itself.</summary>
/// <param name="ProductId">The position's product.</param>
/// <param name="Kind">Buy, sell to the target, or sell to the limit.</param>
/// <param name="Quantity">Base to trade, above 0, a multiple of the product's increment.</param>
/// <param name="WeightPct">The position's market value, percent of equity.</param>
/// <param name="TargetPct">
/// The weight it should have, percent: its <c>PositionSizePct</c>, or what a <see cref="RebalanceStrategy"/> gives it;
/// the present weight where only the limit was looked at.
/// </param>
/// <param name="DriftPct">(weight − target) ÷ target, percent.</param>
public readonly record struct RebalanceAction(
    string ProductId, RebalanceKind Kind, decimal Quantity, decimal WeightPct, decimal TargetPct, decimal DriftPct);
