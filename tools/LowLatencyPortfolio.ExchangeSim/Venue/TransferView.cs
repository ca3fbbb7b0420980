namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Coins or money a human brought in (positive) or took away (negative).</summary>
public sealed record TransferView(string Currency, decimal Amount, long TimeNs);
