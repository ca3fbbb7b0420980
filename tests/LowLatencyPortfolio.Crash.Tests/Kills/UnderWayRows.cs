using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Crash.Tests.Kills;

/// <summary>Reads what is under way off the rows of orders.</summary>
internal static class UnderWayRows
{
    /// <summary>All that is under way, in any pair.</summary>
    /// <param name="orders">Rows, oldest first.</param>
    /// <param name="hasEdits">How the venue lets stops be moved.</param>
    public static IReadOnlySet<UnderWay> Of(IEnumerable<OrderRow> orders, bool hasEdits)
    {
        HashSet<UnderWay> found = [];
        foreach (IGrouping<string, OrderRow> pair in orders
            .Where(row => !OrderTransitions.IsFinal(row.State))
            .GroupBy(row => row.ProductId))
        {
            if (StopsOf(pair, hasEdits) is { } stops)
            {
                _ = found.Add(stops);
            }

            foreach (OrderRow row in pair)
            {
                if (row.Purpose == OrderPurpose.Entry)
                {
                    _ = found.Add(row.State == OrderState.Working ? UnderWay.Bid : UnderWay.Entry);
                }
                else if (row.Purpose != OrderPurpose.Stop)
                {
                    _ = found.Add(row.Purpose == OrderPurpose.Reduce ? UnderWay.Part : UnderWay.Exit);
                }
            }
        }

        return found;
    }

    // A stop that is to take another's place has a row beside it; a smaller one makes room for the sell of a part.
    private static UnderWay? StopsOf(IEnumerable<OrderRow> pair, bool hasEdits)
    {
        OrderRow[] stops = [.. pair.Where(row => row.Purpose == OrderPurpose.Stop)];
        OrderRow? leaving = stops.FirstOrDefault(row => row.State == OrderState.CancelPending);
        OrderRow? coming = stops.FirstOrDefault(row => row.State is OrderState.Submitted or OrderState.Unknown);
        return (leaving, coming) switch
        {
            (null, null) => null,
            (null, _) => UnderWay.Stop,
            (_, null) => UnderWay.Exit,
            _ when coming.Quantity < leaving.Quantity - leaving.FilledQuantity => UnderWay.Reduction,
            _ => hasEdits ? UnderWay.Edit : UnderWay.Replacement,
        };
    }
}
