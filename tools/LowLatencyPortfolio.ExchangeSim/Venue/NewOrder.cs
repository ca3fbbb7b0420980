namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>A create or preview request after its JSON was read; nothing in it has been checked yet.</summary>
public sealed record NewOrder(string ClientOrderId, string ProductId, OrderSide Side, OrderTerms Terms)
{
    /// <summary>The bracket to leave behind for what this order fills; without a size.</summary>
    public OrderTerms? Attached { get; init; }
}
