using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Stage 3. Keeps the ledger and the loss breaker, and reviews every order before it may be sent.
/// </summary>
/// <remarks>
/// Source: SPEC 6, 8, 9. Owns: <see cref="PortfolioManager"/>, reservations, breaker, trading mode, entry queue and
/// slots. A tick costs one multiplication and one compare of 128 bits, whether the pair is held or not.
/// </remarks>
internal sealed class RiskGateStage
{
    private readonly PairSetup[] _setups;
    private readonly PortfolioConfig _config;
    private readonly GatedPair[] _pairs;
    private readonly OrderTable _orders;
    private readonly EntryDesk _desk;
    private readonly ExitDesk _exits;
    private readonly Liquidator _liquidator;
    private readonly CircumstanceDesk _circumstances;
    private readonly GateState _gate;
    private readonly MeasuredGroups _groups;

    public RiskGateStage(PairSetup[] setups, PortfolioConfig config, PipelineOptions options)
    {
        _setups = setups;
        _config = config;
        _gate = new GateState(setups, config, options);
        _pairs = _gate.Pairs;
        _orders = _gate.Orders;
        _desk = new EntryDesk(setups, options, _gate);
        _exits = new ExitDesk(_gate, _desk);
        Board = new PortfolioBoard(setups, config);
        _liquidator = new Liquidator(_gate, _desk, Board);
        _circumstances = new CircumstanceDesk(setups, config, _gate, _desk);
        _groups = new MeasuredGroups(_gate.Portfolio, options.KeepsMeasuredGroups);
    }

    public ReadOnlySpan<GatedPair> Pairs => _pairs;

    /// <summary>Where other threads read how the portfolio stands.</summary>
    public PortfolioBoard Board { get; }

    public GateState Gate => _gate;

    public long Contradictions => _orders.Contradictions;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnTick(ref TradingEvent e)
    {
        ref GatedPair pair = ref _pairs[e.Product];
        if (e.StageFlags != (ulong)TickVerdict.Accepted)
        {
            OnUnusualTick(ref e, ref pair);
            return;
        }

        // Not held: the change counts zero times, which is cheaper than to ask.
        _gate.Breaker.Move(pair.Held, e.Price - pair.Mark);
        pair.Mark = e.Price;
        pair.MarkAtNs = e.NowNs;
        pair.PriceHeld = false;
        if (_gate.Breaker.IsTripped)
        {
            OnLossLimit(ref e);
        }
    }

    public void OnOther(ref TradingEvent e)
    {
        RollDay(e.NowNs);
        if (e.Product >= 0)
        {
            Board.MarkChanged(e.Product);
        }

        switch (e.Kind)
        {
            case EventKind.EntryCommand:
                _desk.OnEntry(ref e);
                break;
            case EventKind.IntentDurable or EventKind.IntentFailed:
                _desk.OnIntentResult(ref e);
                _liquidator.ForgetExitIfDone(ref _pairs[e.Product], e.Product);
                break;
            case EventKind.OrderReport:
                OnReport(ref e, ref _pairs[e.Product]);
                break;
            case EventKind.Timer:
                OnTimer(e.NowNs);
                break;
            case EventKind.Control:
                OnControl(ref e);
                break;
            default:
                _circumstances.Apply(in e);
                break;
        }

        if (_gate.Breaker.IsTripped)
        {
            OnLossLimit(ref e);
        }

        if (e.Supervision != SupervisionMark.None)
        {
            OnSupervised(ref e, ref _pairs[e.Product]);
        }

        _desk.RequestNextReview(ref e);
        if (e.Kind is EventKind.OrderReport or EventKind.Timer || e.ModeChange != 0)
        {
            Board.Write(_gate, e.NowNs);
        }
    }

    public void Recover(in OrderEntry order)
    {
        int index = _orders.AddStored(in order);
        _desk.Recover(ref _orders[index]);
    }

    public void Recover(StoredPosition position, long held, long mark) => _gate.Recover(position, held, mark);

