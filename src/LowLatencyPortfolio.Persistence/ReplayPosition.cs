namespace LowLatencyPortfolio.Persistence;

/// <summary>How far a replay has come in its input.</summary>
/// <param name="Fingerprint">Fingerprint of the input's content, ASCII, at most 128 characters.</param>
/// <param name="MarketEvents">Market events of this input that are closed, at least 0; a resumed feed skips as
/// many.</param>
/// <param name="LastEventNs">Event time of the last closed one, ns UTC; 0 before the first of a fresh database.</param>
public readonly record struct ReplayPosition(string Fingerprint, long MarketEvents, long LastEventNs);
