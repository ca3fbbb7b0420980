using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Which entries have waited for their fill as long as <see cref="PairConfig.MaxEntryWaitCandles"/> lets them.
/// </summary>
/// <remarks>
/// Candles are counted by their boundaries: an entry that the ratchet first heard of during one candle is overdue when
/// the one after so many more begins. The ratchet says it of one entry an event, the oldest, and the others follow at
/// the next timers. A cancel that the venue refused is asked for again after as many candles. Allocation: none.
/// </remarks>
internal sealed class EntryExpiry(PairSetup[] setups, OrderTable orders, int candleSeconds)
{
    private readonly long _candleNs = candleSeconds * EventTime.Second;

    /// <summary>Whether an entry of any pair is overdue.</summary>
    public bool IsAnyDue(long nowNs)
    {
        for (int product = 0; _candleNs > 0 && product < setups.Length; product++)
        {
            if (FindOldest(product, nowNs) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Decides to cancel the pair's oldest overdue entry, unless the event has its decision already.</summary>
    public void Decide(ref TradingEvent e)
    {
        if (_candleNs == 0 || e.Decision != DecisionKind.None
            || FindOldest(e.Product, e.NowNs) is not (>= 0 and int index))
        {
            return;
        }

        orders[index].CreatedAtNs = e.NowNs;
        e.Decision = DecisionKind.CancelOverdue;
        e.DecisionOrder = orders[index].Sequence;
        _ = MarkCancelled(orders, e.DecisionOrder);
    }

    /// <summary>Marks the entry of the decision as being cancelled, if it can be.</summary>
    /// <returns>Its index; −1 when there is nothing to cancel.</returns>
    public static int MarkCancelled(OrderTable orders, long sequence)
    {
        int index = orders.Find(sequence);
        if (index < 0 || !orders[index].CanCancel)
        {
            return -1;
        }

        _ = orders.Apply(index, OrderEvent.CancelSent);
        orders[index].IsOverdue = true;
        return index;
    }

    private int FindOldest(int product, long nowNs)
    {
        int oldest = -1;
        for (int i = orders.FirstOf(product); i >= 0; i = orders.NextOf(i))
        {
            ref OrderEntry order = ref orders[i];
            bool isWaiting = order.Purpose == OrderPurpose.Entry && order.Type == OrderType.Limit
                && order.State is OrderState.Submitted or OrderState.Working;
            if (isWaiting && HasWaited(product, order.CreatedAtNs, nowNs)
                && (oldest < 0 || order.Sequence < orders[oldest].Sequence))
            {
                oldest = i;
            }
        }

        return oldest;
    }

    private bool HasWaited(int product, long sinceNs, long nowNs) =>
        (nowNs / _candleNs) - (sinceNs / _candleNs) >= setups[product].Config.MaxEntryWaitCandles;
}
