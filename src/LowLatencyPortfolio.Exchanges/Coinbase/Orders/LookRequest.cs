namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>An order about which the venue is to be asked.</summary>
/// <param name="Sequence">Our number.</param>
/// <param name="OrderId">The venue's id; null when only the client id is known: recent orders are searched.</param>
/// <param name="ClientOrderId">The client id it has at the venue.</param>
/// <param name="ProductId">Its product.</param>
/// <param name="Since">When it was sent at the earliest.</param>
/// <param name="Priority">Whose tokens it may use.</param>
internal sealed record LookRequest(
    long Sequence, string? OrderId, string ClientOrderId, string ProductId, DateTimeOffset Since,
    RequestPriority Priority);
