using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// The orders one stage knows: found by sequence, listed by pair. Ratchet, RiskGate and Dispatch each keep their own
/// and bring it up to date from the same reports.
/// </summary>
/// <remarks>
/// Thread: that of the owning stage. Allocation: none after construction. A finished order stays, for late fills, until
/// its place is needed: the one that finished first goes first. Not finished orders never go; a full table of those is
/// an invariant failure.
/// </remarks>
internal sealed class OrderTable
{
    private readonly OrderEntry[] _entries;
    private readonly SequenceIndex _indexOfSequence;
    private readonly int[] _firstOfPair;    // index + 1 of the newest open order of the pair; 0 = none
    private readonly int[] _finished;       // ring of indices in the order they finished
    private int _finishedHead;
    private int _finishedCount;
    private int _used;

    public OrderTable(int pairs, int capacity)
    {
        _entries = new OrderEntry[capacity];
        _indexOfSequence = new SequenceIndex(capacity);
        _firstOfPair = new int[pairs];
        _finished = new int[capacity];
    }

    /// <summary>Reports and events that contradict what is known; counted, never fatal.</summary>
    public long Contradictions { get; private set; }

    /// <summary>Orders that are not finished; any thread, as it was a moment ago.</summary>
    public int Open => _used - _finishedCount;

    public ref OrderEntry this[int index] => ref _entries[index];

    /// <summary>
    /// Index of the pair's newest order that is not finished, −1 when there is none; go on with <see cref="NextOf"/>.
    /// </summary>
    public int FirstOf(int product) => _firstOfPair[product] - 1;

    public int NextOf(int index) => _entries[index].Next - 1;

    /// <summary>Index of an order, −1 when it is not known.</summary>
    public int Find(long sequence) => _indexOfSequence.Find(sequence);

    /// <summary>Adds an order; the sequence must be new.</summary>
    public int Add(in OrderEntry order)
    {
        int index = Place(order.Sequence);
        _entries[index] = order;
        Link(index, order.Product);
        return index;
    }

    /// <summary>Adds an order as it was written down, which may be finished.</summary>
    public int AddStored(in OrderEntry order)
    {
        int index = Place(order.Sequence);
        _entries[index] = order;
        if (OrderTransitions.IsFinal(order.State))
        {
            _finished[(_finishedHead + _finishedCount++) % _finished.Length] = index;
        }
        else
        {
            Link(index, order.Product);
        }

        return index;
    }

    /// <summary>
    /// Adds an order to be filled in where it stands: a copy of one that was just written waits for its stores.
    /// </summary>
    /// <returns>All fields empty but the sequence and the product.</returns>
    public ref OrderEntry Add(long sequence, int product, out int index)
    {
        index = Place(sequence);
        ref OrderEntry entry = ref _entries[index];
        entry = default;
        entry.Sequence = sequence;
        entry.Product = (short)product;
        Link(index, product);
        return ref entry;
    }

    /// <summary>
    /// Adds an order of an earlier start that no row knows. An exit sells all that is held; what sells less was to
    /// leave the rest protected.
    /// </summary>
    /// <param name="e">The report that names it.</param>
    /// <param name="increment">Smallest step of the pair's quantities, ring units.</param>
    /// <param name="held">What is held before the order trades, ring units.</param>
    /// <param name="positionId">The position; 0 where positions have no rows.</param>
    public int AddTakenOver(in TradingEvent e, long increment, long held, long positionId = 0)
    {
        int index = AddReported(in e, positionId);
        ref OrderEntry order = ref _entries[index];
        if (order.Purpose == OrderPurpose.Exit && order.Quantity <= held - increment)
        {
            order.Purpose = OrderPurpose.Reduce;
        }

        return index;
    }

    /// <summary>Adds an order that a report is the first to name.</summary>
    public int AddReported(in TradingEvent e, long positionId = 0)
    {
        ref OrderEntry order = ref Add(e.OrderSequence, e.Product, out int index);
        order.Side = e.Side;
        order.Type = e.OrderType;
        order.Purpose = e.Side == OrderSide.Buy ? OrderPurpose.Entry
            : e.OrderType == OrderType.StopLimit ? OrderPurpose.Stop
            : OrderPurpose.Exit;
        order.State = OrderState.Submitted;
        order.Limit = e.Price;
        order.Trigger = e.Low;
        order.Quantity = e.Quantity;
        order.CreatedAtNs = e.NowNs;
        order.PositionId = positionId;
        return index;
    }

    /// <summary>What the venue would not cancel may be asked for again.</summary>
    public void ForgetRefusals(int product)
    {
        for (int i = FirstOf(product); i >= 0; i = NextOf(i))
        {
            _entries[i].CancelRefused = false;
        }
    }

    /// <summary>Moves an order through <see cref="OrderTransitions"/>.</summary>
    /// <returns>False for a contradiction, which is counted and changes nothing.</returns>
    public bool Apply(int index, OrderEvent happened)
    {
        ref OrderEntry entry = ref _entries[index];
        OrderState next = OrderTransitions.Next(entry.State, happened);
        if (next == OrderState.None)
        {
            Contradictions++;
            return false;
        }

        bool wasFinished = OrderTransitions.IsFinal(entry.State);
        bool isFinished = OrderTransitions.IsFinal(next);
        entry.State = next;
        if (isFinished && !wasFinished)
        {
            Unlink(index);
            Invariant.Check(_finishedCount < _finished.Length, InvariantRule.OrderTableOverflow);
            _finished[(_finishedHead + _finishedCount++) % _finished.Length] = index;
        }
        else if (wasFinished && !isFinished)
        {
            Revive(index);
        }

        return true;
    }

