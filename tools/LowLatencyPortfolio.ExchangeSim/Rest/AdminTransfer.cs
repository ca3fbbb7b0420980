namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>POST /admin/move-coins: a deposit (positive) or a withdrawal (negative) by a human.</summary>
internal sealed record AdminTransfer(string? Currency = null, decimal Amount = 0);
