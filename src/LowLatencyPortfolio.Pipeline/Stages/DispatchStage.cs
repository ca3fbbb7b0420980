using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Stage 4. Sends what was approved, journals what happened, and turns the stages' requests into control events. It
/// decides nothing.
/// </summary>
/// <remarks>
/// Source: SPEC 4, 9, 15. Owns: working orders, pending intents, position rows, the outbox, the state hash, counters.
/// </remarks>
internal sealed class DispatchStage
{
    private readonly ReleaseDesk _release;
    private readonly RebalanceClerk _rebalances;
    private readonly JournalScribe _journal;
    private readonly OrderTable _orders;
    private readonly PositionRecord[] _positions;
    private readonly ProductSpec[] _products;
    private readonly ReportClerk _reports;
    private readonly ControlForwarder _forwarder;
    private readonly HashScribe _hash;
    private readonly AlarmClerk _alarms;
    private DispatchCounts _counts;
    private long _nextPositionId;

    public DispatchStage(PairSetup[] setups, PipelineOptions options, IOrderSink gateway, IStateSink journal)
    {
        _journal = new JournalScribe(journal);
        _orders = new OrderTable(setups.Length, options.OrderCapacity);
        _positions = new PositionRecord[setups.Length];
        _products = [.. setups.Select(setup => setup.Product)];
        _hash = new HashScribe(setups);
        Outbox = new ControlOutbox(Math.Max(options.OutboxCapacity, 16 * setups.Length));
        _forwarder = new ControlForwarder(Outbox, setups.Length);
        _reports = new ReportClerk(setups, _orders, _positions, _journal);
        _alarms = new AlarmClerk(setups, _positions, _journal);
        _release = new ReleaseDesk(_orders, _positions, _journal, gateway);
        _rebalances = new RebalanceClerk(_positions, _journal);
    }

    public ControlOutbox Outbox { get; }

    /// <summary>Told of answers to entries and of the progress of exits; may be null.</summary>
    public IOrderObserver? Observer { get; set; }

    /// <summary>Told of alarms; may be null.</summary>
    public Action<StateChange>? Alarmed
    {
        get => _journal.Alarmed;
        set => _journal.Alarmed = value;
    }

    public StateHash Hash => _hash.Hash;

    public ReadOnlySpan<long> Refused => _journal.Refused;

    public int OpenOrders => _orders.Open;

    public DispatchCounts Counts => _counts;

    public long Contradictions => _orders.Contradictions + _counts.UnknownOrderReports;

    public ReadOnlySpan<PositionRecord> Positions => _positions;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnTick(ref TradingEvent e)
    {
        // Bytes 161 to 166: decision, exit reason, verdict, requests, mode change. A screened tick has none of them.
        if ((e.StageFlags & 0x00FF_FFFF_FFFF_FF00) != 0)
        {
            OnDecided(ref e);
        }
    }

    public void OnOther(ref TradingEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.EntryCommand:
                OnEntryReviewed(in e, HashScribe.EntryReview);
                break;
            case EventKind.Control when e.Action == ControlAction.ReviewEntry && e.Verdict != RiskVerdict.None:
                OnEntryReviewed(in e, HashScribe.QueueReview);
                break;
            case EventKind.Control when e.Action == ControlAction.Rebalance:
                OnRebalance(in e);
                break;
            case EventKind.Control when e.Action == ControlAction.Supervise:
                _orders.ForgetRefusals(e.Product);
                break;
            case EventKind.IntentDurable or EventKind.IntentFailed:
                OnIntentReviewed(in e);
                break;
            case EventKind.OrderReport:
                OnReport(ref e);
                break;
            case EventKind.Coins or EventKind.FeedState or EventKind.GroupsChanged:
                _alarms.Tell(in e, ref _counts, _hash);
                break;
            default:
                break;
        }

