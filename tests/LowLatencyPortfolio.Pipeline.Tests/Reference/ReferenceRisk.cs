using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// SPEC 6, 7, 10: the ledger, the loss limits, the trading mode, the review of sells, and liquidation.
/// </summary>
internal sealed class ReferenceRisk(ReferenceState state, ReferenceBudget budget, ReferenceEntries entries)
{
    private const long Day = 86_400L * 1_000_000_000;

    /// <summary>A day begins with the equity of its first event that is not a tick.</summary>
    public void RollDay()
    {
        if (state.NowNs / Day != state.Day)
        {
            BeginDay();
        }
    }

    /// <summary>A move that was never sent costs nothing, and what it was to replace works on.</summary>
    public void TakeBack(in TradingEvent e, ReferenceOrder order)
    {
        if (e.Report != ReportKind.HandedBack || order.Reports.Contains(e.Report))
        {
            return;
        }

        budget.TakeBack();
        if (state.Orders.TryGetValue(e.RelatedSequence, out ReferenceOrder? stays))
        {
            stays.Sent.Apply(OrderEvent.CancelRejected);
            stays.Reported?.Apply(OrderEvent.CancelRejected);
        }
    }

    public void OnFill(
        ReferencePair pair, ReferenceOrder order, decimal quantity, decimal heldBefore, decimal value, decimal fee)
    {
        decimal result;
        if (order.Side == OrderSide.Buy)
        {
            pair.TradeRealized = heldBefore == 0m ? 0m : pair.TradeRealized;
            pair.Cost += value;
            state.Cash -= value + fee;
            result = -fee;
        }
        else
        {
            decimal removed = quantity == heldBefore
                ? pair.Cost
                : decimal.Truncate(pair.Cost * quantity / heldBefore * 100_000_000m) / 100_000_000m;
            pair.Cost -= removed;
            state.Cash += value - fee;
            result = value - removed - fee;
        }

        pair.Realized += result;
        pair.TradeRealized += result;
        pair.Fees += fee;
        if (order.Side == OrderSide.Sell && quantity == heldBefore)
        {
            pair.ClosedTrades++;
            pair.WonTrades += pair.TradeRealized > 0m ? 1 : 0;
        }

        state.SampleDrawdown();
    }

    /// <summary>After every event, by full recomputation: E ≤ F.</summary>
    public void TestLossLimits(ref TradingEvent e)
    {
        decimal equity = state.Equity;
        if (state.EmergencyArmed && equity <= state.EmergencyFloor)
        {
            state.EmergencyArmed = false;
            if (e.Decision is DecisionKind.PlaceStop or DecisionKind.ReplaceStop or DecisionKind.ShrinkStop
                or DecisionKind.SellPart)
            {
                Refuse(ref e, RiskVerdict.LossBreakerTripped);
            }

            Tighten(ref e, TradingMode.Halted);
            e.ModeChange = 1 + (byte)TradingMode.Halted;
            BeginLiquidation(ref e, ExitReason.LossBreaker);
        }

        if (state.DailyArmed && state.DayBase > 0m && equity <= state.DailyFloor)
        {
            state.DailyArmed = false;
            Tighten(ref e, TradingMode.ReduceOnly);
        }
    }

    public void OnControl(ref TradingEvent e)
    {
        switch (e.Action)
        {
            case ControlAction.Liquidate when e.Product >= 0:
                state.Pairs[e.Product].MustExit = (ExitReason)e.Count;
                AskForNextLiquidation(ref e);
                break;
            case ControlAction.Liquidate:
                Tighten(ref e, TradingMode.Halted);
                BeginLiquidation(ref e, (ExitReason)e.Count);
                break;
            case ControlAction.ReduceOnly:
                Tighten(ref e, TradingMode.ReduceOnly);
                break;
            case ControlAction.Halt:
                Tighten(ref e, TradingMode.Halted);
                break;
            case ControlAction.Resume when state.Equity <= state.EmergencyFloor:
                e.Verdict = RiskVerdict.LossBreakerTripped;
                break;
            case ControlAction.Resume or ControlAction.ResumeRebased:
                Resume(ref e);
                break;
            default:
                break;
        }
    }

