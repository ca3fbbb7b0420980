using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Which of a pair's orders a decision cancels: the same for every stage.</summary>
internal static class CancelChoice
{
    /// <summary>Whether the decision asks for the end of this order, and it can be asked for.</summary>
    public static bool Includes(DecisionKind decision, in OrderEntry order) => order.CanCancel && decision switch
    {
        DecisionKind.CancelForExit => !order.IsMarketSale,
        DecisionKind.CancelEntries => order.Side == OrderSide.Buy,
        DecisionKind.ReplaceStop or DecisionKind.ShrinkStop => order.IsStop,
        DecisionKind.CancelExit => order.IsMarketSale,
        _ => false,
    };

    /// <summary>Whether there is any.</summary>
    public static bool IsAny(OrderTable orders, int product, DecisionKind decision)
    {
        for (int i = orders.FirstOf(product); i >= 0; i = orders.NextOf(i))
        {
            if (Includes(decision, in orders[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Their end has been asked for.</summary>
    public static void Mark(OrderTable orders, int product, DecisionKind decision)
    {
        for (int i = orders.FirstOf(product); i >= 0;)
        {
            int next = orders.NextOf(i);
            if (Includes(decision, in orders[i]))
            {
                _ = orders.Apply(i, OrderEvent.CancelSent);
            }

            i = next;
        }
    }
}
