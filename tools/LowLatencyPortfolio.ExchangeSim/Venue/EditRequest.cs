namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// An edit after its JSON was read; <paramref name="Size"/> is the new total size, filled part included.
/// </summary>
public sealed record EditRequest(string OrderId, decimal? Price, decimal? Size, decimal? StopPrice)
{
    /// <summary>The bracket to attach instead of what is attached; null leaves that.</summary>
    public OrderTerms? Attached { get; init; }

    /// <summary>Takes away the attached bracket.</summary>
    public bool CancelAttached { get; init; }
}
