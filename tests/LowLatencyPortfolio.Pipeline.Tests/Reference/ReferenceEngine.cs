using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// The whole engine once more, slow and obvious: plain decimals, lists, full sums, no screens and no wake levels.
/// Given the same events it must decide the same and come to the same state hash as the stages.
/// </summary>
/// <remarks>
/// One thread. Written from the exact arithmetic of the specification, for tests and as the baseline of the throughput
/// lab.
/// </remarks>
public sealed class ReferenceEngine
{
    private const long Minute = 60L * 1_000_000_000;
    private readonly ReferenceState _state;
    private readonly ReferenceProtection _protection;
    private readonly ReferenceEntries _entries;
    private readonly ReferenceRisk _risk;
    private readonly ReferenceControls _controls;
    private readonly ReferenceCircumstances _circumstances;
    private readonly ReferenceWaits _waits;
    private StateHash _hash;

    public ReferenceEngine(PortfolioConfig portfolio, PairSetup[] pairs, PipelineOptions options)
    {
        ReferenceBudget budget = new(portfolio.MaxOrdersPerSecond);
        _state = new ReferenceState(portfolio, pairs, options);
        _protection = new ReferenceProtection(_state);
        _entries = new ReferenceEntries(_state, budget);
        _risk = new ReferenceRisk(_state, budget, _entries);
        _circumstances = new ReferenceCircumstances(_state, _protection);
        _waits = new ReferenceWaits(_state);
        _controls = new ReferenceControls(pairs.Length, Controls);
    }

    /// <summary>Hash over all decisions and applied fills.</summary>
    public StateHash Hash => _hash;

    /// <summary>Commands released; the caller clears it.</summary>
    public List<OrderCommand> Commands { get; } = [];

    /// <summary>Control events asked for; the caller feeds them back and clears it.</summary>
    public List<TradingEvent> Controls { get; } = [];

    internal ReferenceState State => _state;

    /// <summary>Handles one event: reads the producer's part, writes the decisions into the stages' part.</summary>
    public void Handle(ref TradingEvent e)
    {
        _state.NowNs = Math.Max(_state.NowNs, e.ReceivedAtNs);
        e.NowNs = _state.NowNs;
        e.StageFlags = 0;
        e.StageFlags2 = 0;
        ReferenceOrder? approved;
        if (e.Kind == EventKind.Tick)
        {
            OnTick(ref e);
            _risk.TestLossLimits(ref e);
            approved = Review(ref e);
        }
        else
        {
            _risk.RollDay();
            OnOther(ref e);
            _risk.TestLossLimits(ref e);
            approved = Review(ref e);
            _entries.AskForNextReview(ref e);
        }

        SendDecision(in e, approved);
        if (e.ModeChange != 0)
        {
            _hash.Add(_state.NowNs, 0, (byte)(48 + e.ModeChange - 1), default, default, 0, 0, 0, 0, e.Verdict);
        }

        _controls.Add(in e);
    }

    private void OnTick(ref TradingEvent e)
    {
        ReferencePair pair = _state.Pairs[e.Product];
        decimal price = pair.PriceOf(e.Price);
        decimal low = price;
        decimal high = price;
        e.TickVerdict = ReferenceTicks.Normalize(in e, pair, ref low, ref high);
        if (e.TickVerdict is TickVerdict.Accepted or TickVerdict.AcceptedRange)
        {
            pair.LastTick = price;
            pair.Mark = price;
            pair.MarkAtNs = _state.NowNs;
            _protection.OnTick(ref e, pair, price, low, high);
        }
    }

