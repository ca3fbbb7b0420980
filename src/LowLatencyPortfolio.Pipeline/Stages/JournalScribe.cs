using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Turns what Dispatch did into state changes, and marks the last one of each event.</summary>
internal sealed class JournalScribe(IStateSink sink)
{
    private StateChange _held;
    private bool _hasHeld;

    /// <summary>How many orders the risk gate refused since the start, by verdict.</summary>
    public long[] Refused { get; } = new long[byte.MaxValue + 1];

    /// <summary>Told of every row that is an alarm, and of those that end one; null for nobody.</summary>
    public Action<StateChange>? Alarmed { get; set; }

    public void Order(
        in TradingEvent e, in OrderEntry order, RejectReason reason = RejectReason.None, bool wantsAnswer = false)
    {
        ref StateChange change = ref Begin(StateChangeKind.Order, in e, order.Product);
        change.WantsAnswer = wantsAnswer;
        change.OrderState = order.State;
        change.Side = order.Side;
        change.OrderType = order.Type;
        change.Purpose = order.Purpose;
        change.Reason = reason;
        change.OrderSequence = order.Sequence;
        change.Epoch = IsTakenOver(in e, in order) ? e.RelatedSequence : 0;
        change.PositionId = order.PositionId;
        change.Price = order.Limit;
        change.Trigger = order.Trigger;
        change.Quantity = order.Quantity;
        change.FilledQuantity = order.Cumulative;
        change.OpenedAtNs = order.CreatedAtNs;
        change.Value = order.FilledValue;
        change.Fees = order.Fees;
    }

    public void Position(in TradingEvent e, int product, in PositionRecord position)
    {
        ref StateChange change = ref Begin(StateChangeKind.Position, in e, product);
        change.StopState = position.State;
        change.ExitReason = position.Reason;
        change.PositionId = position.Id;
        change.Trigger = position.Trigger;
        change.Quantity = position.Held;
        change.FilledQuantity = position.BoughtQuantity;
        change.SoldQuantity = position.SoldQuantity;
        change.Highest = position.Highest;
        change.ExitPrice = position.ExitPrice;
        change.OpenedAtNs = position.OpenedAtNs;
        change.ClosedAtNs = position.Held == 0 ? position.Ledger.ClosedAtNs : 0;
        change.Ratchets = position.Ratchets;
        change.Value = position.Ledger.Cost;
        change.BoughtValue = position.Ledger.BoughtValue;
        change.SoldValue = position.Ledger.SoldValue;
        change.Fees = position.Ledger.TradeFees;
        change.Realized = position.Ledger.TradeRealized;
    }

    public void History(
        in TradingEvent e, HistoryAction action, long price, long quantity, long sequence = 0, long positionId = 0,
        RiskVerdict verdict = RiskVerdict.None, decimal value = 0m, RejectReason reason = RejectReason.None,
        RebalanceKind rebalance = default)
    {
        ref StateChange change = ref Begin(StateChangeKind.History, in e, e.Product);
        change.Action = action;
        change.Price = price;
        change.Quantity = quantity;
        change.OrderSequence = sequence;
        change.PositionId = positionId;
        change.Verdict = verdict;
        change.Value = value;
        change.Rebalance = rebalance;
        change.Side = e.Side;
        Refused[(byte)verdict] += verdict > RiskVerdict.Queued ? 1 : 0;
        change.ExitReason = e.Supervision == SupervisionMark.None ? ExitReason.None : e.ExitReason;
        if (e.Kind == EventKind.OrderReport)
        {
            change.Reason = reason == RejectReason.None ? e.Reason : reason;
            if (action is HistoryAction.EntryFilled or HistoryAction.ExitFilled)
            {
                change.Value = e.FillValue;
                change.Fees = e.Fee;
                change.Liquidity = action == HistoryAction.EntryFilled ? e.Liquidity : Liquidity.None;
            }
        }
        else if (e.Kind == EventKind.FeedState)
        {
            change.HaltCause = e.HaltCause;
        }
    }

    /// <summary>
    /// The venue was asked and said something of an order that it had not told: that it exists, traded, is over.
    /// </summary>
    public void Found(in TradingEvent e, in OrderEntry order, ReconcileFinding finding, long quantity)
    {
        ref StateChange change = ref Begin(StateChangeKind.History, in e, order.Product);
        change.Action = HistoryAction.Reconciled;
        change.Finding = finding;
        change.Side = order.Side;
        change.OrderSequence = order.Sequence;
        change.PositionId = order.PositionId;
        change.Price = order.Limit;
        change.Quantity = quantity;
    }

    /// <summary>The mode and its row of history, which names the mode, or the reason when there is one.</summary>
    public void ModeChange(in TradingEvent e, TradingMode mode, ExitReason reason)
    {
        ref StateChange change = ref Begin(StateChangeKind.Mode, in e, -1);
        change.Mode = mode;
        ref StateChange history = ref Begin(StateChangeKind.History, in e, -1);
        history.Action = mode == TradingMode.Trading ? HistoryAction.Resumed : HistoryAction.Halted;
        history.Mode = mode;
        history.ExitReason = reason;
    }

    /// <summary>Something has been away for too long, or, where its end is known, is back.</summary>
    public void Outage(in TradingEvent e)
    {
        ref StateChange change = ref Begin(StateChangeKind.History, in e, e.Product);
        change.Action = e.High == 0 ? HistoryAction.OutageBegan : HistoryAction.OutageEnded;
        change.Outage = e.Outage;
        change.OpenedAtNs = e.Low;
        change.ClosedAtNs = e.High;
    }

    /// <summary>The pair's measured group and its row of history.</summary>
    public void Group(in TradingEvent e)
    {
        ref StateChange change = ref Begin(StateChangeKind.Group, in e, e.Product);
        change.Action = HistoryAction.GroupChanged;
        change.Quantity = e.Quantity;
    }

    public void Portfolio(in TradingEvent e, GateState gate)
    {
        ref StateChange change = ref Begin(StateChangeKind.Portfolio, in e, -1);
        change.Mode = gate.Mode;
        change.Value = gate.Breaker.Base;
        change.BoughtValue = gate.Breaker.Equity;
        change.Realized = gate.Portfolio.Realized;
    }

    private static bool IsTakenOver(in TradingEvent e, in OrderEntry order) =>
        e.Kind == EventKind.OrderReport && e.Report == ReportKind.TakenOver && e.OrderSequence == order.Sequence;

    /// <summary>Hands over the last change of the event.</summary>
    public void EndEvent()
    {
        if (_hasHeld)
        {
            _held.EndOfEvent = true;
            HandOver();
            _hasHeld = false;
        }
    }

    // The row first: who hears of both hears of what happened before the alarm about it.
    private void HandOver()
    {
        sink.Append(in _held);
        if (Alarmed is { } tell && (_held.Action.IsAlarm() || _held.Action.EndsAlarm()))
        {
            tell(_held);
        }
    }

    // One change is held back, so that the last of an event can be marked. It is filled in where it stands: copying
    // what was just written waits for its stores.
    private ref StateChange Begin(StateChangeKind kind, in TradingEvent e, int product)
    {
        if (_hasHeld)
        {
            HandOver();
        }

        _hasHeld = true;
        _held = default;
        _held.Kind = kind;
        _held.Product = product;
        _held.MarketEvent = e.MarketEvent;
        _held.TimeNs = e.NowNs;
        return ref _held;
    }
}
