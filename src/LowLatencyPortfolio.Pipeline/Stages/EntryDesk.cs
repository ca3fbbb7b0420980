using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// The risk gate's handling of entries: sizing, slots and queue, when each is reviewed and what follows from the
/// verdict, and the capital that entries on their way reserve. <see cref="EntryReviewer"/> gives the verdict.
/// </summary>
/// <remarks>
/// Source: SPEC 8 and 9. A queued entry was reviewed when it came, holds its reservation, and is reviewed whole again
/// for its slot.
/// </remarks>
internal sealed class EntryDesk
{
    private const int QueueCapacity = 256;

    private readonly PairSetup[] _setups;
    private readonly GateState _gate;
    private readonly GatedPair[] _pairs;
    private readonly OrderTable _orders;
    private readonly PairSteps[] _steps;
    private readonly long[][] _entryTimes;
    private readonly EntryReviewer _reviewer;
    private readonly long[] _queue = new long[QueueCapacity];
    private int _queueHead;
    private int _queueCount;
    private int _slotsUsed;
    private bool _reviewRequested;

    public EntryDesk(PairSetup[] setups, PipelineOptions options, GateState gate)
    {
        _setups = setups;
        _gate = gate;
        _pairs = gate.Pairs;
        _orders = gate.Orders;
        _steps = [.. setups.Select(PairSteps.Of)];
        _entryTimes = [.. setups.Select(setup => new long[setup.Config.MaxEntriesPerHour])];
        _reviewer = new EntryReviewer(setups, options, gate, _steps, _entryTimes);
    }

    /// <summary>Entries that wait for a slot.</summary>
    public int Queued => _queueCount;

    public void OnEntry(ref TradingEvent e)
    {
        OrderEntry order = new()
        {
            Product = (short)e.Product,
            Source = e.Source,
            Side = OrderSide.Buy,
            Type = e.OrderType,
            Purpose = OrderPurpose.Entry,
            State = OrderState.Intended,
            Limit = e.OrderType == OrderType.Market ? 0 : e.Price,
            Quantity = e.Quantity,
            CreatedAtNs = e.NowNs,
        };
        Price(ref order);
        e.Verdict = _reviewer.Review(in order, e.NowNs);
        if (e.Verdict == RiskVerdict.Approved && (_slotsUsed >= _gate.Config.MaxConcurrentEntries || _queueCount > 0))
        {
            e.Verdict = _queueCount < QueueCapacity ? RiskVerdict.Queued : RiskVerdict.EntryQueueFull;
        }

        if (e.Verdict is RiskVerdict.Approved or RiskVerdict.Queued)
        {
            Admit(ref order, isQueued: e.Verdict == RiskVerdict.Queued, e.NowNs);
        }

        Tell(ref e, in order);
    }

    public void OnReviewDue(ref TradingEvent e)
    {
        _reviewRequested = false;
        if (_queueCount == 0)
        {
            return;
        }

        int index = _orders.Find(_queue[_queueHead]);
        _queueHead = (_queueHead + 1) % QueueCapacity;
        _queueCount--;
        ref OrderEntry order = ref _orders[index];
        order.Queued = false;
        SumWorkingBuys(e.Product, except: order.Sequence);
        e.Verdict = _reviewer.Review(in order, e.NowNs, wasCounted: true);
        if (e.Verdict == RiskVerdict.Approved)
        {
            TakeSlot(ref order);
        }
        else
        {
            _orders.Apply(index, OrderEvent.Abandon);
        }

        Tell(ref e, in order);
        UpdateWorkingBuys(e.Product);
    }

    public void OnIntentResult(ref TradingEvent e)
    {
        int index = _orders.Find(e.OrderSequence);
        if (index < 0 || _orders[index].State != OrderState.Intended)
        {
            _gate.UnknownOrderReports++;
            return;
        }

        ref OrderEntry order = ref _orders[index];
        e.Verdict = e.Kind == EventKind.IntentFailed
            ? RiskVerdict.IntentNotDurable
            : _reviewer.ReviewAgain(in order, e.NowNs);
        _orders.Apply(index, e.Verdict == RiskVerdict.Approved ? OrderEvent.Sent : OrderEvent.Abandon);
        FreeSlotIfDone(ref order);
        Tell(ref e, in order);
        UpdateWorkingBuys(e.Product);
    }

