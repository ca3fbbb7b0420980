using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Stage 2. Follows every pair's highest price, decides when its stop is placed, moved or given up for an exit, and
/// watches the trigger itself while no stop rests.
/// </summary>
/// <remarks>
/// Source: SPEC 5 and 10. Owns: held quantity, highest price, trigger, wake levels, the supervisor's state. A tick
/// strictly between <see cref="ProtectedPair.WakeBelow"/> and <see cref="ProtectedPair.WakeAbove"/> costs two compares;
/// everything else runs <see cref="StopSupervisor"/> once.
/// </remarks>
internal sealed class RatchetStage
{
    private readonly ProtectedPair[] _pairs;
    private readonly OrderTable _orders;
    private readonly ProtectionGrid _grid;
    private readonly StopIntake _intake;
    private readonly StopSupervisor _supervisor;
    private readonly CoinWatch _coins;
    private readonly EntryExpiry _expiry;
    private readonly EntryBar _bar;

    public RatchetStage(PairSetup[] setups, int orderCapacity, int candleSeconds)
    {
        _pairs = new ProtectedPair[setups.Length];
        _orders = new OrderTable(setups.Length, orderCapacity);
        _grid = new ProtectionGrid(setups);
        _intake = new StopIntake(setups, _orders);
        _coins = new CoinWatch(setups);
        _supervisor = new StopSupervisor(setups, _orders, _grid, _coins);
        _expiry = new EntryExpiry(setups, _orders, candleSeconds);
        _bar = new EntryBar(_orders);
        for (int i = 0; i < _pairs.Length; i++)
        {
            _pairs[i].WakeAbove = long.MaxValue;
            _pairs[i].WakeBelow = long.MinValue;
        }
    }

    public ReadOnlySpan<ProtectedPair> Pairs => _pairs;

    public long Contradictions => _orders.Contradictions + _intake.Contradictions;

    public NakedTimes Naked => _supervisor.Clock.Times;

    /// <summary>Ticks that ran the decimal path.</summary>
    public long Woken { get; private set; }

    /// <summary>Ticks passed between the wake levels: the newest price, and the highest with them.</summary>
    public void Remember(int product, long last, long highest)
    {
        _pairs[product].Last = last;
        _pairs[product].Highest = highest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnTick(ref TradingEvent e)
    {
        ref ProtectedPair pair = ref _pairs[e.Product];
        long price = e.Price;
        if (e.TickVerdict == TickVerdict.Accepted && price < pair.WakeAbove && price > pair.WakeBelow)
        {
            pair.Last = price;
            pair.Highest = Math.Max(pair.Highest, price);
            return;
        }

        OnWakingTick(ref e, ref pair);
    }

    public void OnOther(ref TradingEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.OrderReport:
                OnReport(ref e, ref _pairs[e.Product]);
                break;
            case EventKind.Control when e.Product >= 0:
                OnControl(ref e, ref _pairs[e.Product]);
                break;
            case EventKind.Timer:
                OnTimer(ref e);
                break;
            case EventKind.ProductChanged:
                OnProduct(ref e, ref _pairs[e.Product]);
                break;
            case EventKind.Coins:
                OnCoins(ref e, ref _pairs[e.Product]);
                break;
            case EventKind.FeedState when e.Health == HealthFlag.FeedDown:
                _supervisor.Clock.SetFeed(e.Product, isDown: e.Quantity != 0, e.NowNs);
                break;
            case EventKind.FeedState when e.Product >= 0:
                OnHealth(in e, ref _pairs[e.Product]);
                break;
            default:
                break;      // entries, intents and balances change nothing that a stop depends on
        }
    }

    public void Recover(in OrderEntry order) => _orders.AddStored(in order);

    /// <summary>Takes over how many coins of a pair's position orders of others hold, ring units.</summary>
    public void RecoverContested(int product, long contested) => _coins.Recover(product, contested);

