namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>One line of a batch cancel's answer; success means queued, not cancelled.</summary>
public sealed record CancelResult(string OrderId, bool Success, string FailureReason);
