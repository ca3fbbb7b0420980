namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>
/// A body that the venue's strict reader refuses; the message is what the client gets with status 400.
/// </summary>
internal sealed class ProtoException(string message) : Exception(message);