    /// <summary>Brings an order up to date from a report: quantity and value of a fill once, then the state.</summary>
    /// <returns>Quantity of the fill that this report adds, ring units; 0 when it adds none.</returns>
    public long ApplyReport(int index, in TradingEvent e)
    {
        ref OrderEntry entry = ref _entries[index];
        if (e.Report == ReportKind.HandedBack && !entry.IsRepetition(e.Report)
            && Find(e.RelatedSequence) is >= 0 and int stays)
        {
            Apply(stays, OrderEvent.CancelRejected);        // nobody asked the venue: it may be asked for at once
        }

        long growth = e.CumulativeQuantity - entry.Cumulative;
        if (growth > 0)
        {
            entry.Cumulative = e.CumulativeQuantity;
            entry.FilledValue += e.FillValue;
            entry.Fees += e.Fee;
            Apply(index, entry.Cumulative >= entry.Quantity ? OrderEvent.CompleteFill : OrderEvent.PartialFill);
        }

        if (e.Report is ReportKind.CancelRejected)
        {
            entry.CancelRefused = true;
        }

        entry.Reported |= (ushort)(1 << (int)e.Report);
        if (EventOf(e.Report) is { } happened && entry.State != OrderState.Filled)
        {
            Apply(index, happened);
        }

        return Math.Max(growth, 0);
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section("orders");
        writer.Write(Contradictions);
        writer.Write(_used);
        writer.Write(_finishedHead);
        writer.Write(_finishedCount);
        writer.Write(MemoryMarshal.AsBytes(_entries.AsSpan(0, _used)));
        writer.Write(MemoryMarshal.AsBytes(_firstOfPair.AsSpan()));
        for (int i = 0; i < _finishedCount; i++)
        {
            writer.Write(_finished[(_finishedHead + i) % _finished.Length]);
        }
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("orders");
        Contradictions = reader.ReadInt64();
        _used = reader.ReadInt32();
        _finishedHead = reader.ReadInt32();
        _finishedCount = reader.ReadInt32();
        reader.ReadInto(RoomFor(_used));
        reader.ReadInto<int>(_firstOfPair);
        for (int i = 0; i < _finishedCount; i++)
        {
            _finished[(_finishedHead + i) % _finished.Length] = reader.ReadInt32();
        }

        _indexOfSequence.Clear();
        for (int i = 0; i < _used; i++)
        {
            _indexOfSequence.Add(_entries[i].Sequence, i);
        }
    }

    private Span<OrderEntry> RoomFor(int count) => count >= 0 && count <= _entries.Length
        ? _entries.AsSpan(0, count)
        : throw new InvalidDataException($"{count} orders do not fit {_entries.Length} places");

    private static OrderEvent? EventOf(ReportKind report) => report switch
    {
        ReportKind.Ack or ReportKind.Replaced or ReportKind.TakenOver => OrderEvent.Ack,
        ReportKind.Triggered => OrderEvent.Triggered,
        ReportKind.Cancelled => OrderEvent.Cancelled,
        ReportKind.CancelRejected => OrderEvent.CancelRejected,
        ReportKind.Rejected => OrderEvent.Rejected,
        ReportKind.Expired => OrderEvent.Expired,
        ReportKind.Unknown => OrderEvent.Lost,
        ReportKind.ProvenAbsent or ReportKind.HandedBack => OrderEvent.ProvenAbsent,
        _ => null,      // a fill is told by the growth of the cumulative quantity
    };

    private int Place(long sequence)
    {
        int index = _used < _entries.Length ? _used++ : EvictOldestFinished();
        _indexOfSequence.Add(sequence, index);
        PrefetchNextPlace();
        return index;
    }

    // The table is larger than the core's own cache and its places are used in turn, so the next one is always cold: it
    // is brought in while this order is on its way. Measured: half of the time of a moved stop was waiting for it.
    private void PrefetchNextPlace()
    {
        int next = _used < _entries.Length ? _used : _finishedCount > 0 ? _finished[_finishedHead] : -1;
        if (next >= 0)
        {
            CacheLine.Prefetch(ref _entries[next]);
        }
    }

    // The venue took it after all: it counts again, and its place must not be given away. Rare, so the search may be
    // slow.
    private void Revive(int index)
    {
        int kept = 0;
        for (int i = 0; i < _finishedCount; i++)
        {
            int finished = _finished[(_finishedHead + i) % _finished.Length];
            if (finished != index)
            {
                _finished[(_finishedHead + kept++) % _finished.Length] = finished;
            }
        }

        _finishedCount = kept;
        Link(index, _entries[index].Product);
    }

    private int EvictOldestFinished()
    {
        Invariant.Check(_finishedCount > 0, InvariantRule.OrderTableOverflow);
        int index = _finished[_finishedHead];
        _finishedHead = (_finishedHead + 1) % _finished.Length;
        _finishedCount--;
        _indexOfSequence.Remove(_entries[index].Sequence);
        return index;
    }

    private void Link(int index, int product)
    {
        ref OrderEntry entry = ref _entries[index];
        ref int first = ref _firstOfPair[product];
        entry.Previous = 0;
        entry.Next = first;
        if (first != 0)
        {
            _entries[first - 1].Previous = index + 1;
        }

        first = index + 1;
    }

    private void Unlink(int index)
    {
        ref OrderEntry entry = ref _entries[index];
        if (entry.Previous != 0)
        {
            _entries[entry.Previous - 1].Next = entry.Next;
        }
        else
        {
            _firstOfPair[entry.Product] = entry.Next;
        }

        if (entry.Next != 0)
        {
            _entries[entry.Next - 1].Previous = entry.Previous;
        }

        entry.Next = 0;
        entry.Previous = 0;
    }
}
