using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Our orders as the venue has them, and what of it was reported: a look that shows no growth reports nothing, so
/// looks may be repeated, reordered and replayed.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. Allocation: none after construction. An order that is done stays, for late fills,
/// until its place is needed; the one that was done first goes first.
/// </remarks>
internal sealed class VenueOrderBook
{
    private readonly VenueOrder[] _orders;
    private readonly Dictionary<long, int> _bySequence;
    private readonly Dictionary<(long Epoch, long Sequence), int> _byClientId;
    private readonly int[] _live;
    private readonly Queue<int> _done;
    private readonly ReportBuffer _reports;
    private readonly FillPricing _pricing;
    private long _newestEpoch;
    private int _used;

    public VenueOrderBook(IReadOnlyList<PairSetup> pairs, ReportBuffer reports, int capacity)
    {
        _orders = new VenueOrder[capacity];
        _bySequence = new Dictionary<long, int>(capacity);
        _byClientId = new Dictionary<(long, long), int>(capacity);
        _live = new int[capacity];
        _done = new Queue<int>(capacity * 2);
        _reports = reports;
        _pricing = new FillPricing(pairs);
    }

    /// <summary>Orders that are not done.</summary>
    public ReadOnlySpan<int> Live => _live.AsSpan(0, LiveCount);

    public int LiveCount { get; private set; }

    /// <summary>Looks that cannot be: another venue id, less traded than before, an end taken back, no value.</summary>
    public long Contradictions { get; private set; }

    /// <summary>Looks at an order that is over as if it still worked: older than what is known, ignored.</summary>
    public long Regressions { get; private set; }

    /// <summary>Orders that traded more than they were for.</summary>
    public long Overfills { get; private set; }

    /// <summary>Fees that the venue has added and that could not be reported yet, quote.</summary>
    public decimal LateFees { get; private set; }

    /// <summary>How long moves by cancel and a new order took.</summary>
    public MoveTimes Moves { get; } = new();

    public ref VenueOrder this[int index] => ref _orders[index];

    /// <summary>Index of an order by our number; −1 when it is not known.</summary>
    public int Find(long sequence) => _bySequence.TryGetValue(sequence, out int index) ? index : -1;

    /// <summary>Index of the order that stands under a client id at the venue; −1 when it is not known.</summary>
    public int FindAtVenue(long epoch, long sequence) =>
        _byClientId.TryGetValue((epoch, sequence), out int index) ? index : -1;

    /// <summary>Newest of the orders that somebody looks for; searches them all, so it is for what is rare.</summary>
    /// <param name="isWanted">Whether it is one, by its index.</param>
    /// <returns>Its index; −1 when there is none.</returns>
    public int FindNewest(Func<int, bool> isWanted)
    {
        int newest = -1;
        for (int i = 0; i < _used; i++)
        {
            if ((newest < 0 || _orders[i].Sequence > _orders[newest].Sequence) && isWanted(i))
            {
                newest = i;
            }
        }

        return newest;
    }

    /// <summary>Adds an order whose sequence is new.</summary>
    /// <exception cref="InvalidOperationException">All places are taken by orders that are not done.</exception>
    public int Add(in OrderCommand command, long epoch)
    {
        int index = _used < _orders.Length ? _used++ : EvictOldestDone();
        ref VenueOrder order = ref _orders[index];
        order = default;
        order.Command = command;
        order.Epoch = epoch;
        order.ClientSequence = command.Sequence;
        order.VenueSize = command.Quantity;
        order.ResendAtNs = long.MaxValue;
        order.LookAtNs = long.MaxValue;
        _bySequence.Add(command.Sequence, index);
        _byClientId[(epoch, command.Sequence)] = index;
        _newestEpoch = Math.Max(_newestEpoch, epoch);
        Enliven(index);
        return index;
    }

    /// <summary>
    /// Adds an order of an earlier session as it was left; it is looked at, or its request repeated, as soon as
    /// possible, unless it is done.
    /// </summary>
    public void TakeBack(in VenueOrder left)
    {
        int index = Add(in left.Command, left.Epoch);
        int place = _orders[index].LivePlace;
        _orders[index] = left;
        ref VenueOrder order = ref _orders[index];
        order.LivePlace = place;
        bool isRepeated = left is { Phase: OrderPhase.Unknown, IsProtective: true, IsRestored: false };
        order.Resend = WireAction.Create;
        order.ResendAtNs = isRepeated ? 0 : long.MaxValue;
        order.LookAtNs = 0;
        _byClientId[(left.Epoch, left.ClientSequence)] = index;
        if (left.IsDone)
        {
            Retire(index, left.IsDoneByProof);
        }
    }

