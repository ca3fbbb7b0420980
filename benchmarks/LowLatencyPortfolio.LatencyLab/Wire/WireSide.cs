namespace LowLatencyPortfolio.LatencyLab;

/// <summary>One of the two that are compared; all ns.</summary>
/// <param name="Exchange">A ticker's first byte out to the order's first byte in, by the exchange's clock.</param>
/// <param name="Own">Frame read to request written, by our clock.</param>
/// <param name="Intended">Intended start, when the ticker was to be asked for, to request written.</param>
/// <param name="Lateness">Actual start after intended start.</param>
/// <param name="Hiccups">The longest gap between two looks at the clock while waiting for each start.</param>
internal sealed record WireSide(
    Percentiles Exchange, Percentiles Own, Percentiles Intended, Percentiles Lateness, Percentiles Hiccups);
