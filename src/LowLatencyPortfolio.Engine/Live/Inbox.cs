using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Engine;

/// <summary>A bounded queue from any number of threads to one, without locks and without garbage.</summary>
/// <remarks>
/// Each cell carries the turn at which it may be written or read, so producers race for the tail only. Source: D.
/// Vyukov's bounded queue. ConcurrentQueue was not taken: it has no bound, and it allocates a new segment after each
/// burst.
/// </remarks>
internal sealed class Inbox<T>
{
    private readonly Cell[] _cells;
    private readonly long _mask;
    private InboxPositions _positions;

    /// <param name="capacity">Items that may wait; rounded up to a power of two, at least 2.</param>
    public Inbox(int capacity)
    {
        _cells = new Cell[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 2))];
        _mask = _cells.Length - 1;
        for (int i = 0; i < _cells.Length; i++)
        {
            _cells[i].Turn = i;
        }
    }

    /// <summary>Puts an item in; any thread.</summary>
    /// <returns>False when the queue is full.</returns>
    public bool TryAdd(in T item)
    {
        long tail = Volatile.Read(ref _positions.Tail);
        while (true)
        {
            ref Cell cell = ref _cells[tail & _mask];
            long lead = Volatile.Read(ref cell.Turn) - tail;
            if (lead < 0)
            {
                return false;       // the cell still holds an item of the round before
            }

            long seen = lead == 0
                ? Interlocked.CompareExchange(ref _positions.Tail, tail + 1, tail)
                : Volatile.Read(ref _positions.Tail);
            if (lead == 0 && seen == tail)
            {
                cell.Item = item;
                Volatile.Write(ref cell.Turn, tail + 1);
                return true;
            }

            tail = seen;
        }
    }

    /// <summary>Takes the oldest item; the taker's thread.</summary>
    /// <returns>False when nothing waits, or the oldest is still being written.</returns>
    public bool TryTake(out T item)
    {
        long head = _positions.Head;
        ref Cell cell = ref _cells[head & _mask];
        if (Volatile.Read(ref cell.Turn) != head + 1)
        {
            item = default!;
            return false;
        }

        item = cell.Item;
        cell.Item = default!;
        _positions.Head = head + 1;
        Volatile.Write(ref cell.Turn, head + _mask + 1);
        return true;
    }

    private struct Cell
    {
        public long Turn;
        public T Item;
    }
}

/// <summary>
/// Each on a pair of cache lines of its own: the taker must not slow the producers by moving the head.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 384)]
internal struct InboxPositions
{
    [FieldOffset(128)] public long Tail;
    [FieldOffset(256)] public long Head;
}
