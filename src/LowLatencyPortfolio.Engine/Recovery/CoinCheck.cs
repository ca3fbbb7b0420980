using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Compares positions with balances: what can be sold is what we hold, if it is still there.</summary>
/// <remarks>Coins beyond ours are somebody else's and not looked at. Source: SPEC 10.</remarks>
internal static class CoinCheck
{
    /// <summary>What is missing of each pair, ring units, by index; 0 where nothing is.</summary>
    /// <param name="merge">Our orders.</param>
    /// <param name="session">Our positions.</param>
    /// <param name="pairs">The pairs by index.</param>
    /// <param name="look">The balances.</param>
    /// <param name="countsEveryHold">
    /// Whether coins are there while any order holds them: another's, or one of ours whose hold is released late.
    /// </param>
    /// <exception cref="ReconcileException">More was sold than there was.</exception>
    public static long[] Missing(
        OrderMerge merge, StoredSession session, PairSetup[] pairs, VenuePortfolio look, bool countsEveryHold)
    {
        long[] missing = new long[pairs.Length];
        foreach (PairSetup pair in pairs)
        {
            MergedOrder[] orders = OrdersOf(merge, pair);
            long expected = Expected(merge, session, pair);
            if (expected < 0)
            {
                throw new ReconcileException(
                    $"our orders sold more {pair.Product.BaseCurrency} at the venue than the database ever held; "
                    + "is it an older copy? Look at the position by hand");
            }

            VenueBalance balance = look.Balances.GetValueOrDefault(pair.Product.BaseCurrency);
            decimal ourHolds = orders
                .Where(order => order.IsOpenAtVenue && order.Order.Side == OrderSide.Sell)
                .Sum(order => order.Seen!.Size - order.Seen.FilledSize);
            decimal shortage = pair.Product.QuantityOf(expected) - balance.Available
                - (countsEveryHold ? Math.Max(ourHolds, balance.Hold) : ourHolds);
            missing[pair.Index] = shortage < pair.Product.QuantityIncrement
                ? 0
                : decimal.ToInt64(decimal.Ceiling(shortage * pair.Product.QuantityScale));
        }

        return missing;
    }

    /// <summary>Whether something that is not booked yet may explain what is missing.</summary>
    public static bool IsExplainable(OrderMerge merge, StoredSession session, PairSetup pair, long missing) =>
        missing > HeldOf(session, pair)
        || OrdersOf(merge, pair).Any(order =>
            order.Order.Side == OrderSide.Sell && order.Seen is null && !order.IsOver);

    /// <summary>Takes coins out of a position at what they cost: nothing is won or lost.</summary>
    /// <param name="ledger">The position's money.</param>
    /// <param name="quantity">Base, above 0, at most what is held.</param>
    /// <param name="timeNs">When, ns UTC.</param>
    /// <returns>The smaller position, and what the coins cost.</returns>
    public static (PositionLedger Ledger, decimal Cost) TakeOut(PositionLedger ledger, decimal quantity, long timeNs)
    {
        decimal cost = ledger.TakeOut(quantity, timeNs);
        return (ledger, cost);
    }

    /// <summary>Held by what was written down and what traded since, ring units; below 0 when more was sold.</summary>
    public static long Expected(OrderMerge merge, StoredSession session, PairSetup pair)
    {
        MergedOrder[] orders = OrdersOf(merge, pair);
        return HeldOf(session, pair) + Growth(orders, OrderSide.Buy) - Growth(orders, OrderSide.Sell);
    }

    /// <summary>Held as written down, ring units.</summary>
    public static long HeldOf(StoredSession session, PairSetup pair)
    {
        StoredPosition? position =
            session.Portfolio.Positions.FirstOrDefault(position => position.Product == pair.Index);
        return position is null ? 0 : decimal.ToInt64(position.Ledger.Quantity * pair.Product.QuantityScale);
    }

    private static MergedOrder[] OrdersOf(OrderMerge merge, PairSetup pair) =>
        [.. merge.Orders.Where(order => order.Order.Product == pair.Index)];

    private static long Growth(MergedOrder[] orders, OrderSide side) =>
        orders.Where(order => order.Order.Side == side).Sum(order => order.Growth);
}
