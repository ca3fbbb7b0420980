using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// What the ratchet learns about a pair's protection: reports of its orders, the price, a decision that was refused.
/// </summary>
/// <remarks>It only takes facts in; what follows from them is decided by <see cref="StopSupervisor"/>.</remarks>
internal sealed class StopIntake(PairSetup[] setups, OrderTable orders)
{
    private readonly OrderTable _orders = orders;

    /// <summary>Reports that do not fit the state of the pair's protection.</summary>
    public long Contradictions { get; set; }

    /// <summary>Takes in a report: held quantity, highest price, what rests and what is pending.</summary>
    public void Apply(ref TradingEvent e, ref ProtectedPair pair)
    {
        int index = _orders.Find(e.OrderSequence);
        if (index < 0)
        {
            index = AddFirstSeen(in e, ref pair);
        }

        if (e.Report == ReportKind.Replaced && _orders.Find(e.RelatedSequence) is >= 0 and int replaced)
        {
            _orders.Apply(replaced, OrderEvent.Replaced);
        }

        ref OrderEntry order = ref _orders[index];
        bool isRepetition = order.IsRepetition(e.Report);
        long filled = _orders.ApplyReport(index, in e);
        e.FillApplied = filled > 0;
        if (filled > 0)
        {
            ApplyFill(in e, ref pair, order.Side, filled);

            // What a sell has sold after its end was told may be covered by a stop again.
            pair.MustShrink |= order.Purpose == OrderPurpose.Reduce;
        }

        if (isRepetition)
        {
            return;     // what it meant for an earlier position it does not mean for this one
        }

        if (order.IsStop)
        {
            ApplyStopReport(ref e, ref pair, in order);
        }
        else if (order.Purpose == OrderPurpose.Exit && OrderTransitions.IsFinal(order.State)
            && e.Report != ReportKind.Fill)
        {
            TakeEndedExit(in e, ref pair, order.Type);
        }
    }

    /// <summary>The price traded at or below the newest trigger.</summary>
    public static void SeeLow(ref ProtectedPair pair, long low, long nowNs)
    {
        if (pair.Trigger == 0 || low > pair.Trigger || pair.Exit != ExitReason.None)
        {
            return;
        }

        if (pair.State is StopState.Resting or StopState.Triggered)
        {
            // The venue's stop is reached; its word may be late, so its time to fill begins here.
            pair.TriggeredAtNs = pair.TriggeredAtNs == 0 ? nowNs : pair.TriggeredAtNs;
        }
        else
        {
            pair.Exit = ExitReason.TriggerCrossed;
        }
    }

    /// <summary>A decision that the gate refused did not happen.</summary>
    public void TakeBack(ref ProtectedPair pair, DecisionKind refused, long quantity)
    {
        switch (refused)
        {
            case DecisionKind.PlaceStop when pair.PendingStops > 0:
                pair.PendingStops--;
                pair.PendingStopQuantity -= quantity;
                break;
            case DecisionKind.ReplaceStop or DecisionKind.ShrinkStop:
                pair.PendingReplace = false;
                RefuseMove(ref pair);
                break;
            case DecisionKind.SellAtMarket or DecisionKind.SellLimitIoc or DecisionKind.SellLimit:
                pair.PendingExit = false;
                break;
            case DecisionKind.SellPart:
                pair.PendingSale = false;       // nothing is sold: its part is covered again at once
                return;
            default:
                return;
        }

        pair.RetryDue = true;
    }

    private int AddFirstSeen(in TradingEvent e, ref ProtectedPair pair)
    {
        if (e.Report == ReportKind.TakenOver)
        {
            pair.MustShrink = true;     // stops and it may be for the same coins
            return _orders.AddTakenOver(in e, setups[e.Product].Product.QuantityIncrementUnits, pair.Held);
        }

        int index = _orders.AddReported(in e);
        OrderPurpose purpose = _orders[index].Purpose;
        if (purpose == OrderPurpose.Exit && pair.PendingSale)
        {
            _orders[index].Purpose = OrderPurpose.Reduce;
            pair.PendingSale = false;
        }
        else if (purpose == OrderPurpose.Exit)
        {
            pair.PendingExit = false;
        }
        else if (purpose == OrderPurpose.Stop && pair.PendingReplace)
        {
            pair.PendingReplace = false;
        }
        else if (purpose == OrderPurpose.Stop && pair.PendingStops > 0)
        {
            pair.PendingStops--;
            pair.PendingStopQuantity -= e.Quantity;
        }

        return index;
    }

    private static void ApplyFill(in TradingEvent e, ref ProtectedPair pair, OrderSide side, long filled)
    {
        if (side == OrderSide.Sell)
        {
            pair.Held -= filled;
            Invariant.Check(pair.Held >= 0, InvariantRule.SoldMoreThanHeld);
            return;
        }

        // Dust that was left behind is not a position: its old highest price must not stop out the buy that absorbs it.
        bool opens = pair.Held == 0 || (pair.Trigger == 0 && pair.State is StopState.None or StopState.Closed);
        pair.Held += filled;
        pair.Last = pair.Last == 0 ? e.Price : pair.Last;
        pair.Highest = opens ? e.Price : Math.Max(pair.Highest, e.Price);
        if (opens)
        {
            pair.Trigger = 0;
            pair.AcknowledgedTrigger = 0;
        }
    }

