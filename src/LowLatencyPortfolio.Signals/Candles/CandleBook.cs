using System.Runtime.CompilerServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>The candles being built of all pairs, by pair index.</summary>
/// <remarks>Thread: one at a time. Allocation: all of it at the start. Rules: <see cref="CandleBuilder"/>.</remarks>
public sealed class CandleBook
{
    private readonly CandleBuilder[] _builders;

    /// <summary>Starts without a candle.</summary>
    /// <param name="pairs">How many pairs, at least 1.</param>
    /// <param name="intervalSeconds">Length of a candle, seconds, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is below 1.</exception>
    public CandleBook(int pairs, int intervalSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        _builders = new CandleBuilder[pairs];
        for (int i = 0; i < pairs; i++)
        {
            _builders[i] = new CandleBuilder(intervalSeconds);
        }
    }

    /// <summary>How many pairs.</summary>
    public int Pairs => _builders.Length;

    /// <summary>Length of a candle, ns.</summary>
    public long IntervalNs => _builders[0].IntervalNs;

    /// <summary>Late ticks of all pairs.</summary>
    public long LateTicks
    {
        get
        {
            long sum = 0;
            foreach (CandleBuilder builder in _builders)
            {
                sum += builder.LateTicks;
            }

            return sum;
        }
    }

    /// <summary>Length of the stored state, in 64-bit numbers.</summary>
    public int StateLength => _builders.Length * CandleBuilder.StateLength;

    /// <summary>A pair's builder.</summary>
    /// <param name="pair">Index of the pair.</param>
    public CandleBuilder this[int pair] => _builders[pair];

    /// <summary>Takes a tick of a pair, as <see cref="CandleBuilder.OnTick(long, long, long, long, long)"/>.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="timeNs">When it traded, ns since the Unix epoch, UTC, at least 0.</param>
    /// <param name="price">Ring units, above 0.</param>
    /// <param name="quantity">Ring units, at least 0.</param>
    /// <param name="low">Lowest price it stands for; the price itself for a plain tick.</param>
    /// <param name="high">Highest price it stands for; the price itself for a plain tick.</param>
    /// <returns>True when it closed the pair's candle: <see cref="Closed"/> has it now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OnTick(int pair, long timeNs, long price, long quantity, long low, long high) =>
        _builders[pair].OnTick(timeNs, price, quantity, low, high);

    /// <summary>Takes the time for a pair; call it for every pair at each timer event, in order.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="nowNs">Ns since the Unix epoch, UTC.</param>
    /// <returns>True when the pair's candle closed: <see cref="Closed"/> has it now.</returns>
    public bool OnTime(int pair, long nowNs) => _builders[pair].OnTime(nowNs);

    /// <summary>The candle of a pair that closed last; no candle (0 ticks) before the first did.</summary>
    /// <param name="pair">Index of the pair.</param>
    public ref readonly Candle Closed(int pair) => ref _builders[pair].Closed;

    /// <summary>Writes the state for a checkpoint.</summary>
    /// <param name="to">At least <see cref="StateLength"/> numbers.</param>
    public void Save(Span<long> to)
    {
        for (int i = 0; i < _builders.Length; i++)
        {
            _builders[i].Save(to[(i * CandleBuilder.StateLength)..]);
        }
    }

    /// <summary>Takes the state of a checkpoint.</summary>
    /// <param name="from">What <see cref="Save"/> wrote, of as many pairs.</param>
    /// <exception cref="InvalidDataException">The state is of other pairs or of another interval.</exception>
    public void Restore(ReadOnlySpan<long> from)
    {
        if (from.Length != StateLength)
        {
            throw new InvalidDataException(
                $"the stored candles are of {from.Length / CandleBuilder.StateLength} pairs, not of {Pairs}");
        }

        for (int i = 0; i < _builders.Length; i++)
        {
            _builders[i].Restore(from[(i * CandleBuilder.StateLength)..]);
        }
    }
}
