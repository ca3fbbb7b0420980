using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>An entry's limit order waits so many candles for its fill and no longer.</summary>
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

    private long CandleOf(long timeNs) => timeNs / (state.Options.CandleSeconds * Second);
}
