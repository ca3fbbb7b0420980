using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Dispatch's handling of a report about a known order: bring the order and its position up to date and journal both.
/// </summary>
internal sealed class ReportClerk(
    PairSetup[] setups, OrderTable orders, PositionRecord[] positions, JournalScribe journal)
{
    /// <summary>Applies a report.</summary>
    /// <returns>Quantity of the fill it adds, ring units; 0 when it adds none.</returns>
    public long Apply(ref TradingEvent e, int index, ref DispatchCounts counts, ref long nextPositionId)
    {
        if (e.Report == ReportKind.Replaced && orders.Find(e.RelatedSequence) is >= 0 and int replaced)
        {
            orders.Apply(replaced, OrderEvent.Replaced);
            journal.Order(in e, in orders[replaced]);
        }

        ref OrderEntry order = ref orders[index];
        bool isRepetition = order.IsRepetition(e.Report);
        long filled = orders.ApplyReport(index, in e);
        if (filled > 0)
        {
            counts.Fills++;
            BookFill(in e, ref order, filled, ref counts, ref nextPositionId);
            if (e.Count == TradingEvent.FoundByAsking)
            {
                journal.Found(in e, in order, ReconcileFinding.FillFound, filled);
            }
        }

        RejectReason reason = e.Report == ReportKind.Cancelled && order.IsOverdue && e.Reason == RejectReason.None
            ? RejectReason.WaitedTooLong
            : e.Reason;
        journal.Order(in e, in order, reason);
        if (isRepetition)
        {
            return filled;
        }

        if (e.Report == ReportKind.HandedBack && orders.Find(e.RelatedSequence) is >= 0 and int stays)
        {
            journal.Order(in e, in orders[stays]);
        }

        if (order.IsStop)
        {
            FollowStop(in e, in order, ref counts);
        }

        switch (e.Report)
        {
            case ReportKind.Cancelled or ReportKind.Expired:
                journal.History(
                    in e, HistoryAction.OrderCancelled, order.Limit, order.Remaining, order.Sequence, order.PositionId,
                    reason: reason);
                if (e.Count == TradingEvent.FoundByAsking)
                {
                    journal.Found(in e, in order, ReconcileFinding.EndFound, order.Remaining);
                }

                break;
            case ReportKind.TakenOver:
                ReconcileFinding finding =
                    order.Side == OrderSide.Sell ? ReconcileFinding.OrderAdopted : ReconcileFinding.OrphanCancelled;
                journal.Found(in e, in order, finding, order.Quantity);
                break;
            case ReportKind.Rejected or ReportKind.ProvenAbsent:
                counts.VenueRejections++;
                journal.History(
                    in e, HistoryAction.OrderRejected, order.Limit, order.Quantity, order.Sequence, order.PositionId);
                break;
            default:
                break;
        }

        return filled;
    }

    private void BookFill(
        in TradingEvent e, ref OrderEntry order, long filled, ref DispatchCounts counts, ref long nextPositionId)
    {
        ref PositionRecord position = ref positions[order.Product];
        decimal quantity = setups[order.Product].Product.QuantityOf(filled);
        position.Highest = e.Highest;
        if (order.Side == OrderSide.Buy)
        {
            if (position.Held == 0)
            {
                Open(ref position, ++nextPositionId, e.NowNs);
            }

            order.PositionId = position.Id;
            position.Held += filled;
            position.BoughtQuantity += filled;
            position.Ledger.ApplyBuy(quantity, e.FillValue, e.Fee, e.NowNs);
            journal.History(in e, HistoryAction.EntryFilled, e.Price, filled, order.Sequence, position.Id);
        }
        else
        {
            Invariant.Check(filled <= position.Held, InvariantRule.SoldMoreThanHeld);
            position.Held -= filled;
            position.SoldQuantity += filled;
            position.ExitPrice = e.Price;
            position.Reason = order.IsStop ? ExitReason.TrailingStop
                : order.Purpose == OrderPurpose.Reduce && e.ExitReason == ExitReason.None ? position.Reason
                : e.ExitReason;
            position.Ledger.ApplySell(quantity, e.FillValue, e.Fee, e.NowNs);
            journal.History(in e, HistoryAction.ExitFilled, e.Price, filled, order.Sequence, position.Id);
            if (position.Held == 0)
            {
                Close(in e, ref position, ref counts);
            }
        }

        journal.Position(in e, order.Product, in position);
    }

    private static void Open(ref PositionRecord position, long id, long nowNs)
    {
        PositionLedger ledger = position.Ledger;
        position = new PositionRecord { Ledger = ledger, Id = id, OpenedAtNs = nowNs };
    }

    private void Close(in TradingEvent e, ref PositionRecord position, ref DispatchCounts counts)
    {
        counts.Exits++;
        position.State = StopState.Closed;
        if (position.Reason is ExitReason.Liquidation or ExitReason.LossBreaker)
        {
            journal.History(in e, HistoryAction.Liquidated, e.Price, position.SoldQuantity, positionId: position.Id);
        }
    }

    private void FollowStop(in TradingEvent e, in OrderEntry order, ref DispatchCounts counts)
    {
        ref PositionRecord position = ref positions[order.Product];
        switch (e.Report)
        {
            case ReportKind.Ack:
                counts.StopsPlaced++;
                FollowTrigger(in e, in order, ref position, HistoryAction.StopPlaced);
                break;
            case ReportKind.Replaced:
                counts.StopsReplaced++;
                position.Ratchets += order.Trigger > position.Trigger ? 1 : 0;
                FollowTrigger(in e, in order, ref position, HistoryAction.StopReplaced);
                break;
            case ReportKind.Triggered:
                position.State = StopState.Triggered;
                journal.History(
                    in e, HistoryAction.StopTriggered, order.Trigger, order.Remaining, order.Sequence, position.Id);
                break;
            case ReportKind.HandedBack:
                position.State = position.State == StopState.Replacing ? StopState.Resting : position.State;
                break;
            default:
                break;
        }
    }

    private void FollowTrigger(
        in TradingEvent e, in OrderEntry order, ref PositionRecord position, HistoryAction action)
    {
        position.Trigger = order.Trigger;
        position.State =
            position.State is StopState.Triggered or StopState.Exiting ? position.State : StopState.Resting;
        position.Highest = e.Highest;
        journal.History(in e, action, order.Trigger, order.Quantity, order.Sequence, position.Id);
        journal.Position(in e, order.Product, in position);
    }
}