        OnDecided(ref e);
    }

    /// <summary>Writes the rows of open positions with their newest highest price; at quiescence.</summary>
    public void JournalOpenPositions(ReadOnlySpan<ProtectedPair> pairs, long nowNs, long marketEvent)
    {
        TradingEvent e = new() { NowNs = nowNs, MarketEvent = marketEvent };
        for (int i = 0; i < _positions.Length; i++)
        {
            if (_positions[i].Held > 0)
            {
                _positions[i].Highest = pairs[i].Highest;
                _journal.Position(in e, i, in _positions[i]);
            }
        }

        _journal.EndEvent();
    }

    /// <summary>Writes the row of the portfolio as the risk gate knows it; at quiescence.</summary>
    public void JournalPortfolio(GateState gate, long nowNs, long marketEvent)
    {
        TradingEvent e = new() { NowNs = nowNs, MarketEvent = marketEvent };
        _journal.Portfolio(in e, gate);
        _journal.EndEvent();
    }

    public void Recover(in OrderEntry order) => _orders.AddStored(in order);

    public void Recover(in PositionRecord position, int product) => _positions[product] = position;

    public void RecoverNumbers(long lastPositionId) => _nextPositionId = lastPositionId;

    public void Save(CheckpointWriter writer)
    {
        writer.Section("dispatch");
        DispatchCounts counts = _counts;
        writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<DispatchCounts>(in counts)));
        writer.Write((long)_hash.Hash.Value);
        writer.Write(_nextPositionId);
        writer.Write(MemoryMarshal.AsBytes(_positions.AsSpan()));
        _orders.Save(writer);
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("dispatch");
        _counts = reader.ReadStruct<DispatchCounts>();
        _hash.Hash = new StateHash((ulong)reader.ReadInt64());
        _nextPositionId = reader.ReadInt64();
        reader.ReadInto<PositionRecord>(_positions);
        _orders.Restore(reader);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnDecided(ref TradingEvent e)
    {
        if (e.Decision != DecisionKind.None)
        {
            OnDecision(in e);
        }

        if (e.Product >= 0)
        {
            _rebalances.Follow(in e);
        }

        if (e.ModeChange != 0)
        {
            OnModeChange(in e, (TradingMode)(e.ModeChange - 1));
        }

        if ((e.RatchetRequest & StageRequest.TellNaked) != 0)
        {
            _alarms.TellNaked(in e, ref _counts);
        }

        if ((e.RatchetRequest | e.RiskRequest) != StageRequest.None)
        {
            _forwarder.Forward(in e, e.RatchetRequest | e.RiskRequest);
        }

        _journal.EndEvent();
    }

    private void OnEntryReviewed(in TradingEvent e, byte kind)
    {
        _hash.Entry(in e, kind, e.Approved.Sequence);
        if (e.Verdict == RiskVerdict.Approved)
        {
            ref OrderEntry order = ref _release.AddApproved(in e, OrderState.Intended);
            order.Source = e.EntrySource;
            _journal.Order(in e, in order, wantsAnswer: true);
        }
        else if (e.Verdict != RiskVerdict.Queued)
        {
            _counts.RiskRejections++;
            _journal.History(in e, HistoryAction.RiskRejected, e.DecisionLimit, e.DecisionQuantity, verdict: e.Verdict);
            Observer?.EntryAnswered(e.EntrySource, e.Verdict, 0);
        }
    }

    private void OnRebalance(in TradingEvent e)
    {
        if (e.Side == OrderSide.Buy)
        {
            OnEntryReviewed(in e, HashScribe.EntryReview);
        }
        else
        {
            RiskVerdict answer = RebalanceClerk.AnswerTo(in e);
            Observer?.EntryAnswered(e.Source, answer, answer == RiskVerdict.Approved ? e.Approved.Sequence : 0);
        }

        _rebalances.Begin(in e);
    }

    private void OnIntentReviewed(in TradingEvent e)
    {
        int index = _orders.Find(e.OrderSequence);
        if (index < 0 || e.Verdict == RiskVerdict.None)
        {
            _counts.UnknownOrderReports++;
            return;
        }

        _hash.Entry(in e, HashScribe.DurableReview, e.OrderSequence);
        ref OrderEntry order = ref _orders[index];
        if (e.Verdict == RiskVerdict.Approved)
        {
            _orders.Apply(index, OrderEvent.Sent);
            _release.Send(in e, replaces: 0, ref _counts);
            _journal.Order(in e, in order);
            _journal.History(in e, HistoryAction.EntrySubmitted, order.Limit, order.Quantity, order.Sequence);
        }
        else
        {
            _orders.Apply(index, OrderEvent.Abandon);
            _counts.RiskRejections++;
            _journal.Order(in e, in order);
            _journal.History(
                in e, HistoryAction.OrderAbandoned, order.Limit, order.Quantity, order.Sequence, verdict: e.Verdict);
        }

        Observer?.EntryAnswered(e.EntrySource, e.Verdict, order.Sequence);
    }

    private void OnReport(ref TradingEvent e)
    {
        int index = _orders.Find(e.OrderSequence);
        index = index < 0 && e.Report == ReportKind.TakenOver
            ? _orders.AddTakenOver(
                in e, _products[e.Product].QuantityIncrementUnits, _positions[e.Product].Held,
                e.Side == OrderSide.Sell ? _positions[e.Product].Id : 0)
            : index;

        if (index < 0)
        {
            _counts.UnknownOrderReports++;
            return;
        }

        ref OrderEntry order = ref _orders[index];
        long filled = _reports.Apply(ref e, index, ref _counts, ref _nextPositionId);
        Invariant.Check(filled > 0 == e.FillApplied, InvariantRule.FillSeenDifferently);
        if (filled > 0)
        {
            _hash.Fill(in e, in order, filled);
        }

        if (Observer is { } observer)
        {
            bool nothingWorks = _orders.FirstOf(e.Product) < 0;
            ExitNews.Tell(observer, in e, in order, _positions[e.Product].Held, nothingWorks, _products[e.Product]);
        }
    }

    // What leaves at once leaves first: the hash, the tables and the journal follow.
    private void OnDecision(in TradingEvent e)
    {
        bool isApproved = e.Verdict == RiskVerdict.Approved;
        if (!isApproved)
        {
            _counts.RiskRejections++;
            _journal.History(
                in e, HistoryAction.RiskRejected, e.DecisionTrigger, e.DecisionQuantity,
                positionId: _positions[e.Product].Id, verdict: e.Verdict);
            if (e.Decision.IsExit())
            {
                Observer?.ExitProgressed(e.Product, ExitProgress.Failed);
            }
        }
        else if (e.Decision.IsStop())
        {
            _release.Stop(in e, ref _counts);
        }
        else if (e.Decision.IsOrder())
        {
            _release.Sale(in e, ref _counts);
        }
        else if (e.Decision == DecisionKind.WaitForVenue)
        {
            _alarms.TellBlocked(in e, ref _counts);
        }
        else if (e.Decision == DecisionKind.CancelOverdue)
        {
            _release.CancelOverdue(in e);
        }
        else
        {
            bool isExit = e.Decision == DecisionKind.CancelForExit;
            _positions[e.Product].State = isExit ? StopState.Exiting : _positions[e.Product].State;
            _release.CancelWorking(in e);
        }

        _hash.Decision(in e);
    }

    private void OnModeChange(in TradingEvent e, TradingMode mode)
    {
        _hash.ModeChange(in e, mode);
        bool hasTripped = mode == TradingMode.Halted && e.LiquidationReason == ExitReason.LossBreaker;
        _journal.ModeChange(in e, mode, hasTripped ? ExitReason.LossBreaker : ExitReason.None);
    }
}
