namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>What stands behind <c>llp candles</c>, nothing looked up yet.</summary>
/// <param name="Ticks">Files of one product's market data.</param>
/// <param name="Interval">Length of a candle, seconds, as written.</param>
internal sealed record CandlesOptions(IReadOnlyList<string> Ticks, string Interval);
