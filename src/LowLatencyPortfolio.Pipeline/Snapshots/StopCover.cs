using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What of a position the stops at the venue would sell, and for how much at their triggers.</summary>
/// <param name="Quantity">Ring units, at most what is held.</param>
/// <param name="Value">Quote.</param>
internal readonly record struct StopCover(long Quantity, decimal Value)
{
    /// <summary>Adds stops up, the highest trigger first, until all that is held is covered.</summary>
    /// <remarks>Allocation: none. A walk over the pair's orders for each trigger that differs; mostly one.</remarks>
    public static StopCover Of(OrderTable orders, int index, long held, ProductSpec product)
    {
        (long left, long below, decimal value) = (held, long.MaxValue, 0m);
        while (left > 0 && NextBelow(orders, index, below) is { Trigger: > 0 } next)
        {
            long covered = Math.Min(left, next.Quantity);
            left -= covered;
            below = next.Trigger;
            value += product.QuantityOf(covered) * product.PriceOf(next.Trigger);
        }

        return new StopCover(held - left, value);
    }

    private static (long Trigger, long Quantity) NextBelow(OrderTable orders, int index, long below)
    {
        (long trigger, long quantity) = (0, 0);
        for (int i = orders.FirstOf(index); i >= 0; i = orders.NextOf(i))
        {
            ref OrderEntry order = ref orders[i];
            if (!order.IsStop || !OrderTransitions.IsAtVenue(order.State)
                || order.Trigger >= below || order.Trigger < trigger)
            {
                continue;
            }

            quantity = order.Remaining + (order.Trigger == trigger ? quantity : 0);
            trigger = order.Trigger;
        }

        return (trigger, quantity);
    }
}
