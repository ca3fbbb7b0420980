using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>A summary of the last n items that is made of merges only: nothing is ever subtracted.</summary>
/// <remarks>
/// Subtracting what leaves the window would let rounding errors pile up for ever; here every summary is made of the
/// window's own items by at most n merges, so after a million candles the error is what it was after n. Cost: 2 merges
/// a candle, and n more at every n-th. Items are taken in blocks of n. Slots before the position hold the items of the
/// current block, the others the summaries of the block before from their own item to its end, whose first is the
/// oldest of the window. Source: the van Herk/Gil-Werman scheme for sliding minima, which needs associativity only.
/// </remarks>
/// <typeparam name="T">The summary, made of doubles alone.</typeparam>
/// <param name="length">n, at least 1.</param>
internal sealed class SlidingWindow<T>(int length)
    where T : unmanaged, IMergeable<T>
{
    private const int HeaderLength = 2;
    private static readonly int Doubles = MemoryMarshal.Cast<T, double>(new T[1].AsSpan()).Length;
    private readonly T[] _slots = new T[length];

    // The last item is the summary of the current block up to the position.
    private readonly T[] _block = new T[1];
    private int _position;

    /// <summary>Whether n items were added.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The last n items; meaningless before there are as many.</summary>
    public T Summary { get; private set; }

    /// <summary>Length of the stored state, in 64-bit numbers.</summary>
    public int StateLength => HeaderLength + (Doubles * (length + 2));

    /// <summary>Adds an item; the n-th before it leaves.</summary>
    public void Add(in T item)
    {
        _slots[_position] = item;
        _block[0] = _position == 0 ? item : T.Merge(in _block[0], in item);
        _position++;
        if (_position < length)
        {
            Summary = T.Merge(in _slots[_position], in _block[0]);
            return;
        }

        Summary = _block[0];
        for (int i = length - 2; i >= 0; i--)
        {
            _slots[i] = T.Merge(in _slots[i], in _slots[i + 1]);
        }

        _position = 0;
        IsFull = true;
    }

    /// <summary>Writes the state.</summary>
    public void Save(Span<double> to)
    {
        to[0] = _position;
        to[1] = IsFull ? 1 : 0;
        Span<T> rest = MemoryMarshal.Cast<double, T>(to[HeaderLength..StateLength]);
        _slots.CopyTo(rest);
        rest[length] = _block[0];
        rest[length + 1] = Summary;
    }

    /// <summary>Takes a stored state.</summary>
    public void Restore(ReadOnlySpan<double> from)
    {
        _position = (int)from[0];
        IsFull = from[1] != 0;
        ReadOnlySpan<T> rest = MemoryMarshal.Cast<double, T>(from[HeaderLength..StateLength]);
        rest[..length].CopyTo(_slots);
        _block[0] = rest[length];
        Summary = rest[length + 1];
    }
}
