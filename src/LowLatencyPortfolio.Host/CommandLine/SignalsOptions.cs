namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>What stands behind <c>llp signals</c>, nothing looked up yet.</summary>
/// <param name="Ticks">Files and folders of market data; empty takes the bundled sample.</param>
/// <param name="Config">Configuration; null as of a run.</param>
/// <param name="Interval">Length of a candle, seconds, as written; null takes the default.</param>
/// <param name="Json">File for the signals, <c>-</c> for standard output, null for none.</param>
internal sealed record SignalsOptions(IReadOnlyList<string> Ticks, string? Config, string? Interval, string? Json);
