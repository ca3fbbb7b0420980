namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>POST /admin/step: either a time to go to (RFC 3339) or a span in milliseconds.</summary>
internal sealed record AdminStep(string? To = null, decimal? ByMs = null);
