namespace LowLatencyPortfolio.ExchangeSim.Wire.Rest;

/// <summary>What a limiter said about one request.</summary>
/// <param name="Allowed">False: 429.</param>
/// <param name="Limit">Requests a second; 0 without a limit.</param>
/// <param name="Remaining">Requests that would pass now.</param>
/// <param name="ResetSeconds">Until the bucket is full, rounded up.</param>
internal readonly record struct RateVerdict(bool Allowed, int Limit, int Remaining, int ResetSeconds);
