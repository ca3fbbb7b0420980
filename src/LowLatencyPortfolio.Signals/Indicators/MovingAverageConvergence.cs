namespace LowLatencyPortfolio.Signals;

/// <summary>MACD: a fast EMA of the closes less a slow one, and the EMA of that difference.</summary>
/// <remarks>
/// Each of the three averages begins with the mean of its first numbers: the line at the candle that fills the slow
/// average, the signal <c>signal − 1</c> candles later. Source: G. Appel, "Technical Analysis" (2005).
/// </remarks>
/// <param name="fast">Period of the fast average, at least 1.</param>
/// <param name="slow">Period of the slow average, above <paramref name="fast"/>.</param>
/// <param name="signal">Period of the signal, at least 1.</param>
public sealed class MovingAverageConvergence(int fast = 12, int slow = 26, int signal = 9) : IIndicator
{
    private readonly Smoothing _fast = ExponentialAverage.Over(Plausible.Period(fast, 1));
    private readonly Smoothing _slow = ExponentialAverage.Over(Plausible.Period(slow, fast + 1));
    private readonly Smoothing _signal = ExponentialAverage.Over(Plausible.Period(signal, 1));

    /// <summary>Fast less slow, quote per base; null before <c>slow</c> candles.</summary>
    public double? Line => _fast.Value - _slow.Value;

    /// <summary>Average of the line; null before <c>slow + signal − 1</c> candles.</summary>
    public double? Signal => _signal.Value;

    /// <summary>Line less signal; null before <c>slow + signal − 1</c> candles.</summary>
    public double? Histogram => Line - Signal;

    /// <inheritdoc/>
    public int WarmUpCandles => slow + signal - 1;

    /// <inheritdoc/>
    public int StateLength => 3 * Smoothing.StateLength;

    /// <inheritdoc/>
    public void Add(in CandleValues candle)
    {
        double close = Plausible.Price(candle.Close);
        _fast.Add(close);
        _slow.Add(close);
        if (Line is { } line)
        {
            _signal.Add(line);
        }
    }

    /// <inheritdoc/>
    public void Save(Span<double> to)
    {
        _fast.Save(to);
        _slow.Save(to[Smoothing.StateLength..]);
        _signal.Save(to[(2 * Smoothing.StateLength)..]);
    }

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> from)
    {
        _fast.Restore(from);
        _slow.Restore(from[Smoothing.StateLength..]);
        _signal.Restore(from[(2 * Smoothing.StateLength)..]);
    }
}
