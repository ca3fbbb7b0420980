using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// What the venue's reports and the gate's refusals mean for a pair's protection, before the next decision.
/// </summary>
internal static class ReferenceStopReports
{
    /// <summary>What a report says of a stop or an exit, beyond its fill.</summary>
    public static void OnReport(ref TradingEvent e, ReferencePair pair, ReferenceOrder order, bool isFirst, bool isNews,
        long newestStop, int otherStops)
    {
        if (isFirst)
        {
            Seen(pair, order);
        }

        if (!isNews)
        {
            return;
        }

        if (order.IsStop)
        {
            OnStopReport(ref e, pair, order, newestStop, otherStops);
        }
        else if (order.Purpose == OrderPurpose.Exit && OrderTransitions.IsFinal(order.Reported!.State)
            && e.Report != ReportKind.Fill)
        {
            OnExitEnded(in e, pair, order);
        }
    }

    /// <summary>The gate refused a decision of an earlier event.</summary>
    public static void OnRefused(ReferencePair pair, DecisionKind refused, decimal quantity)
    {
        switch (refused)
        {
            case DecisionKind.PlaceStop:
                pair.PendingStops.Remove(quantity);
                break;
            case DecisionKind.ReplaceStop or DecisionKind.ShrinkStop:
                pair.PendingReplace = false;
                ReturnTrigger(pair);
                break;
            case DecisionKind.SellAtMarket or DecisionKind.SellLimitIoc or DecisionKind.SellLimit:
                pair.PendingExit = false;
                break;
            case DecisionKind.SellPart:
                pair.PendingSale = false;
                return;
            default:
                return;
        }

        pair.RetryDue = true;
    }

    private static void Seen(ReferencePair pair, ReferenceOrder order)
    {
        if (order.Purpose == OrderPurpose.Exit)
        {
            pair.PendingExit = false;
        }
        else if (order.Purpose == OrderPurpose.Reduce)
        {
            pair.PendingSale = false;
        }
        else if (order.IsStop && pair.PendingReplace)
        {
            pair.PendingReplace = false;
        }
        else if (order.IsStop)
        {
            pair.PendingStops.Remove(order.Quantity);
        }
    }

    private static void OnStopReport(
        ref TradingEvent e, ReferencePair pair, ReferenceOrder order, long newestStop, int otherStops)
    {
        bool isRefusal = e.Report == ReportKind.Rejected;
        bool isInvalid = isRefusal && e.Reason == RejectReason.InvalidOrder;
        bool isHopeless = isRefusal && (e.Reason == RejectReason.KindRefused || (isInvalid && pair.WasStopInvalid));
        bool isBare = otherStops == 0 && pair.PendingStops.Count == 0 && pair.Held > 0m && pair.Exit == ExitReason.None;
        if (isRefusal || e.Report is ReportKind.Ack or ReportKind.Replaced)
        {
            pair.WasStopInvalid = isInvalid;
        }

        switch (e.Report)
        {
            case ReportKind.Ack or ReportKind.Replaced when order.Reported!.IsLive && order.Trigger == pair.Trigger:
                pair.AcknowledgedTrigger = order.Trigger;
                pair.State = pair.State is StopState.Placing or StopState.Replacing ? StopState.Resting : pair.State;
                break;
            case ReportKind.Triggered when order.Reported!.IsLive:
                pair.TriggeredAtNs = pair.TriggeredAtNs == 0 ? e.NowNs : pair.TriggeredAtNs;
                pair.State = pair.State is StopState.Placing or StopState.Resting or StopState.Replacing
                    ? StopState.Triggered
                    : pair.State;
                break;
            case ReportKind.Rejected when e.Reason == RejectReason.StopThroughMarket:
                pair.Exit = pair.Exit == ExitReason.None ? ExitReason.TriggerCrossed : pair.Exit;
                break;
            case ReportKind.Rejected when e.Reason == RejectReason.ProductState && pair.Exit == ExitReason.None
                && pair.State is StopState.Placing or StopState.Resting:
                Block(pair, e.NowNs);
                break;
            case ReportKind.Rejected when isHopeless && isBare:
                pair.Exit = ExitReason.NakedTooLong;
                break;
            case ReportKind.Cancelled when e.Reason == RejectReason.CancelledByOther:
                OnHandCancel(ref e, pair, order.Sequence, newestStop);
                break;
            case ReportKind.Rejected:
                ReturnTrigger(pair);
                pair.RetryDue = true;
                break;
            case ReportKind.CancelRejected:
                pair.RetryDue = true;
                break;
            case ReportKind.HandedBack:
                ReturnTrigger(pair);
                pair.IsPaced = false;
                e.Supervision = pair.IsShrinking ? SupervisionMark.ReductionEnded : e.Supervision;
                pair.IsShrinking = false;
                break;
            default:
                break;
        }
    }

    // A person's first intervention is undone, a second one is not.
    private static void OnHandCancel(ref TradingEvent e, ReferencePair pair, long sequence, long newestStop)
    {
        if (pair.Held == 0m || pair.IsExiting || pair.IsStopTaken)
        {
            return;
        }

        if (pair.HandMark == 0)
        {
            pair.HandMark = Math.Max(sequence, newestStop);
        }
        else if (sequence > pair.HandMark)
        {
            pair.IsStopTaken = true;
            pair.IsAlarmed = true;
            e.RatchetRequest |= StageRequest.TellNaked;
        }
    }

    // Market, then a limit now or never, then a resting limit; what refuses even that is left alone for five seconds.
    private static void OnExitEnded(in TradingEvent e, ReferencePair pair, ReferenceOrder order)
    {
        bool isForbidden =
            e.Reason is RejectReason.ProductState or RejectReason.KindRefused or RejectReason.InvalidOrder;
        if (e.Report != ReportKind.Rejected || !isForbidden)
        {
            pair.RetryDue = true;
            return;
        }

        pair.ExitRung = order.Type == OrderType.Market ? 1 : order.Type == OrderType.LimitIoc ? 2 : 0;
        if (pair.ExitRung == 0)
        {
            Block(pair, e.NowNs);
        }
    }

    private static void Block(ReferencePair pair, long nowNs)
    {
        pair.IsBlocked = true;
        pair.VenueRetryNs = nowNs + 5_000_000_000;
    }

    private static void ReturnTrigger(ReferencePair pair)
    {
        if (pair.State == StopState.Replacing)
        {
            pair.MustShrink = true;
            pair.Trigger = pair.AcknowledgedTrigger;
            pair.State = StopState.Resting;
        }
    }
}
