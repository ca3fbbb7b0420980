using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// What the trades of one pair, or of all, made and by what: <c>Gross − EntryFees − ExitFees − Slippage = Net</c>, to
/// the last digit. Quote currency.
/// </summary>
/// <remarks>
/// Thread: immutable. <see cref="Net"/> is what the ledger says (realized and unrealized); fees and slippage are of the
/// orders; <see cref="Gross"/> is what is left to the prices. Over all pairs Net is equity less total capital.
/// </remarks>
public sealed record PairAccount
{
    /// <summary>
    /// What the prices made before all cost: sells − buys, with every stop filled at its trigger, and what is held at
    /// its mark.
    /// </summary>
    public decimal Gross => Net + EntryFees + ExitFees + Slippage;

    /// <summary>Fees of buys.</summary>
    public required decimal EntryFees { get; init; }

    /// <summary>Fees of sells.</summary>
    public required decimal ExitFees { get; init; }

    /// <summary>
    /// What exits at a stop got less than its trigger, times quantity; negative when they got more. Exits that no
    /// trigger asked for have none.
    /// </summary>
    public required decimal Slippage { get; init; }

    /// <summary>Realized and unrealized, all fees taken off.</summary>
    public required decimal Net { get; init; }

    /// <summary>All that was ever paid for buys, without fees: the base of <see cref="ReturnPct"/>.</summary>
    public required decimal Bought { get; init; }

    /// <summary>Net, percent of all that was paid for buys; null before the first.</summary>
    public decimal? ReturnPct => Bought > 0m ? Net / Bought * 100m : null;

    /// <summary>Makes the account of one pair.</summary>
    /// <param name="ledger">Its money.</param>
    /// <param name="mark">Price of what is held; 0 when flat.</param>
    /// <param name="positions">Its positions.</param>
    /// <param name="orders">Its orders.</param>
    public static PairAccount Of(
        in PositionLedger ledger, decimal mark, IReadOnlyList<PositionRow> positions, IEnumerable<OrderRow> orders)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(orders);
        Dictionary<long, PositionRow> byId = positions.ToDictionary(row => row.PositionId);
        (decimal entryFees, decimal slippage) = (0m, 0m);
        foreach (OrderRow order in orders)
        {
            if (order.Side == OrderSide.Buy)
            {
                entryFees += order.Fees;
            }
            else if (TriggerOf(order, byId) is { } trigger)
            {
                slippage += (trigger * order.FilledQuantity) - order.FilledValue;
            }
        }

        return new PairAccount
        {
            EntryFees = entryFees,
            ExitFees = ledger.Fees - entryFees,
            Slippage = slippage,
            Net = ledger.Realized + ledger.Unrealized(mark),
            Bought = positions.Sum(row => row.BoughtValue),
        };
    }

    /// <summary>Adds accounts up.</summary>
    /// <param name="accounts">Of the pairs.</param>
    /// <returns>The account of all.</returns>
    public static PairAccount Sum(IReadOnlyCollection<PairAccount> accounts) => new()
    {
        EntryFees = accounts.Sum(account => account.EntryFees),
        ExitFees = accounts.Sum(account => account.ExitFees),
        Slippage = accounts.Sum(account => account.Slippage),
        Net = accounts.Sum(account => account.Net),
        Bought = accounts.Sum(account => account.Bought),
    };

    // A stop has its own trigger. A market order that took a stop's place is held against the one it took it for.
    private static decimal? TriggerOf(OrderRow order, Dictionary<long, PositionRow> positions)
    {
        if (order.FilledQuantity == 0m || order.Purpose == OrderPurpose.Stop)
        {
            return order.FilledQuantity == 0m ? null : order.Trigger;
        }

        return order.Purpose == OrderPurpose.Exit && order.PositionId is { } id
            && positions.TryGetValue(id, out PositionRow? position)
            && position.ExitReason is ExitReason.TriggerCrossed or ExitReason.StopNotFilled
            ? position.StopTrigger
            : null;
    }
}
