using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// What comes next for a pair that is to be closed: what works is cancelled, then what is held is sold, first at the
/// market, and where the product's state forbids that, at a limit.
/// </summary>
/// <remarks>
/// Source: SPEC 10. It never sells what may already be selling, and never gives up a stop in a product that takes
/// nothing in its place. Refused on every rung, the exit waits: for the product to change, and five seconds at most,
/// because the news of a change may be lost. A sell that rests, or that should have ended at once
/// (<see cref="HealthFlag.SellsAtOnce"/>) and has not, is cancelled after <c>StopFillTimeoutSeconds</c>; what it has
/// not sold is sold again when its end is certain.
/// </remarks>
internal sealed class ExitPlan(
    PairSetup[] setups, OrderTable orders, ProtectionGrid grid, CoinWatch coins, ReductionPlan reductions)
{
    /// <summary>How long what every rung refused is left alone.</summary>
    public const long BlockedNs = 5 * EventTime.Second;

    private const byte LastRung = 2;

    /// <summary>Writes the next step of the exit.</summary>
    public void Decide(ref TradingEvent e, ref ProtectedPair pair, in PairSurvey survey)
    {
        if (pair.State != StopState.Exiting)
        {
            Begin(ref pair, in survey);
        }

        pair.TriggeredAtNs = 0;
        KeepDeadline(in e, ref pair, in survey);
        if (survey.Cancellable > 0)
        {
            Cancel(ref e, ref pair, in survey);
        }
        else if (survey.HasExit && pair.IsRetryDue(e.NowNs))
        {
            BeginAnew(ref e, ref pair, in survey);
        }
        else if (!pair.HasPending && survey.Stops == 0 && survey.Buys == 0 && survey.Exits == 0)
        {
            SellRest(ref e, ref pair);
        }

        // Else the next report asks again.
    }

    /// <summary>Asks for the end of all that works but exits.</summary>
    public void CancelAll(ref TradingEvent e) => Ask(ref e, DecisionKind.CancelForExit);

    /// <summary>The venue refused an exit for the product's state: the next rung, or none.</summary>
    public static void StepDown(ref ProtectedPair pair, OrderType refused, long nowNs)
    {
        pair.ExitRung = refused switch
        {
            OrderType.Market => 1,
            OrderType.LimitIoc => LastRung,
            _ => 0,
        };
        if (pair.ExitRung == 0)
        {
            Block(ref pair, nowNs);
        }
    }

    /// <summary>Nothing is sent for a while.</summary>
    public static void Block(ref ProtectedPair pair, long nowNs)
    {
        pair.IsBlocked = true;
        pair.VenueRetryNs = nowNs + BlockedNs;
    }

    private static void Begin(ref ProtectedPair pair, in PairSurvey survey)
    {
        StopSteps.Move(ref pair, StopEvent.ExitRequested);

        // What was refused before was a stop; the exit need not wait for its turn. A refused cancel it does wait for.
        pair.RetryDue &= survey.HasRefusedCancel;
        pair.Unblock();
    }

    private void Cancel(ref TradingEvent e, ref ProtectedPair pair, in PairSurvey survey)
    {
        if (!pair.TakesNoOrders || survey.Stops == 0)
        {
            CancelAll(ref e);
        }
        else if (CancelChoice.IsAny(orders, e.Product, DecisionKind.CancelEntries))
        {
            Ask(ref e, DecisionKind.CancelEntries);
        }
        else
        {
            Wait(ref e, ref pair);      // nothing could be sold in the stop's place
        }
    }

    // From the first word of a sell on, also of one that was taken over; one that is over needs none.
    private void KeepDeadline(in TradingEvent e, ref ProtectedPair pair, in PairSurvey survey)
    {
        if (!survey.HasExit)
        {
            pair.VenueRetryNs = pair.HasPending || pair.IsBlocked ? pair.VenueRetryNs : 0;
        }
        else if (pair.VenueRetryNs == 0 && reductions.SellsAtOnce(e.Product))
        {
            pair.VenueRetryNs = RetryNs(e.Product, e.NowNs);
        }
    }

    // The market has left it behind, or it never ended. What is in doubt or being cancelled already is waited for.
    private void BeginAnew(ref TradingEvent e, ref ProtectedPair pair, in PairSurvey survey)
    {
        pair.VenueRetryNs = RetryNs(e.Product, e.NowNs);
        if (!pair.TakesNoOrders && survey.CancellableExits > 0)
        {
            pair.ExitRung = 0;
            Ask(ref e, DecisionKind.CancelExit);
        }
    }

    private void SellRest(ref TradingEvent e, ref ProtectedPair pair)
    {
        if (pair.Held == 0 || grid.IsDust(e.Product, pair.Held, pair.Last))
        {
            if (e.Kind == EventKind.Control && e.Action == ControlAction.Liquidate)
            {
                CancelAll(ref e);       // an entry may have been sent that no report has named yet
            }

            StopSteps.Close(ref pair);
        }
        else if (pair.TakesNoOrders || pair.IsBlocked)
        {
            Wait(ref e, ref pair);
        }
        else if (!pair.RetryDue && coins.Sellable(e.Product, pair.Held) is var sellable
            && !grid.IsDust(e.Product, sellable, pair.Last))
        {
            Sell(ref e, ref pair, sellable);
        }

        // Else the next supervision, or the look that shows the coins free again, asks once more.
    }

    private void Sell(ref TradingEvent e, ref ProtectedPair pair, long quantity)
    {
        e.Decision = pair.ExitRung switch
        {
            0 => DecisionKind.SellAtMarket,
            1 => DecisionKind.SellLimitIoc,
            _ => DecisionKind.SellLimit,
        };
        e.DecisionTrigger = 0;
        e.DecisionLimit = pair.ExitRung == 0 ? 0 : grid.ExitLimit(e.Product, pair.Last);
        e.DecisionQuantity = grid.OnGrid(e.Product, quantity);
        pair.PendingExit = true;
        pair.VenueRetryNs = pair.ExitRung == LastRung ? RetryNs(e.Product, e.NowNs) : 0;
    }

    private static void Wait(ref TradingEvent e, ref ProtectedPair pair)
    {
        if (!pair.IsBlockTold)
        {
            pair.IsBlockTold = true;
            e.Decision = DecisionKind.WaitForVenue;
        }
    }

    private void Ask(ref TradingEvent e, DecisionKind decision)
    {
        e.Decision = decision;
        CancelChoice.Mark(orders, e.Product, decision);
    }

    /// <summary>When a sell that is sent or known now is overdue, ns UTC.</summary>
    public long RetryNs(int product, long nowNs) =>
        nowNs + (setups[product].Config.StopFillTimeoutSeconds * EventTime.Second);
}
