using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// SPEC 5 and 10: what happens to a pair's stop. One decision an event; a refusal is tried again at the next
/// supervision.
/// </summary>
internal sealed class ReferenceProtection(ReferenceState state)
{
    private const int MaxStops = 4;
    private const long Second = 1_000_000_000;
    private readonly ReferenceExit _exits = new(state);

    public ReferenceReduction Reductions { get; } = new(state);

    /// <summary>An accepted tick: every tick computes the trigger anew.</summary>
    public void OnTick(ref TradingEvent e, ReferencePair pair, decimal price, decimal low, decimal high)
    {
        bool isWatchedDust = pair.State is StopState.None or StopState.Closed && pair.Trigger != 0m;
        bool isGuarded = pair.Held > 0m && pair.Exit == ExitReason.None
            && (pair.State is StopState.Placing or StopState.Resting or StopState.Replacing || isWatchedDust);
        bool mayMove = (pair.State == StopState.Resting || isWatchedDust)
            && !pair.MayNotMove && !pair.RetryDue && !pair.HasPending;
        pair.Highest = Math.Max(pair.Highest, high);
        bool reached = isGuarded && low <= pair.Trigger;
        if (reached)
        {
            SeeReached(pair);
        }

        if (reached || (isGuarded && mayMove && pair.ShouldReplace(pair.Highest)))
        {
            Supervise(ref e, pair);
        }
    }

    public static void OnFill(ReferencePair pair, OrderSide side, decimal quantity, decimal price)
    {
        if (side == OrderSide.Sell)
        {
            pair.Held -= quantity;
            return;
        }

        bool isOpen = pair.Held > 0m && !(pair.State is StopState.None or StopState.Closed && pair.Trigger == 0m);
        pair.Held += quantity;
        pair.Highest = isOpen ? Math.Max(pair.Highest, price) : price;
        if (!isOpen)
        {
            pair.Trigger = 0m;
            pair.AcknowledgedTrigger = 0m;
        }
    }

    /// <summary>Time for what was refused, and for what took too long.</summary>
    public void OnSupervision(ref TradingEvent e, ReferencePair pair)
    {
        if (IsBudgetSpent(pair))
        {
            pair.IsAlarmed = true;
            e.RatchetRequest |= StageRequest.TellNaked;
        }

        bool isNakedTooLong = IsNakedTooLong(pair);
        pair.IsPaced &= !IsPaceOver(pair);
        if (pair.IsBlocked && _exits.IsRetryDue(pair))
        {
            pair.Unblock();
        }

        pair.RetryDue = false;
        foreach (ReferenceOrder order in state.OpenOrders(pair.Index))
        {
            order.Sent.CancelRefused = false;
            if (order.Reported is { } reported)
            {
                reported.CancelRefused = false;
            }
        }

        if (pair.Exit == ExitReason.None)
        {
            pair.Exit = IsFillOverdue(pair)
                ? ExitReason.StopNotFilled
                : isNakedTooLong ? ExitReason.NakedTooLong : ExitReason.None;
        }
    }

    public bool IsDue(ReferencePair pair) =>
        pair.RetryDue || IsFillOverdue(pair) || IsBudgetSpent(pair) || IsNakedTooLong(pair) || _exits.IsRetryDue(pair)
        || IsPaceOver(pair) || Reductions.IsOverdue(pair);

    public void CancelEntries(ref TradingEvent e, ReferencePair pair)
    {
        e.Decision = DecisionKind.CancelEntries;
        _exits.MarkAsked(pair, order => order.Side == OrderSide.Buy);
        Mark(ref e, pair);
    }

    public void Supervise(ref TradingEvent e, ReferencePair pair)
    {
        e.ExitReason =
            pair.Exit == ExitReason.None && pair.State == StopState.Triggered ? ExitReason.TrailingStop : pair.Exit;
        decimal ownHolds = Stops(pair).Where(IsWorking).Sum(stop => stop.Remaining);
        pair.ContestedCoins = Math.Min(pair.ContestedCoins, Math.Max(pair.Held - ownHolds, 0m));
        Reductions.EndIfOvertaken(ref e, pair);
        if (pair.Exit != ExitReason.None)
        {
            _exits.CloseOut(ref e, pair);
        }
        else if (pair.Held == 0m)
        {
            if (Stops(pair).Any() && _exits.Cancellable(pair))
            {
                _exits.CancelAll(ref e, pair);
            }

            ReferenceExit.Finish(pair);
        }
        else if (pair.State == StopState.Triggered)
        {
            FollowTriggered(ref e, pair);
        }
        else
        {
            Protect(ref e, pair);
        }

        pair.WantsReduction = false;
        MeasureNakedTime(in e, pair);
        Mark(ref e, pair);
    }

    private static void Mark(ref TradingEvent e, ReferencePair pair)
    {
        e.Supervision = pair.IsExiting ? SupervisionMark.Exiting
            : e.Supervision == SupervisionMark.ReductionEnded ? SupervisionMark.ReductionEnded
            : SupervisionMark.Protected;
        e.Highest = pair.PriceUnits(pair.Highest);
    }

