namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>
/// A request that is well-formed but asks for something impossible; answered with INVALID_ARGUMENT, status 400.
/// </summary>
internal sealed class RequestFault(string message) : Exception(message);