    /// <summary>Whether a part of the pair's position may be sold, by what is known of mode, pair and price.</summary>
    public RiskVerdict ReviewReduction(int product, long nowNs) => _reviewer.ReviewReduction(product, nowNs);

    public void OnReport(ref OrderEntry order) => FreeSlotIfDone(ref order);

    /// <summary>Takes over an entry that no row knew: from now on it exposes what one of ours would.</summary>
    public void TakeOver(ref OrderEntry order)
    {
        if (order.Side == OrderSide.Buy)
        {
            Price(ref order);
        }
    }

    /// <summary>Takes over an entry of an earlier engine; one that nobody knows of holds a slot.</summary>
    public void Recover(ref OrderEntry order)
    {
        if (order.Side != OrderSide.Buy)
        {
            return;
        }

        order.ExposurePrice = _setups[order.Product].Product.PriceOf(order.Limit);
        order.HoldsSlot = order.State == OrderState.Unknown;
        _slotsUsed += order.HoldsSlot ? 1 : 0;
    }

    /// <summary>Asks for the review of the queue's head when a slot is free; one request at a time.</summary>
    public void RequestNextReview(ref TradingEvent e)
    {
        if (_queueCount == 0 || _reviewRequested
            || (_slotsUsed >= _gate.Config.MaxConcurrentEntries && _gate.Mode == TradingMode.Trading))
        {
            return;
        }

        _reviewRequested = true;
        e.RiskRequest |= StageRequest.ReviewEntry;
        e.ReviewProduct = _orders[_orders.Find(_queue[_queueHead])].Product;
    }

    /// <summary>Recomputes what the pair's queued, working and unknown buys expose and reserve.</summary>
    public void UpdateWorkingBuys(int product) => SumWorkingBuys(product, except: 0);

    /// <summary>Too small to sell on the grid of now.</summary>
    public bool IsDust(int product, long quantity, long price) =>
        quantity < _steps[product].Quantity || _setups[product].Product.IsDust(quantity, price);

    public void ChangeGrid(int product, long priceIncrement, long quantityIncrement) =>
        _steps[product] = _steps[product] with { Price = priceIncrement, Quantity = quantityIncrement };

    public void Save(CheckpointWriter writer)
    {
        writer.Section("entrydesk");
        writer.Write(_queueCount);
        for (int i = 0; i < _queueCount; i++)
        {
            writer.Write(_queue[(_queueHead + i) % QueueCapacity]);
        }

        writer.Write(_slotsUsed);
        writer.Write(_reviewRequested);
        for (int i = 0; i < _setups.Length; i++)
        {
            writer.Write(_steps[i].Price);
            writer.Write(_steps[i].Quantity);
            writer.Write(_entryTimes[i].Length);
            foreach (long time in _entryTimes[i])
            {
                writer.Write(time);
            }
        }
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("entrydesk");
        _queueHead = 0;
        _queueCount = reader.ReadInt32();
        for (int i = 0; i < _queueCount; i++)
        {
            _queue[i] = reader.ReadInt64();
        }

        _slotsUsed = reader.ReadInt32();
        _reviewRequested = reader.ReadBoolean();
        for (int i = 0; i < _setups.Length; i++)
        {
            ChangeGrid(i, reader.ReadInt64(), reader.ReadInt64());
            int stored = reader.ReadInt32();
            for (int time = 0; time < stored; time++)
            {
                // Under another configuration the ring of times has another size: what does not fit is the oldest or
                // is overwritten soon.
                _entryTimes[i][time % _entryTimes[i].Length] = reader.ReadInt64();
            }

            _gate.Intents[i].NextEntryTime %= _entryTimes[i].Length;
        }
    }