    private void ApplyStopReport(ref TradingEvent e, ref ProtectedPair pair, in OrderEntry order)
    {
        bool isRefusedForGood = TakeRefusal(in e, ref pair);
        switch (e.Report)
        {
            case ReportKind.Ack or ReportKind.Replaced when order.IsLive && order.Trigger == pair.Trigger:
                pair.AcknowledgedTrigger = order.Trigger;
                Follow(ref pair, StopEvent.StopAcknowledged);
                break;
            case ReportKind.TakenOver when order.IsLive:
                TakeOver(ref pair, order.Trigger);
                break;
            case ReportKind.Triggered when order.IsLive:
                pair.TriggeredAtNs = pair.TriggeredAtNs == 0 ? e.NowNs : pair.TriggeredAtNs;
                Follow(ref pair, StopEvent.TriggerReached);
                break;
            case ReportKind.Rejected when e.Reason == RejectReason.StopThroughMarket:
                pair.Exit = pair.Exit == ExitReason.None ? ExitReason.TriggerCrossed : pair.Exit;
                break;
            case ReportKind.Rejected when e.Reason == RejectReason.ProductState && IsCovering(in pair):
                ExitPlan.Block(ref pair, e.NowNs);
                break;
            case ReportKind.Rejected when isRefusedForGood && IsBare(e.Product, in pair):
                pair.Exit = ExitReason.NakedTooLong;
                break;
            case ReportKind.Cancelled when e.Reason == RejectReason.CancelledByOther:
                TakeHandsOff(ref e, ref pair, order.Sequence);
                break;
            case ReportKind.Rejected:
                RefuseMove(ref pair);
                pair.RetryDue = true;
                break;
            case ReportKind.CancelRejected:
                pair.RetryDue = true;
                break;
            case ReportKind.HandedBack:
                TakeMoveBack(ref e, ref pair);
                break;
            default:
                break;
        }
    }

    // The stop rests where it did, and is decided on anew in this very event: neither its pace nor a supervision holds
    // that back, because nothing was sent.
    private void TakeMoveBack(ref TradingEvent e, ref ProtectedPair pair)
    {
        RefuseMove(ref pair);
        pair.IsPaced = false;
        if (pair.Reduction == ReductionStep.Shrinking)
        {
            pair.Reduction = ReductionStep.None;
            e.Supervision = SupervisionMark.ReductionEnded;
        }
    }

    // Remembers whether a stop was called invalid. True for one of a kind that the venue does not take, and for the
    // second in a row that it calls invalid: refused for good.
    private static bool TakeRefusal(in TradingEvent e, ref ProtectedPair pair)
    {
        bool isInvalid = e.Report == ReportKind.Rejected && e.Reason == RejectReason.InvalidOrder;
        bool isForGood = e.Reason == RejectReason.KindRefused || (isInvalid && pair.WasStopInvalid);
        bool isAnswer = e.Report is ReportKind.Ack or ReportKind.Replaced or ReportKind.Rejected;
        pair.WasStopInvalid = isAnswer ? isInvalid : pair.WasStopInvalid;
        return isForGood;
    }

    // Held, not being sold, and without any other stop; what one covers a part of ends with the part's time.
    private bool IsBare(int product, in ProtectedPair pair) =>
        pair.Held > 0 && pair.Exit == ExitReason.None && pair.PendingStops == 0
        && PairSurvey.Of(_orders, product).Stops == 0;

    // It protects, and may be one too many. The higher of two triggers stays in force.
    private void TakeOver(ref ProtectedPair pair, long trigger)
    {
        pair.MustShrink = true;
        if (pair.Held == 0 || pair.State is not (StopState.Placing or StopState.Resting))
        {
            return;
        }

        if (trigger >= pair.Trigger)
        {
            pair.Trigger = trigger;
            pair.AcknowledgedTrigger = trigger;
        }

        Follow(ref pair, StopEvent.StopAcknowledged);
    }

    // One that ended early is sent again at the next supervision; one that the venue does not take like this,
    // otherwise.
    private static void TakeEndedExit(in TradingEvent e, ref ProtectedPair pair, OrderType type)
    {
        bool isForbidden = e.Report == ReportKind.Rejected
            && e.Reason is RejectReason.ProductState or RejectReason.KindRefused or RejectReason.InvalidOrder;
        if (isForbidden)
        {
            ExitPlan.StepDown(ref pair, type, e.NowNs);
        }
        else
        {
            pair.RetryDue = true;
        }
    }

    // A person's first intervention is undone; after a second one the engine insists no more: it says so and watches
    // the trigger itself, as for any position without a stop.
    private void TakeHandsOff(ref TradingEvent e, ref ProtectedPair pair, long sequence)
    {
        if (pair.Held == 0 || pair.Exit != ExitReason.None || pair.State == StopState.Triggered || pair.IsStopTaken)
        {
            return;
        }

        if (pair.HandMark == 0)
        {
            pair.HandMark = NewestStop(e.Product, sequence);
        }
        else if (sequence > pair.HandMark)
        {
            pair.IsStopTaken = true;
            pair.IsAlarmed = true;
            e.RatchetRequest |= StageRequest.TellNaked;
        }
    }

    private static bool IsCovering(in ProtectedPair pair) =>
        pair.Exit == ExitReason.None && pair.State is StopState.Placing or StopState.Resting;

    private long NewestStop(int product, long newest)
    {
        for (int i = _orders.FirstOf(product); i >= 0; i = _orders.NextOf(i))
        {
            newest = _orders[i].IsStop ? Math.Max(newest, _orders[i].Sequence) : newest;
        }

        return newest;
    }

    private void RefuseMove(ref ProtectedPair pair)
    {
        if (pair.State == StopState.Replacing)
        {
            pair.MustShrink = true;     // it may have been that which was refused
            pair.Trigger = pair.AcknowledgedTrigger;
            Follow(ref pair, StopEvent.MoveRefused);
        }
    }

    private void Follow(ref ProtectedPair pair, StopEvent reported) =>
        Contradictions += StopSteps.TryFollow(ref pair, reported) ? 0 : 1;
}
