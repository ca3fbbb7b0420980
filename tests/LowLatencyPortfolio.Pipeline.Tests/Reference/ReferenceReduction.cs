using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// The sell of a part of a position: the stop is made smaller, then the part is sold; whatever comes in between ends
/// it.
/// </summary>
internal sealed class ReferenceReduction(ReferenceState state)
{
    private List<ReferenceOrder> Working(ReferencePair pair) => [.. state.Reported(pair.Index)];

    public static void Want(in TradingEvent e, ReferencePair pair)
    {
        if (!pair.IsReducing)
        {
            pair.WantsReduction = true;
            pair.Part = pair.QuantityOf(e.Quantity);
        }
    }

    /// <summary>What the position's stops are to cover: not what is being sold, or will be next.</summary>
    public decimal ToCover(ReferencePair pair)
    {
        decimal selling = Working(pair).Where(order => order.Purpose == OrderPurpose.Reduce)
            .Sum(order => order.Remaining);
        bool isAhead = pair.PendingSale || pair.IsShrinking;
        return pair.Sellable - selling - (isAhead ? pair.OnGrid(pair.Part) : 0m);
    }

    /// <summary>
    /// What stops should be working for: where a sell is over at once, what it sells is naked until then.
    /// </summary>
    public decimal ToProtect(ReferencePair pair) =>
        !pair.SellsAtOnce ? ToCover(pair) : pair.Sellable - (pair.IsShrinking ? pair.OnGrid(pair.Part) : 0m);

    public bool IsOverdue(ReferencePair pair) =>
        pair.IsSellingPart && pair.SellsAtOnce
        && state.NowNs - pair.SellingSinceNs >= pair.Config.StopFillTimeoutSeconds * 1_000_000_000L;

    /// <summary>A sell that should have ended is cancelled; if it cannot be, once more after as long.</summary>
    public void CancelOverdue(ref TradingEvent e, ReferencePair pair)
    {
        if (e.Decision != DecisionKind.None || !IsOverdue(pair))
        {
            return;
        }

        pair.SellingSinceNs = state.NowNs;
        foreach (ReferenceOrder order in Working(pair).Where(ReferenceExit.IsCancelledAlone))
        {
            e.Decision = DecisionKind.CancelExit;
            order.Reported!.Apply(OrderEvent.CancelSent);
        }
    }

    public void EndIfOvertaken(ref TradingEvent e, ReferencePair pair)
    {
        bool isSelling = pair.PendingSale || Working(pair).Any(order => order.Purpose == OrderPurpose.Reduce);
        pair.IsSellingPart &= isSelling;
        if (pair.IsShrinking && !IsUndisturbed(pair))
        {
            pair.IsShrinking = false;
            e.Supervision = SupervisionMark.ReductionEnded;
        }
    }

    /// <summary>The next step, if there is one now.</summary>
    public bool Decide(ref TradingEvent e, ReferencePair pair, decimal trigger, Action<decimal> shrink)
    {
        List<ReferenceOrder> working = Working(pair);
        bool isAlone = pair.State == StopState.Resting && !pair.HasPending
            && working.Where(order => order.IsStop).All(stop => stop.Reported!.CanCancel);
        decimal part = pair.OnGrid(pair.Part);
        bool isSellable = part > 0m && !pair.IsDust(part, pair.Mark);
        if (pair.WantsReduction)
        {
            decimal rest = pair.OnGrid(Math.Max(0m, pair.Held - part));
            bool sells = working.Any(order => order.Side == OrderSide.Sell && !order.IsStop);
            if (!isAlone || !isSellable || sells || pair.MayNotMove || pair.IsStopTaken || !IsUndisturbed(pair)
                || pair.Sellable < pair.Held
                || pair.Mark <= trigger || pair.IsDust(rest, pair.LimitOf(trigger)))
            {
                return false;
            }

            pair.IsShrinking = true;
            shrink(rest);
            return true;
        }

        if (!pair.IsShrinking || !isAlone)
        {
            return false;
        }

        pair.IsShrinking = false;
        decimal free = pair.Sellable
            - working.Where(order => order.Side == OrderSide.Sell).Sum(order => order.Remaining);
        if (!isSellable || part > free)
        {
            return false;
        }

        pair.IsSellingPart = true;
        pair.SellingSinceNs = state.NowNs;
        pair.PendingSale = true;
        e.Decision = DecisionKind.SellPart;
        e.DecisionTrigger = 0;
        e.DecisionLimit = 0;
        e.DecisionQuantity = pair.QuantityUnits(part);
        return true;
    }

    private bool IsUndisturbed(ReferencePair pair)
    {
        List<ReferenceOrder> working = Working(pair);
        return pair.Exit == ExitReason.None && pair.State is StopState.Resting or StopState.Replacing
            && pair.TriggeredAtNs == 0 && !pair.RetryDue && !pair.IsBlocked
            && !pair.MovesSuspended && !pair.TakesNoOrders
            && !working.Any(order => order.Side == OrderSide.Buy || order.Reported!.State == OrderState.Unknown)
            && (pair.PendingReplace || working.Any(order => order.IsStop));
    }
}