    /// <summary>The venue has taken the order; reports it unless that was done and is not in doubt.</summary>
    public void Acknowledge(int index, long nowNs)
    {
        ref VenueOrder order = ref _orders[index];
        bool isNews = !order.IsAcknowledged || order.Phase == OrderPhase.Unknown || order.IsDoneByProof;
        if (order.IsDone && !order.IsDoneByProof)
        {
            return;
        }

        Enliven(index);
        order.Phase = OrderPhase.Working;
        order.IsAcknowledged = true;
        order.AbsentSinceNs = 0;
        order.RefusedAtNs = 0;
        if (isNews)
        {
            bool isReplacement = order.Command.Replaces != 0;
            ref TradingEvent report = ref _reports.Add(
                isReplacement ? ReportKind.Replaced : ReportKind.Ack, in order, nowNs);
            report.RelatedSequence = order.Command.Replaces;
            Moves.Complete(ref order, nowNs);
        }
    }

    /// <summary>Takes a look in: acknowledgement, trigger, growth, end, in this order, each once.</summary>
    /// <returns>False when the look contradicts what is known and was ignored.</returns>
    public bool Apply(int index, in OrderView view, long nowNs)
    {
        ref VenueOrder order = ref _orders[index];
        if (!view.Id.IsEmpty && !order.Id.IsEmpty && !order.Id.Equals(view.Id))
        {
            Contradictions++;
            return false;
        }

        order.Id = order.Id.IsEmpty ? view.Id : order.Id;
        Regressions += order is { IsDone: true, IsDoneByProof: false } && view.Status == VenueStatus.Open ? 1 : 0;
        if (view.Status is not (VenueStatus.None or VenueStatus.Failed))
        {
            Acknowledge(index, nowNs);
        }

        if (view.IsTriggered)
        {
            Trigger(index, nowNs);
        }

        bool isPlausible = Grow(ref order, in view, nowNs);
        if (isPlausible && OursOf(in order, view.Filled - order.BaseFilled) == order.Filled)
        {
            End(index, in view, nowNs);
        }

        return isPlausible;
    }

    /// <summary>The stop's trigger was reached.</summary>
    public void Trigger(int index, long nowNs)
    {
        ref VenueOrder order = ref _orders[index];
        if (!order.IsTriggered && !order.IsDone && order.Command.Type == OrderType.StopLimit)
        {
            order.IsTriggered = true;
            _ = ref _reports.Add(ReportKind.Triggered, in order, nowNs);
        }
    }

    /// <summary>Ends an order with a report of a kind that ends it.</summary>
    public void Finish(
        int index, ReportKind kind, RejectReason reason, bool byProof, long nowNs, long venueTimeNs = 0,
        long related = 0)
    {
        ref VenueOrder order = ref _orders[index];
        if (order.IsDone)
        {
            return;
        }

        Retire(index, byProof);
        ref TradingEvent report = ref _reports.Add(kind, in order, nowNs);
        report.Reason = reason;
        report.RelatedSequence = related;
        report.VenueTimeNs = venueTimeNs;
    }

    /// <summary>Reports something that does not end the order.</summary>
    public void Tell(int index, ReportKind kind, RejectReason reason, long nowNs) =>
        _reports.Add(kind, in _orders[index], nowNs).Reason = reason;

    /// <summary>An edit was carried out: the venue's order is from now on our newer one.</summary>
    public void MoveByEdit(int from, int to, long nowNs)
    {
        ref VenueOrder old = ref _orders[from];
        ref VenueOrder moved = ref _orders[to];
        moved.Id = old.Id;
        moved.ClientSequence = old.ClientSequence;
        moved.Epoch = old.Epoch;
        moved.BaseFilled = old.BaseFilled + old.Filled;
        moved.BaseValue = old.BaseValue + old.Value;
        moved.BaseFees = old.BaseFees + old.Fees;
        moved.WasEdited = true;
        moved.WasCancelAsked |= old.WasCancelAsked;
        moved.Phase = OrderPhase.Replacing;
        moved.DeadlineNs = 0;
        moved.LookAtNs = long.MaxValue;
        moved.ResendAtNs = long.MaxValue;
        old.ReplacedBy = 0;
        _byClientId[(old.Epoch, old.ClientSequence)] = to;
        Retire(from, byProof: false);
        Acknowledge(to, nowNs);
        if (old.IsTriggered)
        {
            Trigger(to, nowNs);     // that of the venue's order, which both are
        }
    }

    /// <summary>Lists which of our orders stands under which of the venue's ids.</summary>
    public void ListIds(Dictionary<string, long> ids)
    {
        for (int i = 0; i < _used; i++)
        {
            // Of an order that was edited, only the newest sequence: it takes what the venue says of it.
            ref VenueOrder order = ref _orders[i];
            if (!order.Id.IsEmpty && FindAtVenue(order.Epoch, order.ClientSequence) == i)
            {
                ids[order.Id.ToString()] = order.Sequence;
            }
        }
    }

    /// <summary>Takes a done order out of the list of live ones.</summary>
    private void Retire(int index, bool byProof)
    {
        ref VenueOrder order = ref _orders[index];
        order.Phase = OrderPhase.Done;
        order.IsDoneByProof = byProof;
        order.LookAtNs = long.MaxValue;
        order.ResendAtNs = long.MaxValue;
        order.Cancel = CancelPhase.None;
        int last = _live[--LiveCount];
        _live[order.LivePlace - 1] = last;
        _orders[last].LivePlace = order.LivePlace;
        order.LivePlace = 0;
        _done.Enqueue(index);
    }

