using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// How a pair is closed: cancel what works; when all of it is gone, sell what is held, by another way each time the
/// product's state forbids the one before.
/// </summary>
internal sealed class ReferenceExit(ReferenceState state)
{
    private const long Second = 1_000_000_000;

    public bool IsRetryDue(ReferencePair pair) => pair.VenueRetryNs != 0 && state.NowNs >= pair.VenueRetryNs;

    public bool Cancellable(ReferencePair pair) =>
        state.Reported(pair.Index).Any(order => order.Reported!.CanCancel && !IsMarketSale(order));

    public void CloseOut(ref TradingEvent e, ReferencePair pair)
    {
        if (pair.State != StopState.Exiting)
        {
            pair.State = StopState.Exiting;
            pair.RetryDue &= state.Reported(pair.Index).Any(order => order.Reported!.CancelRefused);
            pair.Unblock();
        }

        pair.TriggeredAtNs = 0;
        List<ReferenceOrder> working = [.. state.Reported(pair.Index)];
        bool isSelling = working.Any(order => order.Purpose == OrderPurpose.Exit);
        if (isSelling && pair.SellsAtOnce && pair.VenueRetryNs == 0)
        {
            pair.VenueRetryNs = RepriceAtNs(pair);
        }
        else if (!isSelling && !pair.HasPending && !pair.IsBlocked)
        {
            pair.VenueRetryNs = 0;
        }

        if (Cancellable(pair))
        {
            GiveUp(ref e, pair, working);
        }
        else if (isSelling && IsRetryDue(pair))
        {
            pair.VenueRetryNs = RepriceAtNs(pair);
            if (!pair.TakesNoOrders
                && working.Any(order => order.Purpose == OrderPurpose.Exit && order.Reported!.CanCancel))
            {
                pair.ExitRung = 0;
                e.Decision = DecisionKind.CancelExit;
                MarkAsked(pair, IsCancelledAlone);
            }
        }
        else if (!pair.HasPending && working.Count == 0)
        {
            SellOrFinish(ref e, pair);
        }
    }

    public void CancelAll(ref TradingEvent e, ReferencePair pair)
    {
        e.Decision = DecisionKind.CancelForExit;
        MarkAsked(pair, order => !IsMarketSale(order));
    }

    /// <summary>Sells now, all or a part: nothing cancels it to make room.</summary>
    public static bool IsMarketSale(ReferenceOrder order) => order.Side == OrderSide.Sell && !order.IsStop;

    public void MarkAsked(ReferencePair pair, Func<ReferenceOrder, bool> isMeant)
    {
        foreach (ReferenceOrder order in state.Reported(pair.Index).ToList())
        {
            if (isMeant(order) && order.Reported!.CanCancel)
            {
                order.Reported.Apply(OrderEvent.CancelSent);
            }
        }
    }

    public static void Finish(ReferencePair pair)
    {
        pair.State = pair.State == StopState.None ? StopState.None : StopState.Closed;
        pair.Exit = ExitReason.None;
        pair.Trigger = 0m;
        pair.AcknowledgedTrigger = 0m;
        pair.TriggeredAtNs = 0;
        pair.RetryDue = false;
        pair.IsAlarmed = false;
        pair.IsBlocked = false;
        pair.IsBlockTold = false;
        pair.IsStopTaken = false;
        pair.MustShrink = false;
        pair.WasStopInvalid = false;
        pair.IsPaced = false;
        pair.HandMark = 0;
        pair.ExitRung = 0;
        pair.VenueRetryNs = 0;
        pair.IsShrinking = false;
        pair.IsSellingPart = false;
        pair.WantsReduction = false;
    }

    /// <summary>Sells that a decision of their own cancels.</summary>
    public static bool IsCancelledAlone(ReferenceOrder order) =>
        order.Purpose is OrderPurpose.Exit or OrderPurpose.Reduce && order.Reported!.CanCancel;

    // A stop stays where nothing can be sold in its place.
    private void GiveUp(ref TradingEvent e, ReferencePair pair, List<ReferenceOrder> working)
    {
        bool hasBuys = working.Any(order => order.Side == OrderSide.Buy && order.Reported!.CanCancel);
        if (!pair.TakesNoOrders || !working.Any(order => order.IsStop))
        {
            CancelAll(ref e, pair);
        }
        else if (hasBuys)
        {
            e.Decision = DecisionKind.CancelEntries;
            MarkAsked(pair, order => order.Side == OrderSide.Buy);
        }
        else
        {
            Wait(ref e, pair);
        }
    }

    private void SellOrFinish(ref TradingEvent e, ReferencePair pair)
    {
        if (pair.IsDust(pair.Held, pair.Mark))
        {
            if (e.Kind == EventKind.Control && e.Action == ControlAction.Liquidate)
            {
                CancelAll(ref e, pair);
            }

            Finish(pair);
        }
        else if (pair.TakesNoOrders || pair.IsBlocked)
        {
            Wait(ref e, pair);
        }
        else if (!pair.RetryDue && !pair.IsDust(pair.Sellable, pair.Mark))
        {
            bool isMarket = pair.ExitRung == 0;
            e.Decision = isMarket ? DecisionKind.SellAtMarket
                : pair.ExitRung == 1 ? DecisionKind.SellLimitIoc
                : DecisionKind.SellLimit;
            e.DecisionTrigger = 0;
            e.DecisionLimit = isMarket ? 0 : pair.PriceUnits(pair.ExitLimit);
            e.DecisionQuantity = pair.QuantityUnits(pair.OnGrid(pair.Sellable));
            pair.PendingExit = true;
            pair.VenueRetryNs = pair.ExitRung == 2 ? RepriceAtNs(pair) : 0;
        }
    }

    private static void Wait(ref TradingEvent e, ReferencePair pair)
    {
        e.Decision = pair.IsBlockTold ? DecisionKind.None : DecisionKind.WaitForVenue;
        pair.IsBlockTold = true;
    }

    private long RepriceAtNs(ReferencePair pair) => state.NowNs + (pair.Config.StopFillTimeoutSeconds * Second);
}
