using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// A stop that takes another's place by a cancel is sent for what that one has left unsold, which its row, older than
/// the cancel, cannot know: so it may rest for less than its row says.
/// </summary>
internal static class MovedStopSize
{
    /// <summary>The size at the venue, if it differs from the row's for this reason and no other.</summary>
    /// <param name="session">All rows.</param>
    /// <param name="orders">Those that are taken over; the older ones have been compared with the venue.</param>
    /// <param name="order">The order.</param>
    /// <param name="seen">As the venue shows it.</param>
    /// <param name="pair">Its pair.</param>
    /// <returns>
    /// Ring units; null when there is no difference, or one that the sale does not explain to the last digit: the
    /// gateway, which compares the order with what is taken over, halts entries for that.
    /// </returns>
    public static long? Explained(
        StoredSession session, IReadOnlyDictionary<long, MergedOrder> orders, MergedOrder order, SeenOrder seen,
        PairSetup pair)
    {
        StoredOrder row = order.Order;
        bool isCreated = order.ClientSequence == row.Sequence && order.ClientEpoch == order.Epoch;     // not edited
        bool hasItsPrices = seen.StopPrice == pair.Product.PriceOf(row.Trigger)
            && seen.LimitPrice == pair.Product.PriceOf(row.Limit);
        if (row.Purpose != OrderPurpose.Stop || order.IsOver || !isCreated || !hasItsPrices
            || !pair.Product.TryQuantityUnits(seen.Size, out long size))
        {
            return null;
        }

        return size > 0 && size < row.Quantity && row.Quantity - size == SoldBefore(session, orders, row) ? size : null;
    }

    // By the stop whose place it took: the newest of the position before it that ever was at the venue.
    private static long SoldBefore(
        StoredSession session, IReadOnlyDictionary<long, MergedOrder> orders, StoredOrder stop)
    {
        StoredOrder? before = session.Orders.Values
            .Select(written => written.Order)
            .Where(order => order.Product == stop.Product && order.Purpose == OrderPurpose.Stop
                && order.Sequence < stop.Sequence && order.IsOfPosition(stop.PositionId)
                && order.State is not (OrderState.Abandoned or OrderState.Rejected))
            .MaxBy(order => order.Sequence);
        return before is null ? 0
            : orders.TryGetValue(before.Sequence, out MergedOrder? merged) ? merged.Order.Cumulative + merged.Growth
            : before.Cumulative;
    }
}
