namespace LowLatencyPortfolio.Signals;

/// <summary>SMA: mean of the last n closes.</summary>
/// <remarks>Rounding: errors do not grow with the number of candles; see <see cref="SlidingWindow{T}"/>.</remarks>
/// <param name="period">n, at least 1.</param>
public sealed class SimpleAverage(int period) : IIndicator
{
    private readonly SlidingWindow<Moments> _window = new(Plausible.Period(period, 1));

    /// <summary>Quote per base; null before n candles.</summary>
    public double? Value => _window.IsFull ? _window.Summary.Mean : null;

    /// <inheritdoc/>
    public int WarmUpCandles => period;

    /// <inheritdoc/>
    public int StateLength => _window.StateLength;

    /// <inheritdoc/>
    public void Add(in CandleValues candle) => _window.Add(Moments.Of(Plausible.Price(candle.Close)));

    /// <inheritdoc/>
    public void Save(Span<double> to) => _window.Save(to);

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> from) => _window.Restore(from);
}
