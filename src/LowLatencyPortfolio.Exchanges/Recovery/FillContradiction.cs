namespace LowLatencyPortfolio.Exchanges;

/// <summary>An order of ours of which the venue shows more fills than it says the order has traded.</summary>
/// <param name="ClientOrderId">The id it was placed with.</param>
/// <param name="VenueId">The venue's own id.</param>
/// <param name="ProductId">The product.</param>
/// <param name="ByOrder">Traded as the order says, base.</param>
/// <param name="ByFills">What its fills that were listed add up to, base; more than <paramref name="ByOrder"/>.</param>
public readonly record struct FillContradiction(
    string ClientOrderId, string VenueId, string ProductId, decimal ByOrder, decimal ByFills);
