namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Orders that one request cancels, and what it was answered for each.</summary>
/// <remarks>Thread: its worker's; filled under the desk's lock. Allocation: none after construction.</remarks>
internal sealed class CancelBatch
{
    /// <summary>Most orders of one request; the venue takes 100.</summary>
    public const int Capacity = 50;

    private readonly Entry[] _entries = new Entry[Capacity];

    public int Count { get; private set; }

    public bool HasRoom => Count < Capacity;

    public long SequenceOf(int i) => _entries[i].Sequence;

    public ref readonly VenueOrderId TargetOf(int i) => ref _entries[i].Target;

    public AnswerKind KindOf(int i) => _entries[i].Kind;

    public void Clear() => Count = 0;

    public void Add(long sequence, in VenueOrderId target) =>
        _entries[Count++] = new Entry { Sequence = sequence, Target = target };

    /// <summary>What holds for every order of the request; before the answer itself is read.</summary>
    public void SetAll(AnswerKind kind)
    {
        foreach (ref Entry entry in _entries.AsSpan(0, Count))
        {
            entry.Kind = kind;
        }
    }

    /// <summary>What was answered for one order; for none of ours, nothing.</summary>
    public void Set(ReadOnlySpan<byte> venueId, AnswerKind kind)
    {
        foreach (ref Entry entry in _entries.AsSpan(0, Count))
        {
            if (entry.Target.Text.SequenceEqual(venueId))
            {
                entry.Kind = kind;
            }
        }
    }

    private struct Entry
    {
        public long Sequence;
        public VenueOrderId Target;
        public AnswerKind Kind;
    }
}
