using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// The decimal path of the ratchet: what has to happen next for one pair's position, given its orders. At most one
/// decision per event; the report of its outcome is the next event and asks again.
/// </summary>
/// <remarks>
/// Source: SPEC 5 and 10, DESIGN law 7. It never sells what may already be selling, and it never lets go of a trigger.
/// </remarks>
internal sealed class StopSupervisor
{
    /// <summary>Most stops of one position at a time; the next one merges them.</summary>
    public const int MaxStops = 4;

    private readonly PairSetup[] _setups;
    private readonly OrderTable _orders;
    private readonly ProtectionGrid _grid;
    private readonly CoinWatch _coins;
    private readonly ExitPlan _exits;

    /// <summary>How soon a stop may move again.</summary>
    public MovePace Pace { get; }

    /// <summary>How long positions are without a working stop.</summary>
    public NakedClock Clock { get; }

    /// <summary>What is to be sold of positions that stay.</summary>
    public ReductionPlan Reductions { get; }

    public StopSupervisor(PairSetup[] setups, OrderTable orders, ProtectionGrid grid, CoinWatch coins)
    {
        _setups = setups;
        _orders = orders;
        _grid = grid;
        _coins = coins;
        Reductions = new ReductionPlan(setups, orders, grid, coins);
        _exits = new ExitPlan(setups, orders, grid, coins, Reductions);
        Pace = new MovePace(setups.Length);
        Clock = new NakedClock(setups, orders, grid, coins, Reductions);
    }

    /// <summary>When an exit's sell that is known now is overdue, ns UTC.</summary>
    public long SellDeadlineNs(int product, long nowNs) => _exits.RetryNs(product, nowNs);

    /// <summary>Pairs for which the passing of time alone may ask for something.</summary>
    public int PairsNeedingTime { get; set; }

    public bool IsDue(int product, in ProtectedPair pair, long nowNs) =>
        pair.RetryDue || IsFillOverdue(product, in pair, nowNs) || Clock.IsBudgetSpent(product, in pair, nowNs)
        || Clock.IsOver(product, in pair, nowNs) || pair.IsRetryDue(nowNs)
        || Pace.IsOver(product, in pair, nowNs) || Reductions.IsOverdue(product, in pair, nowNs);

    public void CheckDeadlines(ref TradingEvent e, ref ProtectedPair pair)
    {
        int product = e.Product;
        long nowNs = e.NowNs;
        if (Clock.IsBudgetSpent(product, in pair, nowNs))
        {
            pair.IsAlarmed = true;
            e.RatchetRequest |= StageRequest.TellNaked;
        }

        bool isNakedTooLong = Clock.IsOver(product, in pair, nowNs);
        pair.IsPaced &= !Pace.IsOver(product, in pair, nowNs);
        if (pair.IsBlocked && pair.IsRetryDue(nowNs))
        {
            pair.Unblock();
        }

        if (pair.Exit != ExitReason.None)
        {
            return;
        }

        if (IsFillOverdue(product, in pair, nowNs))
        {
            pair.Exit = ExitReason.StopNotFilled;
        }
        else if (isNakedTooLong)
        {
            pair.Exit = ExitReason.NakedTooLong;
        }
    }

    /// <summary>Decides what is next for the event's pair and sets its wake levels.</summary>
    public void Decide(ref TradingEvent e, ref ProtectedPair pair)
    {
        PairSurvey survey = PairSurvey.Of(_orders, e.Product);
        _coins.Prove(e.Product, pair.Held, survey.WorkingStopQuantity);
        ExitReason reason =
            pair.Exit != ExitReason.None || pair.State != StopState.Triggered ? pair.Exit : ExitReason.TrailingStop;
        e.ExitReason = reason;
        if (ReductionPlan.EndIfOvertaken(ref pair, in survey))
        {
            e.Supervision = SupervisionMark.ReductionEnded;
        }

        if (pair.Exit != ExitReason.None)
        {
            _exits.Decide(ref e, ref pair, in survey);
        }
        else if (pair.Held == 0)
        {
            DecideFlat(ref e, ref pair, in survey);
        }
        else
        {
            DecideProtection(ref e, ref pair, in survey);
        }

        pair.Reduction = pair.Reduction == ReductionStep.Wanted ? ReductionStep.None : pair.Reduction;
        Clock.Update(in e, ref pair, in survey, Reductions.Spared(e.Product, in pair, in survey));
        SetWakeLevels(e.Product, ref pair);
        if (pair.NeedsTime != pair.IsTimed)
        {
            pair.IsTimed = pair.NeedsTime;
            PairsNeedingTime += pair.IsTimed ? 1 : -1;
        }
    }

