namespace LowLatencyPortfolio.ExchangeSim.Play;

/// <summary>Where the tick player is.</summary>
/// <param name="NowNs">The venue's clock.</param>
/// <param name="Played">Trades so far.</param>
/// <param name="Ended">No trade is left.</param>
/// <param name="Fault">Why it stopped early; null when it did not.</param>
internal sealed record PlayStatus(long NowNs, long Played, bool Ended, string? Fault);
