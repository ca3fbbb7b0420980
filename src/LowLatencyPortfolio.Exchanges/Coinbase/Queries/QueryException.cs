using System.Net;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>A question to the venue was not answered. It changes nothing there, so it may be asked again.</summary>
/// <param name="message">What was asked and how it failed; never a token, a key or a body.</param>
/// <param name="status">Status of the answer; null when there was none, or it could not be read.</param>
/// <param name="rateReset">When the rate period ends, as the venue says it; −1 when it does not.</param>
public sealed class QueryException(string message, HttpStatusCode? status = null, long rateReset = -1)
    : Exception(message)
{
    /// <summary>Status of the answer; null when there was none, or it could not be read.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Seconds until the rate period ends, or its end as Unix time; −1 when not said.</summary>
    public long RateReset { get; } = rateReset;

    /// <summary>Whether the venue was asked too often.</summary>
    public bool IsLimited => Status == HttpStatusCode.TooManyRequests;
}
