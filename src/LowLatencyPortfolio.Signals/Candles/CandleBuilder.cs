namespace LowLatencyPortfolio.Signals;

/// <summary>Builds the candles of one pair: a <see cref="CandleBook"/> of one, whose rules are its rules.</summary>
/// <remarks>Thread: one at a time. Allocation: all of it at the start.</remarks>
/// <param name="intervalSeconds">Length of a candle, seconds, at least 1.</param>
public sealed class CandleBuilder(int intervalSeconds)
{
    private readonly CandleBook _book = new(pairs: 1, intervalSeconds);

    /// <summary>Length of a candle, ns.</summary>
    public long IntervalNs => _book.IntervalNs;

    /// <summary>Ticks that came after their interval was over; they are in no candle.</summary>
    public long LateTicks => _book.LateTicks(0);

    /// <summary>The candle being built, as it stands; 0 ticks when there is none.</summary>
    public ref readonly Candle Current => ref _book.Current(0);

    /// <summary>The candle that closed last; 0 ticks before the first did.</summary>
    public ref readonly Candle Closed => ref _book.Closed(0);

    /// <summary>Length of the stored state, in 64-bit numbers.</summary>
    public int StateLength => _book.StateLength;

    /// <summary>Takes a tick.</summary>
    /// <param name="timeNs">When it traded, ns since the Unix epoch, UTC, at least 0.</param>
    /// <param name="price">Ring units, above 0.</param>
    /// <param name="quantity">Ring units, at least 0.</param>
    /// <returns>True when it closed the candle before it: <see cref="Closed"/> has that now.</returns>
    public bool OnTick(long timeNs, long price, long quantity) =>
        _book.OnTick(0, timeNs, price, quantity, price, price);

    /// <summary>Takes several ticks that were conflated into one.</summary>
    /// <param name="timeNs">When the last of them traded, ns since the Unix epoch, UTC, at least 0.</param>
    /// <param name="price">Price of the last; where they open a candle, its open too.</param>
    /// <param name="quantity">Sum of their quantities, ring units, at least 0.</param>
    /// <param name="low">Lowest of their prices.</param>
    /// <param name="high">Highest of their prices.</param>
    /// <returns>True when it closed the candle before it: <see cref="Closed"/> has that now.</returns>
    public bool OnTick(long timeNs, long price, long quantity, long low, long high) =>
        _book.OnTick(0, timeNs, price, quantity, low, high);

    /// <summary>Takes the time: an open candle whose end it has reached closes.</summary>
    /// <param name="nowNs">Ns since the Unix epoch, UTC; an earlier time than before changes nothing.</param>
    /// <returns>True when the candle closed: <see cref="Closed"/> has it now.</returns>
    public bool OnTime(long nowNs) => _book.OnTime(0, nowNs);

    /// <summary>Writes the state for a checkpoint.</summary>
    /// <param name="to">At least <see cref="StateLength"/> numbers.</param>
    public void Save(Span<long> to) => _book.Save(to);

    /// <summary>Takes the state of a checkpoint.</summary>
    /// <param name="from">What <see cref="Save"/> wrote.</param>
    /// <exception cref="InvalidDataException">The state is of another interval.</exception>
    public void Restore(ReadOnlySpan<long> from) => _book.Restore(from);
}
