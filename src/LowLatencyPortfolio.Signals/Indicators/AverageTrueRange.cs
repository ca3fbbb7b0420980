namespace LowLatencyPortfolio.Signals;

/// <summary>ATR after Wilder: how far the price goes within a candle, gaps from the one before included.</summary>
/// <remarks>
/// The true range of the first candle is its high less its low. The average begins with the mean of the first n; then
/// each new one weighs 1/n. Source: J. W. Wilder, "New Concepts in Technical Trading Systems" (1978).
/// </remarks>
/// <param name="period">n, at least 1.</param>
public sealed class AverageTrueRange(int period = 14) : IIndicator
{
    private readonly Smoothing _average = new(Plausible.Period(period, 1), 1.0 / period);
    private double _lastClose;

    /// <summary>Quote per base, at least 0; null before n candles.</summary>
    public double? Value => _average.Value;

    /// <inheritdoc/>
    public int WarmUpCandles => period;

    /// <inheritdoc/>
    public int StateLength => 1 + Smoothing.StateLength;

    /// <inheritdoc/>
    public void Add(in CandleValues candle)
    {
        double close = Plausible.Price(candle.Close);
        double high = Plausible.Price(candle.High);
        double low = Plausible.Price(candle.Low);
        _average.Add(_lastClose > 0 ? Math.Max(high, _lastClose) - Math.Min(low, _lastClose) : high - low);
        _lastClose = close;
    }

    /// <inheritdoc/>
    public void Save(Span<double> to)
    {
        to[0] = _lastClose;
        _average.Save(to[1..]);
    }

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> from)
    {
        _lastClose = from[0];
        _average.Restore(from[1..]);
    }
}
