namespace LowLatencyPortfolio.Domain;

/// <summary>Where one position should weigh, and how far off it is left alone.</summary>
/// <param name="TargetPct">Percent of equity, above 0; null: only the limit is looked at.</param>
/// <param name="ThresholdPct">Drift left alone, percent of the target, at least 0.</param>
/// <param name="BandPct">
/// Drift not worth its cost, percent of equity, at least 0; a trade ends at the band's edge.
/// </param>
internal readonly record struct RebalanceTarget(decimal? TargetPct, decimal ThresholdPct, decimal BandPct);
