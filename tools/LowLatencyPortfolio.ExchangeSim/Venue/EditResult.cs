namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// The answer to an edit; success means queued. <paramref name="Failure"/> is the venue's code, null on success.
/// </summary>
public sealed record EditResult(string? Failure, string? PreviewFailure = null)
{
    public bool Success => Failure is null;
}
