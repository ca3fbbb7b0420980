namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>What a connection is to send; the sequence number comes when it does.</summary>
/// <param name="Channel">As subscribed to; empty for an error.</param>
/// <param name="ProductId">The product it is about; null for none or several.</param>
/// <param name="TimeNs">Of the venue.</param>
/// <param name="Body">Events of an Advanced Trade channel; of all else, errors included, the whole text.</param>
internal readonly record struct OutgoingMessage(string Channel, string? ProductId, long TimeNs, byte[] Body);