    /// <summary>Begins with a pair that was taken over.</summary>
    public void Begin(int product, ref ProtectedPair pair, bool isDue)
    {
        pair.RetryDue = isDue;
        pair.IsTimed = pair.NeedsTime;
        PairsNeedingTime += pair.IsTimed ? 1 : 0;
        if (pair.State == StopState.Placing && _grid.IsDust(product, pair.Held, pair.Last))
        {
            pair.State = StopState.Closed;
        }

        SetWakeLevels(product, ref pair);
    }

    /// <summary>
    /// Sets between which prices a tick asks for nothing; a function of the pair and its trail alone.
    /// </summary>
    public void SetWakeLevels(int product, ref ProtectedPair pair)
    {
        pair.WakeAbove = long.MaxValue;
        pair.WakeBelow = long.MinValue;
        bool isWatchedDust = pair.State is StopState.None or StopState.Closed && pair.Trigger != 0;
        bool isGuarded = pair.State is StopState.Placing or StopState.Resting or StopState.Replacing || isWatchedDust;
        if (pair.Held == 0 || pair.Exit != ExitReason.None || !isGuarded)
        {
            return;
        }

        pair.WakeBelow = pair.Trigger;
        bool mayMove = (pair.State == StopState.Resting || isWatchedDust)
            && !pair.MayNotMove && !pair.RetryDue && !pair.HasPending;
        if (mayMove)
        {
            pair.WakeAbove = _grid.Trail(product).Moves(pair.Highest, pair.Trigger)
                ? long.MinValue
                : _grid.Trail(product).WakeAbove(pair.Trigger);
        }
    }

    private bool IsFillOverdue(int product, in ProtectedPair pair, long nowNs) =>
        pair.TriggeredAtNs != 0
        && nowNs - pair.TriggeredAtNs >= _setups[product].Config.StopFillTimeoutSeconds * EventTime.Second;

    private void DecideFlat(ref TradingEvent e, ref ProtectedPair pair, in PairSurvey survey)
    {
        if (survey.Stops > 0 && survey.Cancellable > 0)
        {
            _exits.CancelAll(ref e);       // a stop of a position that is gone
        }

        StopSteps.Close(ref pair);
    }

    private void DecideProtection(ref TradingEvent e, ref ProtectedPair pair, in PairSurvey survey)
    {
        if (pair.State == StopState.Triggered)
        {
            DecideTriggered(ref e, ref pair, in survey);
            return;
        }

        if (survey.Stops == 0 && !pair.HasPending && pair.State is StopState.Resting or StopState.Replacing)
        {
            StopSteps.Move(ref pair, StopEvent.StopLost);
            pair.AcknowledgedTrigger = 0;
        }

        long trigger = _grid.Trail(e.Product).TriggerAfter(pair.Highest, pair.Trigger);
        bool isDust = _grid.IsDust(e.Product, pair.Held, pair.Last);
        if (isDust && survey.Stops == 0 && survey.Exits == 0 && !pair.HasPending)
        {
            DecideDust(in e, ref pair, in survey, trigger);
            return;
        }

        if (survey.Stops == 0 && pair.Last <= trigger && !pair.HasPending)
        {
            pair.Exit = ExitReason.TriggerCrossed;
            e.ExitReason = pair.Exit;
            _exits.Decide(ref e, ref pair, in survey);
            return;
        }

        if (pair.PendingReplace || pair.RetryDue || pair.IsBlocked || survey.HasUnknown
            || DecideReduction(ref e, ref pair, in survey, trigger))
        {
            return;
        }

        long toCover = _coins.Sellable(e.Product, pair.Held) - Reductions.Committed(e.Product, in pair, in survey);
        long uncovered = _grid.OnGrid(e.Product, toCover - survey.StopQuantity - pair.PendingStopQuantity);

        if (!pair.IsStopTaken && _grid.IsPlaceable(e.Product, uncovered, pair.Trigger == 0 ? trigger : pair.Trigger))
        {
            CoverMore(ref e, ref pair, in survey, uncovered, toCover, trigger);
        }
        else if (pair.State is StopState.None or StopState.Closed)
        {
            pair.Trigger = trigger;     // a stop of the last position still holds the coins: watch until it has ended
        }
        else if (MustShrinkNow(ref pair, in survey, toCover))
        {
            CoverLess(ref e, ref pair, toCover, trigger);
        }
        else if (trigger > pair.Trigger && pair.PendingStops == 0 && !pair.MayNotMove && survey.Stops > 0)
        {
            Replace(ref e, ref pair, toCover, trigger);
        }
    }

