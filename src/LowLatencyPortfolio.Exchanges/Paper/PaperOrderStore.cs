using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>Live orders in pre-allocated slots, chained per pair in the order they were taken.</summary>
/// <remarks>Grows by doubling when more orders live at once than ever before; a removed order's slot is used
/// again.</remarks>
internal sealed class PaperOrderStore
{
    public const int None = -1;

    private readonly int[] _head;
    private readonly int[] _tail;
    private readonly int[] _count;
    private PaperOrder[] _slots;
    private int[] _next;
    private int[] _previous;
    private int _free;

    public PaperOrderStore(int pairs, int slots)
    {
        _head = new int[pairs];
        _tail = new int[pairs];
        _count = new int[pairs];
        _slots = new PaperOrder[slots];
        _next = new int[slots];
        _previous = new int[slots];
        Array.Fill(_head, None);
        Array.Fill(_tail, None);
        ChainFree(0);
    }

    public int Count { get; private set; }

    public ref PaperOrder this[int slot] => ref _slots[slot];

    public int CountOf(int product) => _count[product];

    public int First(int product) => _head[product];

    public int Next(int slot) => _next[slot];

    public int Find(int product, long sequence)
    {
        int slot = _head[product];
        while (slot != None && _slots[slot].Sequence != sequence)
        {
            slot = _next[slot];
        }

        return slot;
    }

    public void Add(in PaperOrder order)
    {
        if (_free == None)
        {
            Grow();
        }

        int slot = _free;
        _free = _next[slot];
        _slots[slot] = order;
        int product = order.Product;
        _next[slot] = None;
        _previous[slot] = _tail[product];
        if (_tail[product] == None)
        {
            _head[product] = slot;
        }
        else
        {
            _next[_tail[product]] = slot;
        }

        _tail[product] = slot;
        _count[product]++;
        Count++;
    }

    public void Remove(int slot)
    {
        int product = _slots[slot].Product;
        int next = _next[slot];
        int previous = _previous[slot];
        if (previous == None)
        {
            _head[product] = next;
        }
        else
        {
            _next[previous] = next;
        }

        if (next == None)
        {
            _tail[product] = previous;
        }
        else
        {
            _previous[next] = previous;
        }

        _next[slot] = _free;
        _free = slot;
        _count[product]--;
        Count--;
    }

    public void Clear()
    {
        for (int product = 0; product < _head.Length; product++)
        {
            while (_head[product] != None)
            {
                Remove(_head[product]);
            }
        }
    }

    public void Write(CheckpointWriter writer)
    {
        writer.Write(Count);
        for (int product = 0; product < _head.Length; product++)
        {
            for (int slot = _head[product]; slot != None; slot = _next[slot])
            {
                PaperRecords.Write(writer, in _slots[slot]);
            }
        }
    }

    public void Read(CheckpointReader reader)
    {
        Clear();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            PaperOrder order = PaperRecords.ReadOrder(reader);
            if ((uint)order.Product >= (uint)_head.Length)
            {
                throw new InvalidDataException(
                    $"checkpoint has a paper order of pair {order.Product}; there are {_head.Length} pairs");
            }

            Add(in order);
        }
    }

    private void Grow()
    {
        int used = _slots.Length;
        Array.Resize(ref _slots, used * 2);
        Array.Resize(ref _next, used * 2);
        Array.Resize(ref _previous, used * 2);
        ChainFree(used);
    }

    private void ChainFree(int from)
    {
        for (int slot = from; slot < _next.Length; slot++)
        {
            _next[slot] = slot + 1 < _next.Length ? slot + 1 : None;
        }

        _free = from;
    }
}
