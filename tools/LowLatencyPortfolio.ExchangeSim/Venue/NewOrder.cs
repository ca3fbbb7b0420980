namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>A create or preview request after its JSON was read; nothing in it has been checked yet.</summary>
public sealed record NewOrder(string ClientOrderId, string ProductId, OrderSide Side, OrderTerms Terms)
{
    /// <summary>The request carried an attached bracket; the venue refuses it as unsupported.</summary>
    public bool HasAttachedOrder { get; init; }
}