    private IEnumerable<ReferenceOrder> Stops(ReferencePair pair) =>
        state.Reported(pair.Index).Where(order => order.IsStop);

    private IEnumerable<ReferenceOrder> Buys(ReferencePair pair) =>
        state.Reported(pair.Index).Where(order => order.Side == OrderSide.Buy);

    private static bool IsWorking(ReferenceOrder stop) =>
        stop.Reported!.State is OrderState.Working or OrderState.Triggered or OrderState.CancelPending;

    private void SeeReached(ReferencePair pair)
    {
        if (pair.State == StopState.Resting)
        {
            pair.TriggeredAtNs = pair.TriggeredAtNs == 0 ? state.NowNs : pair.TriggeredAtNs;
        }
        else
        {
            pair.Exit = ExitReason.TriggerCrossed;
        }
    }

    private bool IsFillOverdue(ReferencePair pair) =>
        pair.TriggeredAtNs != 0 && state.NowNs - pair.TriggeredAtNs >= pair.Config.StopFillTimeoutSeconds * Second;

    private bool IsBudgetSpent(ReferencePair pair) =>
        !pair.IsAlarmed && pair.NakedSinceNs != 0
        && state.NowNs - pair.NakedSinceNs >= pair.Config.NakedBudgetSeconds * Second;

    private bool IsNakedTooLong(ReferencePair pair) =>
        pair.NakedSinceNs != 0 && pair.Exit == ExitReason.None && MayGiveUpStops(pair)
        && (state.NowNs - pair.NakedSinceNs >= pair.Config.NakedExitSeconds * Second || IsBlindAndNaked(pair));

    private bool IsBlindAndNaked(ReferencePair pair)
    {
        long budgetNs = pair.Config.NakedBudgetSeconds * Second;
        return pair.BlindSinceNs != 0 && state.NowNs - pair.BlindSinceNs >= budgetNs
            && state.NowNs - pair.NakedSinceNs >= budgetNs;
    }

    // A stop for a part is given up only for an exit that nothing stands in the way of.
    private bool MayGiveUpStops(ReferencePair pair)
    {
        List<ReferenceOrder> orders = [.. state.Reported(pair.Index)];
        bool isClear = !pair.HasPending && !pair.IsBlocked && !pair.TakesNoOrders && orders.All(order =>
            order.Reported!.State != OrderState.Unknown && (order.Side == OrderSide.Buy || order.IsStop));
        return isClear || !Stops(pair).Any(IsWorking);
    }

    private void FollowTriggered(ref TradingEvent e, ReferencePair pair)
    {
        if (!Stops(pair).Any())
        {
            pair.Exit = ExitReason.TrailingStop;
            _exits.CloseOut(ref e, pair);
        }
        else if (Buys(pair).Any(order => order.Reported!.CanCancel))
        {
            e.Decision = DecisionKind.CancelEntries;
            _exits.MarkAsked(pair, order => order.Side == OrderSide.Buy);
        }
    }

    private void Protect(ref TradingEvent e, ReferencePair pair)
    {
        List<ReferenceOrder> stops = [.. Stops(pair)];
        if (stops.Count == 0 && !pair.HasPending && pair.State is StopState.Resting or StopState.Replacing)
        {
            pair.State = StopState.Placing;
            pair.AcknowledgedTrigger = 0m;
        }

        decimal trigger = pair.ShouldReplace(pair.Highest) ? pair.TriggerOf(pair.Highest) : pair.Trigger;
        bool isSelling = state.Reported(pair.Index).Any(order => order.Side == OrderSide.Sell && !order.IsStop);
        if (stops.Count == 0 && !isSelling && !pair.HasPending && pair.IsDust(pair.Held, pair.Mark))
        {
            WatchOrForget(in e, pair, trigger);
            return;
        }

        if (stops.Count == 0 && !pair.HasPending && pair.Mark <= trigger)
        {
            pair.Exit = ExitReason.TriggerCrossed;
            e.ExitReason = pair.Exit;
            _exits.CloseOut(ref e, pair);
            return;
        }

        if (pair.PendingReplace || pair.RetryDue || pair.IsBlocked
            || state.Reported(pair.Index).Any(order => order.Reported!.State == OrderState.Unknown))
        {
            return;
        }

        TradingEvent decided = e;
        bool isReduction = Reductions.Decide(
            ref decided, pair, trigger, rest => Replace(ref decided, pair, trigger, rest, DecisionKind.ShrinkStop));
        e = decided;
        if (isReduction)
        {
            return;
        }

        decimal toCover = Reductions.ToCover(pair);
        decimal uncovered = pair.OnGrid(
            Math.Max(0m, toCover - stops.Sum(stop => stop.Remaining) - pair.PendingStops.Sum()));
        decimal at = pair.Trigger == 0m ? trigger : pair.Trigger;
        decimal lasting = stops.Where(stop => stop.Reported!.CanCancel).Sum(stop => stop.Remaining);
        if (!pair.IsStopTaken && uncovered > 0m && !pair.IsDust(uncovered, pair.LimitOf(at)))
        {
            Cover(ref e, pair, stops.Count, uncovered, toCover, trigger);
        }
        else if (pair.State is StopState.None or StopState.Closed)
        {
            pair.Trigger = trigger;
        }
        else if (IsTimeToShrink(pair) && lasting > toCover)
        {
            if (pair.IsDust(toCover, pair.Mark))
            {
                _exits.CancelAll(ref e, pair);
            }
            else
            {
                Replace(ref e, pair, pair.MayNotMove ? pair.Trigger : trigger, toCover);
            }
        }
        else if (trigger > pair.Trigger && pair.PendingStops.Count == 0 && !pair.MayNotMove && stops.Count > 0)
        {
            Replace(ref e, pair, trigger, toCover);
        }
    }

