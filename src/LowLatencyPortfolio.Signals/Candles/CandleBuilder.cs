using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>Builds the candles of one pair from its ticks, by the ticks' own time.</summary>
/// <remarks>
/// Thread: one at a time. Allocation: none. Cost: 1 to 2 ns a tick inside a candle.
/// <para>Intervals begin at multiples of their length since the Unix epoch. A candle closes when time has passed its
/// end: with the first tick at or after it, or with <see cref="OnTime"/>. Whoever closes says so once: read <see
/// cref="Closed"/> then, before the next call. An interval without a tick has no candle.</para>
/// <para>A tick is late if its time lies before the current interval, also when that interval has no tick yet; it is
/// counted and changes nothing, so a closed candle is final. Where ticks carry the venue's time and <see cref="OnTime"/>
/// another clock's, hand the time over less what a tick may be under way.</para>
/// </remarks>
public sealed class CandleBuilder
{
    /// <summary>Length of the stored state, in 64-bit numbers.</summary>
    public const int StateLength = 3 + Candle.StateLength;

    private const long NsPerSecond = 1_000_000_000;

    // While no candle is open this is 0, and every tick takes the rare path: one compare decides three questions.
    private ulong _openNs;
    private long _startNs;
    private Candle _candle;
    private Candle _closed;

    /// <summary>Starts without a candle.</summary>
    /// <param name="intervalSeconds">Length of a candle, seconds, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is below 1.</exception>
    public CandleBuilder(int intervalSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(intervalSeconds, 1);
        IntervalNs = intervalSeconds * NsPerSecond;
    }

    /// <summary>Length of a candle, ns.</summary>
    public long IntervalNs { get; }

    /// <summary>Ticks that came after their interval was over; they are in no candle.</summary>
    public long LateTicks { get; private set; }

    /// <summary>Whether a candle is being built.</summary>
    public bool IsOpen => _openNs != 0;

    /// <summary>The candle being built, as it stands; no candle (0 ticks) while <see cref="IsOpen"/> is false.</summary>
    public ref readonly Candle Current => ref _candle;

    /// <summary>The candle that closed last; no candle (0 ticks) before the first did.</summary>
    public ref readonly Candle Closed => ref _closed;

    /// <summary>Takes a tick.</summary>
    /// <param name="timeNs">When it traded, ns since the Unix epoch, UTC, at least 0.</param>
    /// <param name="price">Ring units, above 0.</param>
    /// <param name="quantity">Ring units, at least 0.</param>
    /// <returns>True when it closed the candle before it, which is in <see cref="Closed"/> now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnTick(long timeNs, long price, long quantity) => OnTick(timeNs, price, quantity, price, price);

    /// <summary>Takes a tick that stands for several.</summary>
    /// <param name="timeNs">When the last of them traded, ns since the Unix epoch, UTC, at least 0.</param>
    /// <param name="price">Price of the last; where they open a candle, its open too.</param>
    /// <param name="quantity">Sum of their quantities, ring units, at least 0.</param>
    /// <param name="low">Lowest of their prices.</param>
    /// <param name="high">Highest of their prices.</param>
    /// <returns>True when it closed the candle before it, which is in <see cref="Closed"/> now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnTick(long timeNs, long price, long quantity, long low, long high)
    {
        if ((ulong)(timeNs - _startNs) >= _openNs)
        {
            return OnTickOutside(timeNs, price, quantity, low, high);
        }

        _candle.Add(price, quantity, low, high);
        return false;
    }

    /// <summary>Takes the time: an open candle whose end it has reached closes.</summary>
    /// <param name="nowNs">Ns since the Unix epoch, UTC; an earlier time than before changes nothing.</param>
    /// <returns>True when the candle closed, which is in <see cref="Closed"/> now.</returns>
    public bool OnTime(long nowNs) => nowNs - _startNs >= IntervalNs && Enter(nowNs);

    /// <summary>Writes the state for a checkpoint.</summary>
    /// <param name="to">At least <see cref="StateLength"/> numbers.</param>
    public void Save(Span<long> to)
    {
        to[0] = IntervalNs;
        to[1] = _startNs;
        to[2] = LateTicks;
        MemoryMarshal.Write(MemoryMarshal.AsBytes(to[3..]), in _candle);
    }

    /// <summary>
    /// Takes the state of a checkpoint: all that follows is as if nothing had happened in between. <see cref="Closed"/>
    /// is not part of it.
    /// </summary>
    /// <param name="from">What <see cref="Save"/> wrote.</param>
    /// <exception cref="InvalidDataException">The state is of another interval.</exception>
    public void Restore(ReadOnlySpan<long> from)
    {
        if (from[0] != IntervalNs)
        {
            throw new InvalidDataException(
                $"the stored candles are of {from[0] / NsPerSecond} s, these of {IntervalNs / NsPerSecond} s");
        }

        _startNs = from[1];
        LateTicks = from[2];
        _candle = MemoryMarshal.Read<Candle>(MemoryMarshal.AsBytes(from[3..]));
        _openNs = _candle.Ticks > 0 ? (ulong)IntervalNs : 0;
        _closed = default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool OnTickOutside(long timeNs, long price, long quantity, long low, long high)
    {
        if (timeNs < _startNs)
        {
            LateTicks++;
            return false;
        }

        bool closed = timeNs - _startNs >= IntervalNs && Enter(timeNs);
        _candle = new Candle { Open = price, High = high, Low = low, OpenTimeNs = _startNs };
        _candle.Add(price, quantity, low, high);
        _openNs = (ulong)IntervalNs;
        return closed;
    }

    /// <summary>Makes the interval of a time the current one, closing the candle of the one before.</summary>
    private bool Enter(long timeNs)
    {
        _startNs = timeNs - (timeNs % IntervalNs);
        if (!IsOpen)
        {
            return false;
        }

        _closed = _candle;
        _candle = default;
        _openNs = 0;
        return true;
    }
}