    /// <summary>The order as reviewed, for Dispatch: what was asked, sized, and who waits for the answer.</summary>
    private static void Tell(ref TradingEvent e, in OrderEntry order)
    {
        e.EntrySource = order.Source;
        e.DecisionTrigger = 0;
        e.DecisionLimit = order.Limit;
        e.DecisionQuantity = order.Quantity;
        e.Approved = e.Verdict == RiskVerdict.Approved
            ? new ApprovedOrder(
                order.Sequence, OrderPurpose.Entry, OrderSide.Buy, order.Type, order.Limit,
                0, order.Quantity, replacesStops: false)
            : default;
    }

    private void Price(ref OrderEntry order)
    {
        ProductSpec product = _setups[order.Product].Product;
        order.ExposurePrice = order.Type == OrderType.Market
            ? RiskGate.CollarCeiling(
                product.PriceOf(_pairs[order.Product].Mark), _setups[order.Product].Config.EntryCollarPct)
            : product.PriceOf(order.Limit);
        if (order.Quantity == 0 && order.ExposurePrice > 0m)
        {
            order.Quantity = SizeOf(in order);
        }
    }

    // ⌊TotalCapital·PositionSizePct/100 ÷ price⌋ on the increment. The quotient of 28 digits may round up, so it is
    // checked.
    private long SizeOf(in OrderEntry order)
    {
        decimal budget = _gate.Config.TotalCapital * _setups[order.Product].Config.PositionSizePct / 100m;
        decimal step = _steps[order.Product].Quantity / _setups[order.Product].Product.QuantityScale;
        decimal stepValue = step * order.ExposurePrice;
        decimal steps = decimal.Floor(budget / stepValue);
        if (steps * stepValue > budget)
        {
            steps--;
        }

        long units = _steps[order.Product].Quantity;
        return decimal.ToInt64(Math.Min(steps, long.MaxValue / units)) * units;
    }

    private void Admit(ref OrderEntry order, bool isQueued, long nowNs)
    {
        order.Sequence = ++_gate.NextSequence;
        order.Queued = isQueued;
        int index = _orders.Add(in order);
        if (isQueued)
        {
            _queue[(_queueHead + _queueCount++) % QueueCapacity] = order.Sequence;
        }
        else
        {
            TakeSlot(ref _orders[index]);
        }

        ref PairIntents intents = ref _gate.Intents[order.Product];
        long[] times = _entryTimes[order.Product];
        times[intents.NextEntryTime] = nowNs;
        intents.NextEntryTime = (intents.NextEntryTime + 1) % times.Length;
        intents.Recent[intents.NextIntent] =
            new RecentIntent { AtNs = nowNs, Side = order.Side, Quantity = order.Quantity, Price = order.Limit };
        intents.NextIntent = (intents.NextIntent + 1) % RecentIntents.Size;
        UpdateWorkingBuys(order.Product);
    }

    private void TakeSlot(ref OrderEntry order)
    {
        order.HoldsSlot = true;
        _slotsUsed++;
        _gate.Budget.Spend();
    }

    private void FreeSlotIfDone(ref OrderEntry order)
    {
        if (order.HoldsSlot && order.State is not (OrderState.Intended or OrderState.Submitted or OrderState.Unknown))
        {
            order.HoldsSlot = false;
            _slotsUsed--;
        }
    }

    private void SumWorkingBuys(int product, long except)
    {
        (decimal exposure, decimal quantity) = (0m, 0m);
        for (int i = _orders.FirstOf(product); i >= 0; i = _orders.NextOf(i))
        {
            ref OrderEntry order = ref _orders[i];
            if (order.Side == OrderSide.Buy && order.Sequence != except)
            {
                if (order.ExposurePrice == 0m)
                {
                    Price(ref order);       // a market entry of an engine that was killed: its price was not written
                }

                decimal remaining = _setups[product].Product.QuantityOf(order.Remaining);
                exposure += remaining * order.ExposurePrice;
                quantity += remaining;
            }
        }

        _gate.Portfolio.SetWorkingBuys(product, exposure, exposure * (1m + _gate.TakerFee), quantity);
    }
}
