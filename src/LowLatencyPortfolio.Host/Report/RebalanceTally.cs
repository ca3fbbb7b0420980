using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>What rebalances did, counted from history.</summary>
internal sealed record RebalanceTally
{
    /// <summary>Increases that were taken on, also those that waited for a slot.</summary>
    public int Increases { get; private set; }

    /// <summary>Reductions that were taken on.</summary>
    public int Reductions { get; private set; }

    /// <summary>Of <see cref="Reductions"/>, those of a position above its limit.</summary>
    public int ToLimit { get; private set; }

    /// <summary>Sells that left; a reduction that had ended before has none.</summary>
    public int Sells { get; private set; }

    /// <summary>Reductions that ended before their sell left.</summary>
    public int Ended { get; private set; }

    /// <summary>What the risk gate refused, by the first limit it broke.</summary>
    public SortedDictionary<RiskVerdict, int> Refused { get; } = [];

    /// <summary>Value that increases bought, quote.</summary>
    public decimal Bought { get; private set; }

    /// <summary>Value that reductions sold, quote.</summary>
    public decimal Sold { get; private set; }

    /// <summary>Fees of what was bought, quote.</summary>
    public decimal BuyFees { get; private set; }

    /// <summary>Fees of what was sold, quote.</summary>
    public decimal SellFees { get; private set; }

    /// <summary>Whether there was any.</summary>
    public bool IsAny => Increases + Reductions + Sells + Ended + Refused.Count > 0;

    /// <summary>Counts.</summary>
    /// <param name="history">All rows, in order.</param>
    /// <param name="orders">All rows; rows of history that an older version wrote tell the side by their
    /// order.</param>
    public static RebalanceTally Of(IReadOnlyList<HistoryRow> history, IReadOnlyList<OrderRow> orders)
    {
        RebalanceTally tally = new();
        HashSet<long> sells =
            [.. orders.Where(order => order.Side == OrderSide.Sell).Select(order => order.OrderSequence)];
        HashSet<long> traded = [];
        HashSet<string> waiting = new(StringComparer.Ordinal);
        foreach (HistoryRow row in history)
        {
            tally.Count(row, sells, traded, waiting);
        }

        return tally;
    }

    // An increase that waits for a slot has no order yet: the pair's next entry is its own.
    private void Count(HistoryRow row, HashSet<long> sells, HashSet<long> traded, HashSet<string> waiting)
    {
        switch (row.Action)
        {
            case HistoryAction.RebalanceStarted when sells.Contains(row.OrderSequence ?? 0):
                Reductions++;       // the order is the smaller stop, which trades for itself
                ToLimit += row.Detail == StoredNames.Of(RebalanceKind.ReduceToLimit) ? 1 : 0;
                break;
            case HistoryAction.RebalanceStarted:
                Increases++;
                _ = row.OrderSequence is { } entry ? traded.Add(entry) : waiting.Add(row.ProductId!);
                break;
            case HistoryAction.EntrySubmitted or HistoryAction.OrderAbandoned or HistoryAction.RiskRejected
                when waiting.Remove(row.ProductId ?? string.Empty) && row.OrderSequence is { } order:
                traded.Add(order);
                break;
            case HistoryAction.RebalanceRefused:
                RiskVerdict verdict = DatabaseRows.Verdict(row.Detail);
                Refused[verdict] = Refused.GetValueOrDefault(verdict) + 1;
                break;
            case HistoryAction.RebalanceSelling:
                traded.Add(row.OrderSequence ?? 0);
                Sells++;
                break;
            case HistoryAction.RebalanceEnded:
                Ended++;
                break;
            case HistoryAction.EntryFilled when traded.Contains(row.OrderSequence ?? 0):
                (Bought, BuyFees) = (Bought + row.Value, BuyFees + row.Fee);
                break;
            case HistoryAction.ExitFilled when traded.Contains(row.OrderSequence ?? 0):
                (Sold, SellFees) = (Sold + row.Value, SellFees + row.Fee);
                break;
            default:
                break;
        }
    }
}
