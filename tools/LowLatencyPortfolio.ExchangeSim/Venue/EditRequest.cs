namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// An edit after its JSON was read; <paramref name="Size"/> is the new total size, filled part included.
/// </summary>
public sealed record EditRequest(string OrderId, decimal? Price, decimal? Size, decimal? StopPrice);
