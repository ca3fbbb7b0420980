using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>A rebalance as it is put into the ring.</summary>
/// <param name="Product">Index of the pair.</param>
/// <param name="Side">Sell a part, or buy more.</param>
/// <param name="Quantity">Ring units; 0 to cancel the pair's entries.</param>
/// <param name="Limit">Of a buy, ring units; 0 for a sell.</param>
/// <param name="Kind">Which way, for history; 0 to cancel the pair's entries.</param>
internal readonly record struct RebalanceOrder(
    int Product, OrderSide Side, long Quantity, long Limit, RebalanceKind Kind)
{
    /// <summary>As what it is put into the ring.</summary>
    public ControlAction Action => Quantity == 0 ? ControlAction.CancelEntries : ControlAction.Rebalance;

    /// <summary>Nothing of the pair is to be bought any more.</summary>
    public static RebalanceOrder CancelEntries(int product) =>
        new(product, OrderSide.Sell, Quantity: 0, Limit: 0, Kind: default);
}
