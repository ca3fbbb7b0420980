namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// One switch: a fault strikes by probability, or at named occurrences (the n-th request of its kind since the fault
/// was set, from 1). With neither it always strikes.
/// </summary>
/// <param name="Probability">0 to 1.</param>
/// <param name="Occurrences">Strikes at these counts only; null for all.</param>
/// <param name="ProductId">Strikes this product only; null for all.</param>
/// <param name="Fraction">Part of a size: that fills, that fills beyond it, or that is taken; above 0 and at most
/// 1.</param>
/// <param name="DelayNs">How long a late thing is late.</param>
/// <param name="Configuration">Strikes orders of this configuration only (<c>limit_limit_gtc</c>); null for
/// all.</param>
/// <param name="Code">The venue's code to refuse with, where the fault refuses; null for the fault's own.</param>
public sealed record VenueFault(
    VenueFaultKind Kind,
    decimal Probability = 1m,
    IReadOnlyList<int>? Occurrences = null,
    string? ProductId = null,
    decimal Fraction = 1m,
    long DelayNs = VenueTime.SecondNs,
    string? Configuration = null,
    string? Code = null);
