namespace LowLatencyPortfolio.Signals;

/// <summary>A figure that is brought up to date by each closed candle, at a cost that does not depend on how many came
/// before.</summary>
/// <remarks>
/// Thread: one at a time. Allocation: all of it at the start. A value that the candles so far do not determine is null,
/// never a number. State is stored as it is, so that what follows a restart is equal to the last bit.
/// </remarks>
public interface IIndicator
{
    /// <summary>Candles after which it has a value.</summary>
    int WarmUpCandles { get; }

    /// <summary>Length of the stored state, in 64-bit numbers.</summary>
    int StateLength { get; }

    /// <summary>Takes the next closed candle.</summary>
    /// <param name="candle">Prices above 0, all numbers below 10¹⁰⁰.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not one, or outside; nothing has changed then.</exception>
    void Add(in CandleValues candle);

    /// <summary>Writes the state for a checkpoint.</summary>
    /// <param name="to">At least <see cref="StateLength"/> numbers.</param>
    void Save(Span<double> to);

    /// <summary>Takes the state of a checkpoint.</summary>
    /// <param name="from">What <see cref="Save"/> of an indicator with the same settings wrote.</param>
    void Restore(ReadOnlySpan<double> from);
}
