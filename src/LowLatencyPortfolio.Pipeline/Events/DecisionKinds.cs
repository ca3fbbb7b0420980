using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What the stages ask about a decision.</summary>
internal static class DecisionKinds
{
    /// <summary>Whether the decision is an order to be sent: its trigger, limit and quantity count.</summary>
    public static bool IsOrder(this DecisionKind kind) =>
        kind is DecisionKind.PlaceStop or DecisionKind.ReplaceStop || kind.IsExit();

    /// <summary>Whether the decision is a sell that closes the position, on whatever rung of the ladder.</summary>
    public static bool IsExit(this DecisionKind kind) =>
        kind is DecisionKind.SellAtMarket or DecisionKind.SellLimitIoc or DecisionKind.SellLimit;

    /// <summary>Type of the order that a decision asks for; a stop's for one that asks for none.</summary>
    public static OrderType TypeOf(this DecisionKind kind) => kind switch
    {
        DecisionKind.SellAtMarket => OrderType.Market,
        DecisionKind.SellLimitIoc => OrderType.LimitIoc,
        DecisionKind.SellLimit => OrderType.Limit,
        _ => OrderType.StopLimit,
    };
}
