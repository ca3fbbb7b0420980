using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// The risk gate's review of what the ratchet decided: stops and exits. An exit is refused only when it would sell too
/// much, meet a buy of our own, or exceed the order budget; the sell of a part protects nothing and is refused for
/// more.
/// </summary>
internal sealed class ExitDesk(GateState gate, EntryDesk entries)
{
    private readonly OrderTable _orders = gate.Orders;

    public void Review(ref TradingEvent e)
    {
        if (e.Verdict == RiskVerdict.LossBreakerTripped)
        {
            return;     // this very event tripped the breaker; its stop decision was dropped
        }

        switch (e.Decision)
        {
            case DecisionKind.PlaceStop:
                ReviewSell(ref e, OrderPurpose.Stop, OrderType.StopLimit);
                break;
            case DecisionKind.ReplaceStop:
                ReviewMove(ref e);
                break;
            case DecisionKind.ShrinkStop:
                ReviewReduction(ref e, OrderPurpose.Stop);
                break;
            case DecisionKind.SellPart:
                ReviewReduction(ref e, OrderPurpose.Reduce);
                break;
            case DecisionKind.SellAtMarket or DecisionKind.SellLimitIoc or DecisionKind.SellLimit:
                ReviewSell(ref e, OrderPurpose.Exit, e.Decision.TypeOf());
                break;
            case DecisionKind.CancelOverdue:
                _ = EntryExpiry.MarkCancelled(_orders, e.DecisionOrder);
                e.Verdict = RiskVerdict.Approved;
                break;
            default:
                CancelChoice.Mark(_orders, e.Product, e.Decision);
                e.Verdict = RiskVerdict.Approved;
                break;
        }
    }

    /// <summary>The decision did not happen; the ratchet hears of it through a control event.</summary>
    public static void Refuse(ref TradingEvent e, RiskVerdict verdict)
    {
        e.Verdict = verdict;
        e.RiskRequest |= StageRequest.RefuseDecision;
    }

    private void ReviewReduction(ref TradingEvent e, OrderPurpose purpose)
    {
        RiskVerdict verdict = HasEntry(e.Product)
            ? RiskVerdict.CrossesOwnOrder
            : entries.ReviewReduction(e.Product, e.NowNs);
        if (verdict == RiskVerdict.Approved)
        {
            ReviewSell(ref e, purpose, e.Decision.TypeOf());
        }
        else
        {
            Refuse(ref e, verdict);
        }
    }

    // Also one that waits for a slot or the disk: it would leave while the part is being sold.
    private bool HasEntry(int product)
    {
        for (int i = _orders.FirstOf(product); i >= 0; i = _orders.NextOf(i))
        {
            if (_orders[i].Side == OrderSide.Buy)
            {
                return true;
            }
        }

        return false;
    }

    private void ReviewMove(ref TradingEvent e)
    {
        PairSurvey survey = PairSurvey.Of(_orders, e.Product);
        bool movesUp = e.DecisionTrigger > survey.HighestStopTrigger;
        if (movesUp && (gate.Mode == TradingMode.Halted || gate.Pairs[e.Product].MustExit != ExitReason.None))
        {
            Refuse(ref e, RiskVerdict.StopMovesSuspended);
            return;
        }

        ReviewSell(ref e, OrderPurpose.Stop, OrderType.StopLimit, in survey);
    }

    private void ReviewSell(ref TradingEvent e, OrderPurpose purpose, OrderType type)
    {
        PairSurvey survey = PairSurvey.Of(_orders, e.Product);
        ReviewSell(ref e, purpose, type, in survey);
    }

    private void ReviewSell(ref TradingEvent e, OrderPurpose purpose, OrderType type, in PairSurvey survey)
    {
        bool replaces = e.Decision.ReplacesStops();
        ExitFacts facts = new()
        {
            CrossesOwnOrder = purpose != OrderPurpose.Stop && survey.Buys > 0,
            OrderBudget = gate.Budget.Allows(isEntry: false, e.NowNs),
            Quantity = e.DecisionQuantity,
            Held = gate.Pairs[e.Product].Held,
            LiveSells = replaces ? Math.Max(survey.SellQuantity - survey.StopQuantity, 0) : survey.SellQuantity,
            UnknownSells = survey.UnknownSellQuantity,
        };
        RiskVerdict verdict = RiskGate.ReviewExit(in facts);
        if (verdict != RiskVerdict.Approved)
        {
            Refuse(ref e, verdict);
            return;
        }

        gate.Budget.Spend();
        if (replaces)
        {
            CancelChoice.Mark(_orders, e.Product, DecisionKind.ReplaceStop);
        }

        e.Verdict = RiskVerdict.Approved;
        e.Approved = new ApprovedOrder(
            ++gate.NextSequence, purpose, OrderSide.Sell, type, e.DecisionLimit, e.DecisionTrigger,
            e.DecisionQuantity, replaces);
        ref OrderEntry order = ref _orders.Add(gate.NextSequence, e.Product, out _);
        order.Side = OrderSide.Sell;
        order.Type = type;
        order.Purpose = purpose;
        order.State = OrderState.Submitted;
        order.Limit = e.DecisionLimit;
        order.Trigger = e.DecisionTrigger;
        order.Quantity = e.DecisionQuantity;
        order.CreatedAtNs = e.NowNs;
    }
}
