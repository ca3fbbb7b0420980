namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>One line of an order's edit history: the terms an edit brought, and when.</summary>
public sealed record EditRecord(decimal Price, decimal Size, decimal? StopPrice, long AcceptedAtNs)
{
    /// <summary>The bracket attached from then on, or null.</summary>
    public OrderTerms? Attached { get; init; }
}
