using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Dispatch's rows about rebalances: which began, which were refused, and how a reduction went on.</summary>
/// <remarks>What they trade is in the rows of their orders and fills, as for any order.</remarks>
internal sealed class RebalanceClerk(PositionRecord[] positions, JournalScribe journal)
{
    /// <summary>What became of a reduction that was asked for by this event.</summary>
    /// <returns><see cref="RiskVerdict.Approved"/> when its stop is being made smaller.</returns>
    public static RiskVerdict AnswerTo(in TradingEvent e) =>
        e.Decision == DecisionKind.ShrinkStop ? e.Verdict : RiskVerdict.ReductionNotPossible;

    /// <summary>A rebalance was asked for.</summary>
    public void Begin(in TradingEvent e)
    {
        bool isBuy = e.Side == OrderSide.Buy;
        RiskVerdict answer = isBuy ? e.Verdict : AnswerTo(in e);
        bool isTaken = answer is RiskVerdict.Approved or RiskVerdict.Queued;
        long quantity = isBuy ? e.DecisionQuantity : e.Quantity;
        long price = isBuy ? e.DecisionLimit : 0;
        HistoryAction action = isTaken ? HistoryAction.RebalanceStarted : HistoryAction.RebalanceRefused;
        journal.History(
            in e, action, price, quantity, isTaken ? e.Approved.Sequence : 0, positions[e.Product].Id, answer,
            rebalance: isTaken ? KindOf(in e) : default);
        if (isTaken && !isBuy)
        {
            positions[e.Product].Reducing = quantity;
        }
    }

    // A control that was recorded by a version that did not say it is told by its side.
    private static RebalanceKind KindOf(in TradingEvent e) =>
        e.Side == OrderSide.Buy ? RebalanceKind.Increase
        : e.Count == (ushort)RebalanceKind.ReduceToLimit ? RebalanceKind.ReduceToLimit
        : RebalanceKind.Decrease;

    /// <summary>Looks whether the event let a reduction go on, or ended it.</summary>
    public void Follow(in TradingEvent e)
    {
        ref PositionRecord position = ref positions[e.Product];
        if (position.Reducing == 0)
        {
            return;
        }

        if (e.Decision == DecisionKind.SellPart)
        {
            bool isSent = e.Verdict == RiskVerdict.Approved;
            journal.History(
                in e, isSent ? HistoryAction.RebalanceSelling : HistoryAction.RebalanceEnded, 0, e.DecisionQuantity,
                isSent ? e.Approved.Sequence : 0, position.Id, e.Verdict);
            position.Reducing = 0;
        }
        else if (e.Supervision is SupervisionMark.ReductionEnded or SupervisionMark.Exiting)
        {
            journal.History(in e, HistoryAction.RebalanceEnded, 0, position.Reducing, positionId: position.Id);
            position.Reducing = 0;
        }
    }
}
