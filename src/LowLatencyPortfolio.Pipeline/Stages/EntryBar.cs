using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Which buys must end because the trading mode lets no entry work, or the pair is being closed.</summary>
/// <remarks>
/// Source: SPEC 10. The mode's bar holds from the control event that bars a pair's entries, or the recovery into such a
/// mode, until the one that allows them again. A buy that can be cancelled then, because its answer or its end turned
/// out otherwise, is cancelled in the event that shows it, unless that event has another decision; the timer asks after
/// what is left. One that the venue would not cancel is asked for again after <see cref="AgainNs"/>, or after
/// <see cref="AgainForExitNs"/> where an exit waits for it, because no stop works then. Thread: the ratchet's.
/// Allocation: none.
/// </remarks>
internal sealed class EntryBar(OrderTable orders)
{
    /// <summary>How long after the venue refused to cancel a buy it is asked again.</summary>
    public const long AgainNs = 5 * EventTime.Second;

    /// <summary>The same while the pair is being closed.</summary>
    public const long AgainForExitNs = EventTime.Second;

    private const int RefusedBit = 1 << (int)ReportKind.CancelRejected;

    /// <summary>Whether the pair has a buy that should be on its way to its end and is not.</summary>
    public bool IsDue(int product, in ProtectedPair pair, long nowNs)
    {
        bool isBarred = pair.EntriesBarred || IsClosing(in pair);
        for (int i = isBarred ? orders.FirstOf(product) : -1; i >= 0; i = orders.NextOf(i))
        {
            if (IsDue(in orders[i], in pair, nowNs))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes in that the venue would not cancel a buy: from now on it has its pause.</summary>
    public void Follow(in TradingEvent e, in ProtectedPair pair)
    {
        bool isBarred = pair.EntriesBarred || IsClosing(in pair);
        if (isBarred && e is { Report: ReportKind.CancelRejected, Side: OrderSide.Buy }
            && orders.Find(e.OrderSequence) is >= 0 and int index)
        {
            orders[index].CreatedAtNs = e.NowNs;
        }
    }

    /// <summary>
    /// Decides to cancel the entries of a barred pair if one of them is due, unless the report or control event has its
    /// decision already, as an exit's always has. Nothing else changes what works.
    /// </summary>
    public void Decide(ref TradingEvent e, in ProtectedPair pair)
    {
        bool mayDecide = e.Kind is EventKind.OrderReport or EventKind.Control && e.Decision == DecisionKind.None;
        if (!pair.EntriesBarred || !mayDecide)
        {
            return;
        }

        for (int i = orders.FirstOf(e.Product); i >= 0; i = orders.NextOf(i))
        {
            if (orders[i].CanCancel && IsDue(in orders[i], in pair, e.NowNs))
            {
                Cancel(ref e);
                return;
            }
        }
    }

    /// <summary>
    /// Writes the decision to cancel the pair's entries; Dispatch knows those that no report has named yet.
    /// </summary>
    public void Cancel(ref TradingEvent e)
    {
        e.Decision = DecisionKind.CancelEntries;
        CancelChoice.Mark(orders, e.Product, DecisionKind.CancelEntries);
    }

    private static bool IsClosing(in ProtectedPair pair) =>
        pair.Exit != ExitReason.None || pair.State == StopState.Triggered;

    private static bool IsDue(in OrderEntry order, in ProtectedPair pair, long nowNs) =>
        order.Side == OrderSide.Buy
        && order.State is OrderState.Submitted or OrderState.Working or OrderState.Triggered
        && ((order.Reported & RefusedBit) == 0
            || nowNs - order.CreatedAtNs >= (IsClosing(in pair) ? AgainForExitNs : AgainNs));
}
