using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// An entry's limit order waits so many candles for its fill and no longer, and not at all where no entry may work.
/// </summary>
internal sealed class ReferenceWaits(ReferenceState state)
{
    private const long Second = 1_000_000_000;

    /// <summary>The pair's first entry that has waited too long; null when none has.</summary>
    public ReferenceOrder? Overdue(ReferencePair pair) => state.Options.CandleSeconds == 0
        ? null
        : state.Reported(pair.Index)
            .Where(order => order.Purpose == OrderPurpose.Entry && order.Type == OrderType.Limit)
            .Where(order => order.Reported!.State is OrderState.Submitted or OrderState.Working)
            .Where(order => CandleOf(state.NowNs) >= CandleOf(order.WaitingSinceNs) + pair.Config.MaxEntryWaitCandles)
            .MinBy(order => order.Sequence);

    /// <summary>One decision an event; it waits its turn anew, should the venue refuse.</summary>
    public void Decide(ref TradingEvent e, ReferencePair pair)
    {
        if (e.Decision == DecisionKind.None && Overdue(pair) is { } order)
        {
            order.WaitingSinceNs = state.NowNs;
            order.Reported!.Apply(OrderEvent.CancelSent);
            e.Decision = DecisionKind.CancelOverdue;
            e.DecisionOrder = order.Sequence;
        }
    }

    /// <summary>Buys that may not work now, and whose end is not asked for or was refused a while ago.</summary>
    public IEnumerable<ReferenceOrder> MustEnd(ReferencePair pair) => !pair.EntriesBarred && !pair.IsExiting
        ? []
        : state.Reported(pair.Index)
            .Where(order => order.Side == OrderSide.Buy)
            .Where(order => order.Reported!.State is OrderState.Submitted or OrderState.Working or OrderState.Triggered)
            .Where(order => !order.Reports.Contains(ReportKind.CancelRejected)
                || state.NowNs - order.WaitingSinceNs >= (pair.IsExiting ? 1 : 5) * Second);

    /// <summary>The venue would not cancel it.</summary>
    public void Pause(in TradingEvent e, ReferencePair pair, ReferenceOrder order)
    {
        bool isBarred = pair.EntriesBarred || pair.IsExiting;
        if (isBarred && order.Side == OrderSide.Buy && e.Report == ReportKind.CancelRejected)
        {
            order.WaitingSinceNs = state.NowNs;
        }
    }

    /// <summary>One decision an event; what waits for its turn is looked at again at the next timer.</summary>
    public void EndBarred(ref TradingEvent e, ReferencePair pair)
    {
        if (!pair.EntriesBarred || e.Decision != DecisionKind.None
            || !MustEnd(pair).Any(order => order.Reported!.CanCancel))
        {
            return;
        }

        e.Decision = DecisionKind.CancelEntries;
        foreach (ReferenceOrder order in state.Reported(pair.Index)
            .Where(order => order.Side == OrderSide.Buy && order.Reported!.CanCancel))
        {
            order.Reported!.Apply(OrderEvent.CancelSent);
        }
    }

    private long CandleOf(long timeNs) => timeNs / (state.Options.CandleSeconds * Second);
}
