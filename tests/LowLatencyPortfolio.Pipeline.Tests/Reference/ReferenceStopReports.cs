using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// What the venue's reports and the gate's refusals mean for a pair's protection, before the next decision.
/// </summary>
internal static class ReferenceStopReports
{
    /// <summary>What a report says of a stop or an exit, beyond its fill.</summary>
    public static void OnReport(in TradingEvent e, ReferencePair pair, ReferenceOrder order, bool isFirst, bool isNews)
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
            OnStopReport(in e, pair, order);
        }
        else if (order.Side == OrderSide.Sell && OrderTransitions.IsFinal(order.Reported!.State)
            && e.Report != ReportKind.Fill)
        {
            pair.RetryDue = true;
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
            case DecisionKind.ReplaceStop:
                pair.PendingReplace = false;
                ReturnTrigger(pair);
                break;
            case DecisionKind.SellAtMarket:
                pair.PendingExit = false;
                break;
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
        else if (order.IsStop && pair.PendingReplace)
        {
            pair.PendingReplace = false;
        }
        else if (order.IsStop)
        {
            pair.PendingStops.Remove(order.Quantity);
        }
    }

    private static void OnStopReport(in TradingEvent e, ReferencePair pair, ReferenceOrder order)
    {
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
            case ReportKind.Rejected:
                ReturnTrigger(pair);
                pair.RetryDue = true;
                break;
            case ReportKind.CancelRejected:
                pair.RetryDue = true;
                break;
            default:
                break;
        }
    }

    private static void ReturnTrigger(ReferencePair pair)
    {
        if (pair.State == StopState.Replacing)
        {
            pair.Trigger = pair.AcknowledgedTrigger;
            pair.State = StopState.Resting;
        }
    }
}
