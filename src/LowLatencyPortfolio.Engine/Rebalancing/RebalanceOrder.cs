using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine;

/// <summary>A rebalance as it is put into the ring.</summary>
/// <param name="Product">Index of the pair.</param>
/// <param name="Side">Sell a part, or buy more.</param>
/// <param name="Quantity">Ring units.</param>
/// <param name="Limit">Of a buy, ring units; 0 for a sell.</param>
internal readonly record struct RebalanceOrder(int Product, OrderSide Side, long Quantity, long Limit);