    /// <summary>Reviews what the protection decided. Returns the order to send, if any.</summary>
    public ReferenceOrder? ReviewDecision(ref TradingEvent e, ReferencePair pair)
    {
        if (e.Verdict == RiskVerdict.LossBreakerTripped)
        {
            return null;
        }

        if (!e.Decision.IsOrder())
        {
            e.Verdict = RiskVerdict.Approved;
            return null;
        }

        List<ReferenceOrder> sells = [.. state.Live(pair.Index).Where(order => order.Side == OrderSide.Sell)];
        bool isPart = e.Decision is DecisionKind.ShrinkStop or DecisionKind.SellPart;
        if (isPart && entries.ReviewReduction(pair) is var no and not RiskVerdict.Approved)
        {
            Refuse(ref e, no);
            return null;
        }

        bool isMove = e.Decision is DecisionKind.ReplaceStop or DecisionKind.ShrinkStop;
        decimal highestStop = sells.Where(order => order.IsStop).Select(order => order.Trigger)
            .DefaultIfEmpty(0m).Max();
        bool isHalted = state.Mode == TradingMode.Halted || pair.MustExit != ExitReason.None;
        if (isMove && isHalted && !isPart && pair.PriceOf(e.DecisionTrigger) > highestStop)
        {
            Refuse(ref e, RiskVerdict.StopMovesSuspended);
            return null;
        }

        bool isExit = e.Decision.IsExit();
        decimal quantity = pair.QuantityOf(e.DecisionQuantity);
        decimal selling = sells.Where(order => !isMove || !order.IsStop || order.Sent.State == OrderState.Unknown)
            .Sum(order => order.Remaining);
        RiskVerdict verdict =
            (isExit || isPart) && state.Live(pair.Index).Any(order => order.Side == OrderSide.Buy)
                ? RiskVerdict.CrossesOwnOrder
            : !budget.Allows(isEntry: false, state.NowNs) ? RiskVerdict.OrderRateExceeded
            : quantity > pair.Held - selling ? RiskVerdict.SellExceedsPosition
            : RiskVerdict.Approved;
        if (verdict != RiskVerdict.Approved)
        {
            Refuse(ref e, verdict);
            return null;
        }

        budget.Spend();
        e.Verdict = RiskVerdict.Approved;
        return new ReferenceOrder
        {
            Sequence = ++state.NextSequence,
            Product = pair.Index,
            Side = OrderSide.Sell,
            Type = e.Decision.TypeOf(),
            Purpose = isExit ? OrderPurpose.Exit
                : e.Decision == DecisionKind.SellPart ? OrderPurpose.Reduce
                : OrderPurpose.Stop,
            Limit = pair.PriceOf(e.DecisionLimit),
            Trigger = pair.PriceOf(e.DecisionTrigger),
            Quantity = quantity,
            CreatedAtNs = state.NowNs,
        };
    }

    /// <summary>An order to close a pair stands until nothing is left; a late buy joins it.</summary>
    public void FinishOrInsist(ref TradingEvent e, ReferencePair pair)
    {
        if (pair.MustExit == ExitReason.None)
        {
            return;
        }

        FinishIfDone(pair);
        if (pair.MustExit != ExitReason.None && !pair.IsExiting && pair.Held > 0m && e.Kind == EventKind.OrderReport
            && !e.RiskRequest.HasFlag(StageRequest.Liquidate))
        {
            Ask(ref e, pair.Index, pair.MustExit);
        }
    }

    /// <summary>The last thing of the pair may also have been an entry that was never sent.</summary>
    public void FinishIfDone(ReferencePair pair)
    {
        bool isNothingOpen = !state.OpenOrders(pair.Index).Any();
        if (isNothingOpen && (pair.Held == 0m || (!pair.IsExiting && pair.IsDust(pair.Held, pair.Mark))))
        {
            pair.MustExit = ExitReason.None;
        }
    }

    private static void Refuse(ref TradingEvent e, RiskVerdict verdict)
    {
        e.Verdict = verdict;
        e.RiskRequest |= StageRequest.RefuseDecision;
    }

    private static void Ask(ref TradingEvent e, int product, ExitReason reason)
    {
        e.RiskRequest |= StageRequest.Liquidate;
        e.LiquidationReason = reason;
        e.LiquidateProduct = (short)product;
    }

    private void BeginDay()
    {
        state.Day = state.NowNs / Day;
        state.DayBase = state.Equity;
        state.DailyArmed = true;
    }

    private void Tighten(ref TradingEvent e, TradingMode mode)
    {
        if (mode > state.Mode)
        {
            state.Mode = mode;
            e.ModeChange = (byte)(1 + (byte)mode);
            e.RiskRequest |= StageRequest.CancelAllEntries;
            e.RiskRequest |= mode == TradingMode.Halted ? StageRequest.SuspendAll : StageRequest.None;
        }
    }

    private void Resume(ref TradingEvent e)
    {
        state.BreakerBase = e.Action == ControlAction.ResumeRebased ? state.Equity : state.BreakerBase;
        state.Mode = TradingMode.Trading;
        state.EmergencyArmed = true;
        state.LiquidationReason = ExitReason.None;
        BeginDay();
        e.ModeChange = 1 + (byte)TradingMode.Trading;
        e.RiskRequest |= StageRequest.AllowAll;
    }

    private void BeginLiquidation(ref TradingEvent e, ExitReason reason)
    {
        state.LiquidationReason = reason;
        foreach (ReferencePair pair in state.Pairs)
        {
            pair.LiquidationAsked = pair.MustExit != ExitReason.None;
        }

        AskForNextLiquidation(ref e);
    }

    private void AskForNextLiquidation(ref TradingEvent e)
    {
        if (state.LiquidationReason == ExitReason.None)
        {
            return;
        }

        ReferencePair? next = state.Pairs
            .Where(pair => !pair.LiquidationAsked && (pair.Held > 0m || state.OpenOrders(pair.Index).Any()))
            .OrderByDescending(pair => state.Exposure(pair.Index))
            .ThenBy(pair => pair.Index)
            .FirstOrDefault();
        if (next is null)
        {
            state.LiquidationReason = ExitReason.None;
            return;
        }

        next.LiquidationAsked = true;
        next.MustExit = state.LiquidationReason;
        Ask(ref e, next.Index, state.LiquidationReason);
    }
}