    /// <summary>Everything was taken over.</summary>
    public void Recover(StoredPortfolio stored)
    {
        _gate.Recover(stored);
        _groups.Recover(stored);
        for (int i = 0; i < _pairs.Length; i++)
        {
            _desk.UpdateWorkingBuys(i);
        }

        Board.MarkAllChanged();
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section("riskgate");
        _gate.Save(writer);
        _desk.Save(writer);
        _groups.Save(writer);
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("riskgate");
        _gate.Restore(reader);
        _desk.Restore(reader);
        _groups.Restore(reader);
        Board.MarkAllChanged();
    }

    /// <summary>Full recomputation of what the breaker keeps running.</summary>
    public Int128 RecomputeMarketValue()
    {
        Int128 sum = 0;
        foreach (ref readonly GatedPair pair in _pairs.AsSpan())
        {
            sum += (Int128)pair.Held * pair.Mark;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnUnusualTick(ref TradingEvent e, ref GatedPair pair)
    {
        if (e.TickVerdict >= TickVerdict.Duplicate)
        {
            pair.PriceHeld |= e.TickVerdict == TickVerdict.HeldAbsurd;
            return;
        }

        _gate.Breaker.Move(pair.Held, e.Price - pair.Mark);
        pair.Mark = e.Price;
        pair.MarkAtNs = e.NowNs;
        pair.PriceHeld = false;
        if (_gate.Breaker.IsTripped)
        {
            OnLossLimit(ref e);
        }

        if (e.Supervision != SupervisionMark.None)
        {
            OnSupervised(ref e, ref pair);
        }
    }

    private void OnSupervised(ref TradingEvent e, ref GatedPair pair)
    {
        pair.Exiting = e.Supervision == SupervisionMark.Exiting;
        Board.MarkChanged(e.Product);
        _gate.Portfolio.SetExiting(e.Product, pair.Exiting);
        if (e.Decision != DecisionKind.None)
        {
            _exits.Review(ref e);
            if (e.Decision is DecisionKind.CancelForExit or DecisionKind.CancelEntries)
            {
                _desk.UpdateWorkingBuys(e.Product);
            }
        }

        if (pair.MustExit != ExitReason.None)
        {
            _liquidator.FinishOrInsist(ref e, ref pair);
        }
    }

    private void OnReport(ref TradingEvent e, ref GatedPair pair)
    {
        int index = _orders.Find(e.OrderSequence);
        if (index < 0 && e.Report == ReportKind.TakenOver)
        {
            index = _orders.AddTakenOver(in e, _setups[e.Product].Product.QuantityIncrementUnits, pair.Held);
            _desk.TakeOver(ref _orders[index]);
        }

        if (index < 0)
        {
            _gate.UnknownOrderReports++;
            return;
        }

        if (e.Report == ReportKind.Replaced && _orders.Find(e.RelatedSequence) is >= 0 and int replaced)
        {
            _orders.Apply(replaced, OrderEvent.Replaced);
        }

        ref OrderEntry order = ref _orders[index];
        if (e.Report == ReportKind.HandedBack && !order.IsRepetition(e.Report))
        {
            _gate.Budget.TakeBack();
        }

        long filled = _orders.ApplyReport(index, in e);
        Invariant.Check(filled > 0 == e.FillApplied, InvariantRule.FillSeenDifferently);
        if (filled > 0)
        {
            ApplyFill(in e, ref pair, order.Side, filled);
        }

        _desk.OnReport(ref order);
        if (order.Side == OrderSide.Buy)
        {
            _desk.UpdateWorkingBuys(e.Product);
        }
    }

    private void ApplyFill(in TradingEvent e, ref GatedPair pair, OrderSide side, long filled)
    {
        ProductSpec product = _setups[e.Product].Product;
        long signed = side == OrderSide.Buy ? filled : -filled;
        Invariant.Check(pair.Held + signed >= 0, InvariantRule.SoldMoreThanHeld);
        pair.Mark = pair.Mark == 0 ? e.Price : pair.Mark;
        pair.Held += signed;
        _gate.Portfolio.ApplyFill(e.Product, side, product.QuantityOf(filled), e.FillValue, e.Fee, e.NowNs);
        _gate.Portfolio.SetMark(e.Product, product.PriceOf(pair.Mark));
        _gate.Breaker.Move(signed, pair.Mark);
        _gate.Breaker.Cash += (side == OrderSide.Buy ? -e.FillValue : e.FillValue) - e.Fee;
        _gate.Breaker.Rearm(_config);
        _gate.SampleDrawdown();
    }

    private void RollDay(long nowNs)
    {
        long day = nowNs / EventTime.Day;
        if (day != _gate.Breaker.Day)
        {
            _gate.Breaker.BeginDay(day, _config);
        }
    }

    private void OnTimer(long nowNs)
    {
        if (nowNs / EventTime.Minute != _gate.LastSampleMinute)
        {
            _gate.LastSampleMinute = nowNs / EventTime.Minute;
            _gate.SampleDrawdown();
        }
    }

    private void OnControl(ref TradingEvent e)
    {
        switch (e.Action)
        {
            case ControlAction.Supervise:
                _orders.ForgetRefusals(e.Product);
                break;
            case ControlAction.Rebalance when e.Side == OrderSide.Buy:
                _desk.OnEntry(ref e);
                break;
            case ControlAction.Rebalance when e.Decision == DecisionKind.None:
                e.Verdict = RiskVerdict.ReductionNotPossible;
                break;
            case ControlAction.ReviewEntry:
                _desk.OnReviewDue(ref e);
                _liquidator.ForgetExitIfDone(ref _pairs[e.Product], e.Product);
                break;
            case ControlAction.Liquidate when e.Product >= 0:
                _pairs[e.Product].MustExit = (ExitReason)e.Count;
                _liquidator.RequestNext(ref e);
                break;
            case ControlAction.Liquidate:
                Tighten(ref e, TradingMode.Halted);
                _liquidator.Begin(ref e, (ExitReason)e.Count);
                break;
            case ControlAction.ReduceOnly:
                Tighten(ref e, TradingMode.ReduceOnly);
                break;
            case ControlAction.Halt:
                Tighten(ref e, TradingMode.Halted);
                break;
            case ControlAction.Resume or ControlAction.ResumeRebased:
                Resume(ref e);
                break;
            default:
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnLossLimit(ref TradingEvent e)
    {
        if (_gate.Breaker.IsEmergency)
        {
            _gate.Breaker.EmergencyArmed = false;
            _gate.Trips++;
            if (e.Decision.IsStop() || e.Decision == DecisionKind.SellPart)
            {
                ExitDesk.Refuse(ref e, RiskVerdict.LossBreakerTripped);
            }

            Tighten(ref e, TradingMode.Halted);
            e.ModeChange = 1 + (byte)TradingMode.Halted;        // told also when it was halted for something else
            _liquidator.Begin(ref e, ExitReason.LossBreaker);
            e.LiquidationReason = ExitReason.LossBreaker;       // also when nothing is left to close: history says why
        }

        if (_gate.Breaker.IsDaily)
        {
            _gate.Breaker.DailyArmed = false;
            Tighten(ref e, TradingMode.ReduceOnly);
        }

        _gate.Breaker.Rearm(_config);
    }

    private void Tighten(ref TradingEvent e, TradingMode mode)
    {
        if (mode <= _gate.Mode)
        {
            return;
        }

        _gate.Mode = mode;
        e.ModeChange = (byte)(1 + (byte)mode);
        e.RiskRequest |= mode == TradingMode.Halted
            ? StageRequest.CancelAllEntries | StageRequest.SuspendAll
            : StageRequest.CancelAllEntries;
    }

    private void Resume(ref TradingEvent e)
    {
        decimal equity = _gate.Breaker.Equity;
        if (e.Action == ControlAction.ResumeRebased)
        {
            _gate.Breaker.Base = equity;
        }
        else if (equity <= _gate.Breaker.EmergencyFloor(_config))
        {
            e.Verdict = RiskVerdict.LossBreakerTripped;
            return;
        }

        _gate.Mode = TradingMode.Trading;
        _gate.Breaker.EmergencyArmed = true;
        _gate.LiquidationReason = ExitReason.None;
        _gate.Breaker.BeginDay(e.NowNs / EventTime.Day, _config);
        e.ModeChange = 1 + (byte)TradingMode.Trading;
        e.RiskRequest |= StageRequest.AllowAll;
    }
}
