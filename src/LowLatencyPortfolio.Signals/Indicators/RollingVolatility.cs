namespace LowLatencyPortfolio.Signals;

/// <summary>Standard deviation of the last n logarithmic returns from close to close.</summary>
/// <remarks>
/// Per candle, not per year; of a sample (divided by n − 1). Candles that are absent make a return span a longer time.
/// Rounding: as of <see cref="SimpleAverage"/>.
/// </remarks>
/// <param name="period">n, at least 2.</param>
public sealed class RollingVolatility(int period = 20) : IIndicator
{
    private readonly SlidingWindow<Moments> _window = new(Plausible.Period(period, 2));
    private double _lastClose;

    /// <summary>A fraction (0.01 is about 1 %) of at least 0; null before n + 1 candles.</summary>
    public double? Value =>
        _window.IsFull ? Math.Sqrt(_window.Summary.SquaredDeviations / (period - 1)) : null;

    /// <inheritdoc/>
    public int WarmUpCandles => period + 1;

    /// <inheritdoc/>
    public int StateLength => 1 + _window.StateLength;

    /// <inheritdoc/>
    public void Add(in CandleValues candle)
    {
        double close = Plausible.Price(candle.Close);
        if (_lastClose > 0)
        {
            _window.Add(Moments.Of(Math.Log(close / _lastClose)));
        }

        _lastClose = close;
    }

    /// <inheritdoc/>
    public void Save(Span<double> to)
    {
        to[0] = _lastClose;
        _window.Save(to[1..]);
    }

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> from)
    {
        _lastClose = from[0];
        _window.Restore(from[1..]);
    }
}