    /// <summary>Takes over a position; its orders were taken over before.</summary>
    public void Recover(StoredPosition position, long held, long nowNs)
    {
        ref ProtectedPair pair = ref _pairs[position.Product];
        PairSurvey survey = PairSurvey.Of(_orders, position.Product);
        pair.Held = held;
        pair.Highest = position.Highest;
        pair.Last = position.Highest;       // until the first tick; below it nothing is decided
        pair.Trigger = held == 0 ? 0 : position.Trigger;
        pair.AcknowledgedTrigger = survey.Stops > 0 ? pair.Trigger : 0;
        pair.State = held == 0 ? StopState.Closed
            : survey.Exits > survey.Sales || IsBrokenExit(position, in survey) ? StopState.Exiting
            : survey.HasTriggeredStop ? StopState.Triggered
            : survey.Stops > 0 ? StopState.Resting
            : StopState.Placing;
        pair.Exit = pair.State != StopState.Exiting ? ExitReason.None
            : position.Reason == ExitReason.None ? ExitReason.TrailingStop : position.Reason;
        pair.TriggeredAtNs = pair.State == StopState.Triggered ? nowNs : 0;
        pair.VenueRetryNs = survey.HasExit ? _supervisor.SellDeadlineNs(position.Product, nowNs) : 0;
        pair.Reduction = survey.Sales > 0 ? ReductionStep.Selling : ReductionStep.None;
        _supervisor.Reductions.Begin(position.Product, nowNs);
    }

    // What was sold in part with nothing left at the venue to sell the rest was being sold when the engine ended.
    private static bool IsBrokenExit(StoredPosition position, in PairSurvey survey) =>
        position.Reason != ExitReason.None && survey.Stops == 0;

