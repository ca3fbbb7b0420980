using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>Builds the candles of all pairs from their ticks, by the ticks' own time.</summary>
/// <remarks>
/// Thread: one at a time. Allocation: all of it at the start. Cost: about 2 ns a tick.
/// <para>Intervals begin at multiples of their length since the Unix epoch. A candle closes when time has passed its
/// end: with the first tick of its pair at or after it, or with <see cref="OnTime"/>. Whoever closes says so once: read
/// <see cref="Closed"/> then. An interval without a tick has no candle.</para>
/// <para>A tick is late if its time lies before the current interval of its pair, also when that interval has no tick
/// yet; it is counted and changes nothing, so a closed candle is final. Where ticks carry the venue's time and <see
/// cref="OnTime"/> another clock's, hand the time over less what a tick may be under way.</para>
/// </remarks>
public sealed class CandleBook
{
    private const long NsPerSecond = 1_000_000_000;
    private const int HeaderLength = 1;
    private const int PairLength = 1 + Candle.StateLength;

    // A tick touches this array only: 200 pairs are 12.5 KB, which a first-level cache keeps; an object each would be
    // three times that. OpenTimeNs is the current interval's also while there is no candle in it.
    private readonly Candle[] _current;
    private readonly Candle[] _closed;
    private readonly long[] _late;

    /// <summary>Starts without a candle.</summary>
    /// <param name="pairs">How many pairs, at least 1.</param>
    /// <param name="intervalSeconds">Length of a candle, seconds, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is below 1.</exception>
    public CandleBook(int pairs, int intervalSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(intervalSeconds, 1);
        IntervalNs = intervalSeconds * NsPerSecond;
        _current = new Candle[pairs];
        _closed = new Candle[pairs];
        _late = new long[pairs];
    }

    /// <summary>How many pairs.</summary>
    public int Pairs => _current.Length;

    /// <summary>Length of a candle, ns.</summary>
    public long IntervalNs { get; }

    /// <summary>Length of the stored state, in 64-bit numbers.</summary>
    public int StateLength => HeaderLength + (Pairs * PairLength);

    /// <summary>Takes a tick, or several that were conflated into one.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="timeNs">When the last of them traded, ns since the Unix epoch, UTC, at least 0.</param>
    /// <param name="price">Price of the last, ring units, above 0; where they open a candle, its open too.</param>
    /// <param name="quantity">Sum of their quantities, ring units, at least 0.</param>
    /// <param name="low">Lowest of their prices; the price itself for a plain tick.</param>
    /// <param name="high">Highest of their prices; the price itself for a plain tick.</param>
    /// <returns>True when it closed the pair's candle before it: <see cref="Closed"/> has that now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnTick(int pair, long timeNs, long price, long quantity, long low, long high)
    {
        ref Candle current = ref _current[pair];
        if ((ulong)(timeNs - current.OpenTimeNs) >= (ulong)IntervalNs || current.Ticks == 0)
        {
            return OnTickOutside(pair, timeNs, price, quantity, low, high);
        }

        current.Add(price, quantity, low, high);
        return false;
    }

    /// <summary>Takes the time for a pair; call it for every pair at each timer event, in order.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="nowNs">Ns since the Unix epoch, UTC; an earlier time than before changes nothing.</param>
    /// <returns>True when the pair's candle closed: <see cref="Closed"/> has it now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnTime(int pair, long nowNs) =>
        nowNs - _current[pair].OpenTimeNs >= IntervalNs && Enter(pair, nowNs);

    /// <summary>The candle of a pair being built, as it stands; 0 ticks when there is none.</summary>
    /// <param name="pair">Index of the pair.</param>
    public ref readonly Candle Current(int pair) => ref _current[pair];

    /// <summary>The candle of a pair that closed last; 0 ticks before the first did.</summary>
    /// <param name="pair">Index of the pair.</param>
    public ref readonly Candle Closed(int pair) => ref _closed[pair];

    /// <summary>Ticks of a pair that came after their interval was over; they are in no candle.</summary>
    /// <param name="pair">Index of the pair.</param>
    public long LateTicks(int pair) => _late[pair];

    /// <summary>Writes the state for a checkpoint.</summary>
    /// <param name="to">At least <see cref="StateLength"/> numbers.</param>
    public void Save(Span<long> to)
    {
        to[0] = IntervalNs;
        _late.CopyTo(to[HeaderLength..]);
        MemoryMarshal.Cast<Candle, long>(_current.AsSpan()).CopyTo(to[(HeaderLength + Pairs)..]);
    }

    /// <summary>
    /// Takes the state of a checkpoint: all that follows is as if nothing had happened in between. What <see
    /// cref="Closed"/> says is not part of it.
    /// </summary>
    /// <param name="from">What <see cref="Save"/> wrote.</param>
    /// <exception cref="InvalidDataException">The state is of other pairs or of another interval.</exception>
    public void Restore(ReadOnlySpan<long> from)
    {
        if (from.Length != StateLength)
        {
            int pairs = (from.Length - HeaderLength) / PairLength;
            throw new InvalidDataException($"the stored candles are of {pairs} pairs, these of {Pairs}");
        }

        if (from[0] != IntervalNs)
        {
            throw new InvalidDataException(
                $"the stored candles are of {from[0] / NsPerSecond} s, these of {IntervalNs / NsPerSecond} s");
        }

        from.Slice(HeaderLength, Pairs).CopyTo(_late);
        from[(HeaderLength + Pairs)..].CopyTo(MemoryMarshal.Cast<Candle, long>(_current.AsSpan()));
        Array.Clear(_closed);
    }

    /// <summary>
    /// Gives up the candles being built, because nobody saw the rest of them: their intervals get none, and a tick that
    /// still comes for one is late.
    /// </summary>
    public void BreakOff()
    {
        foreach (ref Candle current in _current.AsSpan())
        {
            if (current.Ticks > 0)
            {
                current = new Candle { OpenTimeNs = current.OpenTimeNs + IntervalNs };
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool OnTickOutside(int pair, long timeNs, long price, long quantity, long low, long high)
    {
        ref Candle current = ref _current[pair];
        if (timeNs < current.OpenTimeNs)
        {
            _late[pair]++;
            return false;
        }

        bool closed = OnTime(pair, timeNs);
        (current.Open, current.High, current.Low) = (price, high, low);
        current.Add(price, quantity, low, high);
        return closed;
    }

    /// <summary>Makes the interval of a time the current one, closing the candle of the one before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Enter(int pair, long timeNs)
    {
        ref Candle current = ref _current[pair];
        bool closes = current.Ticks > 0;
        if (closes)
        {
            _closed[pair] = current;
        }

        current = new Candle { OpenTimeNs = timeNs - (timeNs % IntervalNs) };
        return closes;
    }
}
