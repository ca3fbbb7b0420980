using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What the stages ask about a decision.</summary>
internal static class DecisionKinds
{
    /// <summary>Whether the decision is an order to be sent: its trigger, limit and quantity count.</summary>
    public static bool IsOrder(this DecisionKind kind) =>
        kind.IsStop() || kind.IsExit() || kind == DecisionKind.SellPart;

    /// <summary>Whether the decision is a stop.</summary>
    public static bool IsStop(this DecisionKind kind) => kind == DecisionKind.PlaceStop || kind.ReplacesStops();

    /// <summary>Whether the decision is a stop in place of all that rest.</summary>
    public static bool ReplacesStops(this DecisionKind kind) =>
        kind is DecisionKind.ReplaceStop or DecisionKind.ShrinkStop;

    /// <summary>Whether the decision is a sell that closes the position, on whatever rung of the ladder.</summary>
    public static bool IsExit(this DecisionKind kind) =>
        kind is DecisionKind.SellAtMarket or DecisionKind.SellLimitIoc or DecisionKind.SellLimit;

    /// <summary>Type of the order that a decision asks for; a stop's for one that asks for none.</summary>
    public static OrderType TypeOf(this DecisionKind kind) => kind switch
    {
        DecisionKind.SellAtMarket or DecisionKind.SellPart => OrderType.Market,
        DecisionKind.SellLimitIoc => OrderType.LimitIoc,
        DecisionKind.SellLimit => OrderType.Limit,
        _ => OrderType.StopLimit,
    };
}