    // Once after coins have left or a move was refused: later, stops that are being replaced would count too.
    private static bool IsTimeToShrink(ReferencePair pair)
    {
        bool isTime = pair.MustShrink && pair.State == StopState.Resting && pair.PendingStops.Count == 0;
        pair.MustShrink &= !isTime;
        return isTime;
    }

    // Dust has no stop. While an entry fills little by little the engine watches the trigger itself; else the position
    // counts as closed. Dust that an earlier position left behind is not watched: the next buy absorbs it.
    private void WatchOrForget(in TradingEvent e, ReferencePair pair, decimal trigger)
    {
        if (!Buys(pair).Any())
        {
            ReferenceExit.Finish(pair);
        }
        else if (pair.Trigger != 0m || (e.Kind == EventKind.OrderReport && e.FillApplied && e.Side == OrderSide.Buy))
        {
            pair.Trigger = trigger;
        }
    }

    private void Cover(
        ref TradingEvent e, ReferencePair pair, int restingStops, decimal uncovered, decimal toCover,
        decimal trigger)
    {
        if (restingStops + pair.PendingStops.Count >= MaxStops)
        {
            if (pair.PendingStops.Count == 0)
            {
                Replace(ref e, pair, pair.MayNotMove ? pair.Trigger : trigger, toCover);
            }

            return;
        }

        bool isFirst = restingStops + pair.PendingStops.Count == 0 || pair.Trigger == 0m;       // others are older
        pair.Trigger = isFirst ? trigger : pair.Trigger;
        pair.PendingStops.Add(uncovered);
        pair.State = pair.State is StopState.None or StopState.Closed ? StopState.Placing : pair.State;
        WriteStop(ref e, pair, DecisionKind.PlaceStop, uncovered);
    }

    private bool IsPaceOver(ReferencePair pair) => pair.IsPaced && state.NowNs - pair.MovedAtNs >= pair.PaceNs;

    private void Replace(
        ref TradingEvent e, ReferencePair pair, decimal trigger, decimal toCover,
        DecisionKind kind = DecisionKind.ReplaceStop)
    {
        pair.MovedAtNs = state.NowNs;
        pair.IsPaced = pair.PaceNs > 0;
        pair.Trigger = trigger;
        pair.PendingReplace = true;
        pair.State = StopState.Replacing;
        WriteStop(ref e, pair, kind, pair.OnGrid(toCover));
    }

    private static void WriteStop(ref TradingEvent e, ReferencePair pair, DecisionKind kind, decimal quantity)
    {
        e.Decision = kind;
        e.DecisionTrigger = pair.PriceUnits(pair.Trigger);
        e.DecisionLimit = pair.PriceUnits(pair.LimitOf(pair.Trigger));
        e.DecisionQuantity = pair.QuantityUnits(quantity);
    }

    // Naked: something sellable is held and no stop is known to work, for all of it or for a part that is large enough
    // for one. Of what is being sold: that nobody knows what became of a sell.
    private void MeasureNakedTime(in TradingEvent e, ReferencePair pair)
    {
        List<ReferenceOrder> working = [.. Stops(pair).Where(IsWorking)];
        bool isGuarded = pair.State is StopState.Placing or StopState.Resting or StopState.Replacing;
        bool isSelling = pair.State is StopState.Triggered or StopState.Exiting;
        decimal bare = pair.OnGrid(Math.Max(0m, Reductions.ToProtect(pair) - working.Sum(stop => stop.Remaining)));
        bool isPartBare = bare > 0m && !pair.IsDust(bare, pair.LimitOf(pair.Trigger));
        bool isLost = state.Reported(pair.Index).Any(order => order.Side == OrderSide.Sell
            && (order.Reported!.State == OrderState.Unknown || (pair.SellsAtOnce && !order.IsStop)));
        bool isNaked = pair.Held > 0m && !pair.IsDust(pair.Held, pair.Mark)
            && ((isGuarded && (working.Count == 0 || isPartBare)) || (isSelling && working.Count == 0 && isLost));
        bool hasStopComeToRest = working.Count > 0 && e.Kind == EventKind.OrderReport
            && e.OrderType == OrderType.StopLimit && e.Report is ReportKind.Ack or ReportKind.Replaced;
        pair.NakedSinceNs = !isNaked ? 0
            : pair.NakedSinceNs == 0 || hasStopComeToRest ? state.NowNs
            : pair.NakedSinceNs;
    }
}
