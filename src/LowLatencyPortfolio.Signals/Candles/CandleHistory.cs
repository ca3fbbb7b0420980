using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>The last candles of one pair.</summary>
/// <remarks>Thread: one at a time. Allocation: all of it at the start.</remarks>
public sealed class CandleHistory
{
    private const int HeaderLength = 2;
    private readonly Candle[] _ring;

    /// <summary>Starts empty.</summary>
    /// <param name="capacity">Candles to keep, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public CandleHistory(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _ring = new Candle[capacity];
    }

    /// <summary>Most candles kept.</summary>
    public int Capacity => _ring.Length;

    /// <summary>Candles kept, 0 to <see cref="Capacity"/>.</summary>
    public int Count => (int)Math.Min(Total, Capacity);

    /// <summary>Candles ever added.</summary>
    public long Total { get; private set; }

    /// <summary>Length of the stored state, in 64-bit numbers.</summary>
    public int StateLength => HeaderLength + (Capacity * Candle.StateLength);

    /// <summary>A candle by its age.</summary>
    /// <param name="age">0 is the newest, up to <see cref="Count"/> − 1.</param>
    /// <returns>The candle; valid until the next <see cref="Add"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no candle of this age.</exception>
    public ref readonly Candle this[int age]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)age, (uint)Count, nameof(age));
            return ref _ring[(int)((Total - 1 - age) % Capacity)];
        }
    }

    /// <summary>Adds the newest candle; when full, the oldest goes.</summary>
    /// <param name="candle">A closed candle.</param>
    public void Add(in Candle candle)
    {
        _ring[(int)(Total % Capacity)] = candle;
        Total++;
    }

    /// <summary>Copies the newest candles, oldest of them first.</summary>
    /// <param name="to">Takes as many as it has room for.</param>
    /// <returns>How many were copied.</returns>
    public int CopyTo(Span<Candle> to)
    {
        int count = Math.Min(Count, to.Length);
        for (int i = 0; i < count; i++)
        {
            to[i] = this[count - 1 - i];
        }

        return count;
    }

    /// <summary>Writes the state for a checkpoint.</summary>
    /// <param name="to">At least <see cref="StateLength"/> numbers; all of those are written.</param>
    public void Save(Span<long> to)
    {
        to[0] = Capacity;
        to[1] = Total;
        MemoryMarshal.Cast<Candle, long>(_ring.AsSpan()).CopyTo(to[HeaderLength..]);
    }

    /// <summary>Takes the state of a checkpoint.</summary>
    /// <param name="from">What <see cref="Save"/> wrote.</param>
    /// <exception cref="InvalidDataException">The state is of another capacity.</exception>
    public void Restore(ReadOnlySpan<long> from)
    {
        if (from[0] != Capacity)
        {
            throw new InvalidDataException($"the stored history has {from[0]} candles, this one {Capacity}");
        }

        Total = from[1];
        from.Slice(HeaderLength, Capacity * Candle.StateLength).CopyTo(MemoryMarshal.Cast<Candle, long>(_ring.AsSpan()));
    }
}
