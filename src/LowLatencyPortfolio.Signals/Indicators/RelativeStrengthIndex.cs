namespace LowLatencyPortfolio.Signals;

/// <summary>RSI after Wilder: the share of rises in the average change from close to close, 0 to 100.</summary>
/// <remarks>
/// Average rise and average fall begin with the mean of the first n changes; then each new one weighs 1/n. 100 without
/// falls, 0 without rises, 50 while the price has not moved at all. Source: J. W. Wilder, "New Concepts in Technical
/// Trading Systems" (1978).
/// </remarks>
/// <param name="period">n, at least 1.</param>
public sealed class RelativeStrengthIndex(int period = 14) : IIndicator
{
    /// <summary>Where every change was a rise.</summary>
    public const double Highest = 100;

    private const double Unmoved = 50;
    private readonly Smoothing _rise = new(Plausible.Period(period, 1), 1.0 / period);
    private readonly Smoothing _fall = new(period, 1.0 / period);
    private double _lastClose;

    /// <summary>0 to 100; null before n + 1 candles.</summary>
    public double? Value
    {
        get
        {
            if (_rise.Value is not { } rise || _fall.Value is not { } fall)
            {
                return null;
            }

            return rise + fall > 0 ? Highest * (rise / (rise + fall)) : Unmoved;
        }
    }

    /// <inheritdoc/>
    public int WarmUpCandles => period + 1;

    /// <inheritdoc/>
    public int StateLength => 1 + (2 * Smoothing.StateLength);

    /// <inheritdoc/>
    public void Add(in CandleValues candle)
    {
        double close = Plausible.Price(candle.Close);
        if (_lastClose > 0)
        {
            double change = close - _lastClose;
            _rise.Add(Math.Max(change, 0));
            _fall.Add(Math.Max(-change, 0));
        }

        _lastClose = close;
    }

    /// <inheritdoc/>
    public void Save(Span<double> to)
    {
        to[0] = _lastClose;
        _rise.Save(to[1..]);
        _fall.Save(to[(1 + Smoothing.StateLength)..]);
    }

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> from)
    {
        _lastClose = from[0];
        _rise.Restore(from[1..]);
        _fall.Restore(from[(1 + Smoothing.StateLength)..]);
    }
}