    /// <summary>
    /// Everything was taken over: the first timer looks at every pair that has something. What the mode forbids is
    /// forbidden as if it had been entered now.
    /// </summary>
    public void Recover(TradingMode mode)
    {
        for (int i = 0; i < _pairs.Length; i++)
        {
            _pairs[i].MovesSuspended = mode == TradingMode.Halted;
            _pairs[i].EntriesBarred = mode != TradingMode.Trading;
            bool hasSomething = _pairs[i].Held > 0 || _orders.FirstOf(i) >= 0;
            _supervisor.Begin(i, ref _pairs[i], isDue: hasSomething);
        }
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section("ratchet");
        writer.Write(Woken);
        writer.Write(MemoryMarshal.AsBytes(_pairs.AsSpan()));
        writer.Write(_intake.Contradictions);
        writer.Write(_supervisor.PairsNeedingTime);
        _supervisor.Clock.Save(writer);
        _grid.Save(writer);
        _coins.Save(writer);
        _supervisor.Pace.Save(writer);
        _supervisor.Reductions.Save(writer);
        _orders.Save(writer);
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("ratchet");
        Woken = reader.ReadInt64();
        reader.ReadInto<ProtectedPair>(_pairs);
        _intake.Contradictions = reader.ReadInt64();
        _supervisor.PairsNeedingTime = reader.ReadInt32();
        _supervisor.Clock.Restore(reader);
        _grid.Restore(reader);
        _coins.Restore(reader);
        _supervisor.Pace.Restore(reader);
        _supervisor.Reductions.Restore(reader);
        _orders.Restore(reader);
        for (int i = 0; i < _pairs.Length; i++)
        {
            _supervisor.SetWakeLevels(i, ref _pairs[i]);    // the trail may have been configured anew
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnWakingTick(ref TradingEvent e, ref ProtectedPair pair)
    {
        if (e.TickVerdict is not (TickVerdict.Accepted or TickVerdict.AcceptedRange))
        {
            return;     // held back or repeated: it moves nothing
        }

        bool isRange = e.TickVerdict == TickVerdict.AcceptedRange;
        long low = isRange ? e.RangeLow : e.Price;
        long high = isRange ? e.RangeHigh : e.Price;
        pair.Last = e.Price;
        if (low > pair.WakeBelow && high < pair.WakeAbove)
        {
            pair.Highest = Math.Max(pair.Highest, high);
            return;
        }

        Woken++;
        if (pair.Held > 0)
        {
            // Low before high: which came first is not known, so the stop is believed to have been hit at the old
            // trigger.
            StopIntake.SeeLow(ref pair, low, e.NowNs);
        }

        pair.Highest = Math.Max(pair.Highest, high);
        Supervise(ref e, ref pair);
    }

    private void OnReport(ref TradingEvent e, ref ProtectedPair pair)
    {
        _intake.Apply(ref e, ref pair);
        _bar.Follow(in e, in pair);
        Supervise(ref e, ref pair);
    }

    private void OnProduct(ref TradingEvent e, ref ProtectedPair pair)
    {
        _grid.Change(e.Product, e.Price, e.Quantity);
        pair.TakesNoOrders = e.Count == 0;
        pair.IsBlockTold &= pair.TakesNoOrders;
        pair.WasStopInvalid = false;        // it may have been the grid
        pair.Unblock();
        Supervise(ref e, ref pair);
    }

    private void OnCoins(ref TradingEvent e, ref ProtectedPair pair)
    {
        if (_coins.HaveLeft(in e, pair.Held))
        {
            e.CoinsLeft = true;
            pair.Held = Math.Max(e.Quantity, 0);
            pair.MustShrink = true;
        }

        if (_coins.ChangesSellable(in e, pair.Held) || e.CoinsLeft)
        {
            Supervise(ref e, ref pair);
        }
    }

    // What a stop's move costs has changed: when it is due is reckoned anew, the next tick decides.
    private void OnHealth(in TradingEvent e, ref ProtectedPair pair)
    {
        if (e.Health == HealthFlag.StopMovesSlow)
        {
            pair.MovesSlow = e.Quantity != 0;
            _supervisor.SetWakeLevels(e.Product, ref pair);
        }
        else if (e.Health == HealthFlag.StopMovesPaced)
        {
            _supervisor.Pace.Set(e.Product, e.Quantity);       // counts from the next move on
        }
        else if (e.Health == HealthFlag.SellsAtOnce)
        {
            _supervisor.Reductions.SetSellsAtOnce(e.Product, e.Quantity != 0);
        }
        else if (e.Health == HealthFlag.StopEditsUnproven)
        {
            _grid.SetUnproven(e.Product, e.Quantity != 0);
            _supervisor.SetWakeLevels(e.Product, ref pair);
        }
    }

    private void OnControl(ref TradingEvent e, ref ProtectedPair pair)
    {
        switch (e.Action)
        {
            case ControlAction.Liquidate:
                pair.Exit = pair.Exit == ExitReason.None ? (ExitReason)e.Count : pair.Exit;
                break;
            case ControlAction.CancelEntries or ControlAction.BarEntries:
                pair.EntriesBarred |= e.Action == ControlAction.BarEntries;
                _bar.Cancel(ref e);
                Mark(ref e, in pair);
                return;
            case ControlAction.DecisionRefused:
                _intake.TakeBack(ref pair, (DecisionKind)e.Count, e.Quantity);
                break;
            case ControlAction.SuspendStopMoves:
                pair.MovesSuspended = true;
                break;
            case ControlAction.AllowStopMoves:
                pair.MovesSuspended = false;
                pair.EntriesBarred = false;
                break;
            case ControlAction.Rebalance when e.Side == OrderSide.Sell:
                _supervisor.Reductions.Want(in e, ref pair);
                break;
            case ControlAction.Supervise:
                pair.RetryDue = false;
                _orders.ForgetRefusals(e.Product);
                _supervisor.CheckDeadlines(ref e, ref pair);
                Supervise(ref e, ref pair);
                _supervisor.Reductions.CancelOverdue(ref e, in pair);
                _expiry.Decide(ref e);
                return;
            default:
                return;
        }

        Supervise(ref e, ref pair);
    }

    private void OnTimer(ref TradingEvent e)
    {
        if (_expiry.IsAnyDue(e.NowNs) || IsAnyBarredDue(e.NowNs))
        {
            e.RatchetRequest = StageRequest.SuperviseAll;
            return;
        }

        if (_supervisor.PairsNeedingTime == 0)
        {
            return;
        }

        for (int i = 0; i < _pairs.Length; i++)
        {
            if (_pairs[i].NeedsTime && _supervisor.IsDue(i, in _pairs[i], e.NowNs))
            {
                e.RatchetRequest = StageRequest.SuperviseAll;
                return;
            }
        }
    }

    private bool IsAnyBarredDue(long nowNs)
    {
        for (int i = 0; i < _pairs.Length; i++)
        {
            if (_bar.IsDue(i, in _pairs[i], nowNs))
            {
                return true;
            }
        }

        return false;
    }

    private void Supervise(ref TradingEvent e, ref ProtectedPair pair)
    {
        _supervisor.Decide(ref e, ref pair);
        _bar.Decide(ref e, in pair);
        Mark(ref e, in pair);
    }

    // Without the mark the gate would not look at the decision, and Dispatch would not send what nobody approved.
    private static void Mark(ref TradingEvent e, in ProtectedPair pair)
    {
        e.Supervision = pair.Exit != ExitReason.None || pair.State == StopState.Triggered ? SupervisionMark.Exiting
            : e.Supervision == SupervisionMark.ReductionEnded ? SupervisionMark.ReductionEnded
            : SupervisionMark.Protected;
        e.Highest = pair.Highest;
    }
}