    private void OnOther(ref TradingEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.EntryCommand:
                ReferenceOrder? entry = _entries.OnEntry(ref e);
                HashEntry(in e, 16, entry);     // nothing leaves before the intent is durable
                break;
            case EventKind.IntentDurable or EventKind.IntentFailed:
                OnIntentResult(ref e);
                break;
            case EventKind.OrderReport:
                OnReport(ref e);
                break;
            case EventKind.Timer:
                OnTimer(ref e);
                break;
            case EventKind.Control:
                OnControl(ref e);
                break;
            default:
                _circumstances.OnEvent(ref e, ref _hash);
                break;
        }
    }

    private void OnIntentResult(ref TradingEvent e)
    {
        if (_entries.OnIntentResult(ref e) is { } order)
        {
            HashEntry(in e, 18, order);
            if (e.Verdict == RiskVerdict.Approved)
            {
                Send(in e, OrderCommandKind.Place, order);
            }
        }

        _risk.FinishIfDone(_state.Pairs[e.Product]);
    }

    private void OnReport(ref TradingEvent e)
    {
        ReferencePair pair = _state.Pairs[e.Product];
        if (!_state.Orders.TryGetValue(e.OrderSequence, out ReferenceOrder? order))
        {
            return;
        }

        bool isFirst = order.Reported is null;
        order.WaitingSinceNs = isFirst ? _state.NowNs : order.WaitingSinceNs;
        order.Reported ??= new ReferenceView();
        if (e.Report == ReportKind.Replaced
            && _state.Orders.TryGetValue(e.RelatedSequence, out ReferenceOrder? replaced))
        {
            replaced.Sent.Apply(OrderEvent.Replaced);
            replaced.Reported?.Apply(OrderEvent.Replaced);
            _state.Settle(replaced);
        }

        _risk.TakeBack(in e, order);
        decimal growth = pair.QuantityOf(e.CumulativeQuantity) - order.Filled;
        order.Filled += Math.Max(0m, growth);
        bool isComplete = order.Remaining <= 0m;
        order.Sent.ApplyReport(e.Report, growth > 0m, isComplete);
        order.Reported.ApplyReport(e.Report, growth > 0m, isComplete);
        _state.Settle(order);
        e.FillApplied = growth > 0m;
        if (growth > 0m)
        {
            ApplyFill(in e, pair, order, growth);
            pair.MustShrink |= order.Purpose == OrderPurpose.Reduce;
        }

        bool isNews = order.Reports.Add(e.Report)
            || e.Report is ReportKind.Fill or ReportKind.Unknown or ReportKind.CancelRejected;
        long newestStop = _state.OpenOrders(pair.Index)
            .Where(open => open.IsStop && open.Reported is not null)
            .Select(open => open.Sequence).DefaultIfEmpty(0).Max();
        ReferenceStopReports.OnReport(ref e, pair, order, isFirst, isNews, newestStop,
            _state.Reported(pair.Index).Count(open => open.IsStop));
        _waits.Pause(in e, pair, order);
        Supervise(ref e, pair);
        ReferenceEntries.FreeSlotIfDone(order);
    }

    private void ApplyFill(in TradingEvent e, ReferencePair pair, ReferenceOrder order, decimal quantity)
    {
        decimal price = pair.PriceOf(e.Price);
        decimal heldBefore = pair.Held;
        pair.Mark = pair.Mark == 0m ? price : pair.Mark;
        ReferenceProtection.OnFill(pair, order.Side, quantity, price);
        _risk.OnFill(pair, order, quantity, heldBefore, e.FillValue, e.Fee);
        _hash.Add(
            _state.NowNs, StateHash.OfProduct(pair.Product.ProductId), 32, order.Side, order.Type,
            pair.PriceUnits(order.Trigger), e.Price, pair.QuantityUnits(quantity), order.Sequence, RiskVerdict.None);
        _hash.Add(e.FillValue);
        _hash.Add(e.Fee);
    }

    private void OnTimer(ref TradingEvent e)
    {
        if (_state.Pairs.Any(pair =>
            _protection.IsDue(pair) || _waits.Overdue(pair) is not null || _waits.MustEnd(pair).Any()))
        {
            e.RatchetRequest = StageRequest.SuperviseAll;
        }

        if (_state.NowNs / Minute != _state.SampledMinute)
        {
            _state.SampledMinute = _state.NowNs / Minute;
            _state.SampleDrawdown();
        }
    }

    private void OnControl(ref TradingEvent e)
    {
        if (e.Product >= 0)
        {
            OnPairControl(ref e, _state.Pairs[e.Product]);
        }

        if (e is { Action: ControlAction.Rebalance, Side: OrderSide.Buy })
        {
            ReferenceOrder? bought = _entries.OnEntry(ref e);
            HashEntry(in e, 16, bought);
            return;
        }

        if (e.Action == ControlAction.Rebalance && e.Decision == DecisionKind.None)
        {
            e.Verdict = RiskVerdict.ReductionNotPossible;
        }

        if (e.Action != ControlAction.ReviewEntry)
        {
            _risk.OnControl(ref e);
            return;
        }

        ReferenceOrder? entry = _entries.OnReviewDue(ref e);
        if (e.Verdict != RiskVerdict.None)
        {
            HashEntry(in e, 17, entry);
        }

        _risk.FinishIfDone(_state.Pairs[e.Product]);
    }

    private void OnPairControl(ref TradingEvent e, ReferencePair pair)
    {
        switch (e.Action)
        {
            case ControlAction.Liquidate:
                pair.Exit = pair.Exit == ExitReason.None ? (ExitReason)e.Count : pair.Exit;
                break;
            case ControlAction.CancelEntries or ControlAction.BarEntries:
                pair.EntriesBarred |= e.Action == ControlAction.BarEntries;
                _protection.CancelEntries(ref e, pair);
                return;
            case ControlAction.DecisionRefused:
                ReferenceStopReports.OnRefused(pair, (DecisionKind)e.Count, pair.QuantityOf(e.Quantity));
                break;
            case ControlAction.SuspendStopMoves or ControlAction.AllowStopMoves:
                pair.MovesSuspended = e.Action == ControlAction.SuspendStopMoves;
                pair.EntriesBarred &= pair.MovesSuspended;
                break;
            case ControlAction.Rebalance when e.Side == OrderSide.Sell:
                ReferenceReduction.Want(in e, pair);
                break;
            case ControlAction.Supervise:
                _protection.OnSupervision(ref e, pair);
                Supervise(ref e, pair);
                _protection.Reductions.CancelOverdue(ref e, pair);
                _waits.Decide(ref e, pair);
                return;
            default:
                return;
        }

        Supervise(ref e, pair);
    }

    private void Supervise(ref TradingEvent e, ReferencePair pair)
    {
        _protection.Supervise(ref e, pair);
        _waits.EndBarred(ref e, pair);
    }

    private ReferenceOrder? Review(ref TradingEvent e)
    {
        if (e.Supervision == SupervisionMark.None)
        {
            return null;
        }

        ReferencePair pair = _state.Pairs[e.Product];
        ReferenceOrder? approved = e.Decision == DecisionKind.None ? null : _risk.ReviewDecision(ref e, pair);
        if (approved is not null)
        {
            _state.Orders.Add(approved.Sequence, approved);
        }

        SendCancels(in e, pair, approved);
        if (approved is not null)
        {
            _state.Link(approved);
        }

        _risk.FinishOrInsist(ref e, pair);
        return approved;
    }

    // Cancels go out newest order first; a moved stop takes the place of the newest, the others are cancelled.
    private void SendCancels(in TradingEvent e, ReferencePair pair, ReferenceOrder? approved)
    {
        if (e.Verdict != RiskVerdict.Approved
            || e.Decision is DecisionKind.None or DecisionKind.PlaceStop or DecisionKind.SellPart
            || e.Decision.IsExit())
        {
            return;
        }

        long replaced = 0;
        foreach (ReferenceOrder order in _state.OpenOrders(pair.Index).Where(order => order.Sent.CanCancel).ToList())
        {
            bool isMeant = e.Decision switch
            {
                DecisionKind.ReplaceStop or DecisionKind.ShrinkStop => order.IsStop,
                DecisionKind.CancelEntries => order.Side == OrderSide.Buy,
                DecisionKind.CancelExit => order.Purpose is OrderPurpose.Exit or OrderPurpose.Reduce,
                DecisionKind.WaitForVenue => false,
                DecisionKind.CancelOverdue => order.Sequence == e.DecisionOrder,
                _ => !ReferenceExit.IsMarketSale(order),
            };
            if (!isMeant)
            {
                continue;
            }

            order.Sent.Apply(OrderEvent.CancelSent);
            if (approved is not null && replaced == 0)
            {
                replaced = order.Sequence;
            }
            else
            {
                Send(in e, OrderCommandKind.Cancel, order);
            }
        }

        if (approved is not null)
        {
            Send(in e, replaced == 0 ? OrderCommandKind.Place : OrderCommandKind.Replace, approved, replaced);
        }
    }

    private void SendDecision(in TradingEvent e, ReferenceOrder? approved)
    {
        if (e.Decision == DecisionKind.None)
        {
            return;
        }

        bool isOrder = e.Decision.IsOrder();
        _hash.Add(
            _state.NowNs, StateHash.OfProduct(_state.Pairs[e.Product].Product.ProductId), (byte)e.Decision,
            OrderSide.Sell, e.Decision.TypeOf(),
            isOrder ? e.DecisionTrigger : 0, isOrder ? e.DecisionLimit : 0, isOrder ? e.DecisionQuantity : 0,
            approved?.Sequence ?? (e.Decision == DecisionKind.CancelOverdue ? e.DecisionOrder : 0), e.Verdict);
        if (approved is not null && e.Decision is not (DecisionKind.ReplaceStop or DecisionKind.ShrinkStop))
        {
            Send(in e, OrderCommandKind.Place, approved);
        }
    }

    private void HashEntry(in TradingEvent e, byte kind, ReferenceOrder? order)
    {
        bool isApproved = e.Verdict == RiskVerdict.Approved;
        long sequence = kind == 18 || isApproved ? order!.Sequence : 0;
        _hash.Add(
            _state.NowNs, StateHash.OfProduct(_state.Pairs[e.Product].Product.ProductId), kind, OrderSide.Buy,
            isApproved ? order!.Type : OrderType.Limit, 0, e.DecisionLimit, e.DecisionQuantity, sequence, e.Verdict);
    }

    private void Send(in TradingEvent e, OrderCommandKind kind, ReferenceOrder order, long replaces = 0)
    {
        ReferencePair pair = _state.Pairs[order.Product];
        Commands.Add(new OrderCommand
        {
            Kind = kind,
            Side = order.Side,
            Type = order.Type,
            Purpose = order.Purpose,
            Product = order.Product,
            Sequence = order.Sequence,
            Replaces = replaces,
            Limit = pair.PriceUnits(order.Limit),
            Trigger = pair.PriceUnits(order.Trigger),
            Quantity = pair.QuantityUnits(order.Quantity),
            ReleasedAtNs = _state.NowNs,
            CausedAtNs = e.ReceivedAtNs,
        });
    }
}
