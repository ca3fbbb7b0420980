using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>An entry that a replay submits at a moment of event time. Ring units of the product.</summary>
/// <param name="TimeNs">When, ns UTC; it follows the market events of the same time.</param>
/// <param name="Product">Index of the pair.</param>
/// <param name="Type"><see cref="OrderType.Limit"/> or <see cref="OrderType.Market"/>.</param>
/// <param name="Price">Limit; 0 for a market order.</param>
/// <param name="Quantity">Quantity; 0 takes the size from the pair's configuration.</param>
public readonly record struct ScriptedCommand(long TimeNs, int Product, OrderType Type, long Price, long Quantity);