    private void Enliven(int index)
    {
        ref VenueOrder order = ref _orders[index];
        if (order.LivePlace == 0)
        {
            order.IsDoneByProof = false;
            _live[LiveCount++] = index;
            order.LivePlace = LiveCount;
        }
    }

    // What a sell sold beyond its quantity was never ours: neither those coins nor what they brought.
    private static long OursOf(in VenueOrder order, long filled) =>
        order.IsSell ? Math.Min(filled, order.Command.Quantity) : filled;

    private bool Grow(ref VenueOrder order, in OrderView view, long nowNs)
    {
        long told = view.Filled - order.BaseFilled;
        long filled = OursOf(in order, told);
        Overfills += told > order.Command.Quantity && !order.IsOverfilled ? 1 : 0;
        order.IsOverfilled |= told > order.Command.Quantity;
        decimal fees = view.Fees - order.BaseFees;
        if (filled <= order.Filled)
        {
            bool isOlder = told < order.Filled;
            decimal late = isOlder ? order.LateFees : Math.Max(fees - order.Fees, order.LateFees);
            LateFees += late - order.LateFees;
            order.LateFees = late;
            return true;        // what was overtaken says nothing new
        }

        decimal value = view.Value - order.BaseValue - order.Value;
        decimal fee = fees - order.Fees;
        if (told > filled)
        {
            decimal share = (decimal)(filled - order.Filled) / (told - order.Filled);
            value = decimal.Round(value * share, ProductSpec.UnitDecimals, MidpointRounding.ToZero);
            fee = decimal.Round(fee * share, ProductSpec.UnitDecimals, MidpointRounding.AwayFromZero);
        }

        long price = value <= 0m ? 0 : _pricing.PriceOf(order.Command.Product, value, filled - order.Filled);
        if (price is <= 0 or long.MaxValue)
        {
            Contradictions++;
            return false;
        }

        fee = Math.Max(fee, 0m);
        order.Filled = filled;
        order.Value += value;
        order.Fees += fee;
        LateFees -= order.LateFees;
        order.LateFees = 0m;
        ref TradingEvent report = ref _reports.Add(ReportKind.Fill, in order, nowNs);
        report.Price = price;
        report.FillValue = value;
        report.Fee = fee;
        report.Liquidity = view.Liquidity;
        report.VenueTimeNs = view.VenueTimeNs;
        return true;
    }

    private void End(int index, in OrderView view, long nowNs)
    {
        ref VenueOrder order = ref _orders[index];
        if (order.IsDone)
        {
            return;
        }

        switch (view.Status)
        {
            case VenueStatus.Filled when order.Filled >= order.Command.Quantity:
                Retire(index, byProof: false);      // the last fill has told it
                break;
            case VenueStatus.Filled:
                // The venue's order was for less: a part was sold while the order was being replaced.
                Finish(index, ReportKind.Expired, RejectReason.None, byProof: false, nowNs, view.VenueTimeNs);
                break;
            case VenueStatus.Cancelled:
                Finish(index, ReportKind.Cancelled, CancelledBy(in order), byProof: false, nowNs, view.VenueTimeNs);
                break;
            case VenueStatus.Expired:
            case VenueStatus.Failed when order.Filled > 0:
                Finish(index, ReportKind.Expired, RejectReason.None, byProof: false, nowNs, view.VenueTimeNs);
                break;
            case VenueStatus.Failed:
                Finish(index, ReportKind.Rejected, RejectReason.None, byProof: false, nowNs, view.VenueTimeNs);
                break;
            default:
                break;
        }
    }

    // What rests ends only when somebody asks; orders that trade at once or never end like this by themselves. A cancel
    // of ours may have been carried out although its answer was lost or said otherwise.
    private static RejectReason CancelledBy(in VenueOrder order) =>
        !order.WasCancelAsked && order.Command.Type is OrderType.StopLimit or OrderType.Limit
            ? RejectReason.CancelledByOther
            : RejectReason.None;

    private void Forget(long epoch, long sequence, int index)
    {
        if (FindAtVenue(epoch, sequence) == index)
        {
            _ = _byClientId.Remove((epoch, sequence));
        }
    }

    private int EvictOldestDone()
    {
        while (_done.TryDequeue(out int index))
        {
            ref VenueOrder order = ref _orders[index];
            if (order.IsDone)
            {
                _ = _bySequence.Remove(order.Sequence);
                Forget(order.Epoch, order.ClientSequence, index);
                Forget(order.Epoch, order.Sequence, index);     // its own name, which an edit left unused
                Forget(_newestEpoch, order.Sequence, index);
                return index;
            }
        }

        throw new InvalidOperationException($"{_orders.Length} orders work at once; there is no place for another");
    }
}