    // The stop is made smaller before anything is sold, and nothing is sold before the smaller one stands alone.
    private bool DecideReduction(ref TradingEvent e, ref ProtectedPair pair, in PairSurvey survey, long trigger)
    {
        switch (pair.Reduction)
        {
            case ReductionStep.Wanted when Reductions.MayShrink(e.Product, in pair, in survey, trigger, out long rest):
                Replace(ref e, ref pair, rest, trigger);
                pair.Reduction = ReductionStep.Shrinking;
                e.Decision = DecisionKind.ShrinkStop;
                return true;
            case ReductionStep.Shrinking when ReductionPlan.IsShrunk(in pair, in survey):
                return Reductions.TrySell(ref e, ref pair, in survey);
            default:
                return false;
        }
    }

    private void CoverMore(
        ref TradingEvent e, ref ProtectedPair pair, in PairSurvey survey, long uncovered, long toCover, long trigger)
    {
        int stops = survey.Stops + pair.PendingStops;
        if (stops >= MaxStops)
        {
            if (pair.PendingStops == 0)
            {
                Replace(ref e, ref pair, toCover, pair.MayNotMove ? pair.Trigger : trigger);
            }

            return;
        }

        if (stops == 0 || pair.Trigger == 0)
        {
            Invariant.Check(trigger >= pair.Trigger, InvariantRule.StopMovedDown);
            pair.Trigger = trigger;
        }

        pair.PendingStops++;
        pair.PendingStopQuantity += uncovered;
        StopSteps.Move(ref pair, StopEvent.StopRequested);
        WriteStop(ref e, DecisionKind.PlaceStop, pair.Trigger, uncovered);
    }

    // Asked once: stops that are being replaced still count until their end is reported.
    private static bool MustShrinkNow(ref ProtectedPair pair, in PairSurvey survey, long toCover)
    {
        if (!pair.MustShrink || pair.State != StopState.Resting || pair.PendingStops > 0)
        {
            return false;
        }

        pair.MustShrink = false;
        return survey.LastingStopQuantity > toCover;
    }

    // Coins have left the account: stops for more than is held would sell what is somebody else's.
    private void CoverLess(ref TradingEvent e, ref ProtectedPair pair, long toCover, long trigger)
    {
        if (_grid.IsDust(e.Product, toCover, pair.Last))
        {
            _exits.CancelAll(ref e);
        }
        else
        {
            Replace(ref e, ref pair, toCover, pair.MayNotMove ? pair.Trigger : trigger);
        }
    }

    private void Replace(ref TradingEvent e, ref ProtectedPair pair, long toCover, long trigger)
    {
        Invariant.Check(trigger >= pair.Trigger, InvariantRule.StopMovedDown);
        pair.Trigger = trigger;
        pair.PendingReplace = true;
        Pace.Move(e.Product, ref pair, e.NowNs);
        StopSteps.Move(ref pair, StopEvent.MoveRequested);
        WriteStop(ref e, DecisionKind.ReplaceStop, trigger, _grid.OnGrid(e.Product, toCover));
    }

    private void DecideTriggered(ref TradingEvent e, ref ProtectedPair pair, in PairSurvey survey)
    {
        if (survey.Stops == 0)
        {
            // What the triggered stop did not cover, or did not sell before it ended, is sold at the market.
            pair.Exit = ExitReason.TrailingStop;
            _exits.Decide(ref e, ref pair, in survey);
        }
        else if (survey.Buys > 0 && CancelChoice.IsAny(_orders, e.Product, DecisionKind.CancelEntries))
        {
            e.Decision = DecisionKind.CancelEntries;
            CancelChoice.Mark(_orders, e.Product, DecisionKind.CancelEntries);
        }
    }

    private static void DecideDust(in TradingEvent e, ref ProtectedPair pair, in PairSurvey survey, long trigger)
    {
        if (survey.Buys == 0)
        {
            StopSteps.Close(ref pair);            // dust: in the ledger, no stop, no alarm; the next buy absorbs it
        }
        else if (pair.Trigger != 0 || (e.Kind == EventKind.OrderReport && e.FillApplied && e.Side == OrderSide.Buy))
        {
            pair.Trigger = trigger;     // an entry fills little by little: the engine watches the trigger itself
        }
    }

    private void WriteStop(ref TradingEvent e, DecisionKind kind, long trigger, long quantity)
    {
        e.Decision = kind;
        e.DecisionTrigger = trigger;
        e.DecisionLimit = _grid.Trail(e.Product).LimitFor(trigger);
        e.DecisionQuantity = quantity;
    }
}
