namespace LowLatencyPortfolio.Signals;

/// <summary>EMA of the closes: the newest weighs 2/(n + 1).</summary>
/// <remarks>Begins with the mean of the first n closes. Rounding: errors fade as the prices do.</remarks>
/// <param name="period">n, at least 1.</param>
public sealed class ExponentialAverage(int period) : IIndicator
{
    private readonly Smoothing _average = Over(Plausible.Period(period, 1));

    /// <summary>Quote per base; null before n candles.</summary>
    public double? Value => _average.Value;

    /// <inheritdoc/>
    public int WarmUpCandles => period;

    /// <inheritdoc/>
    public int StateLength => Smoothing.StateLength;

    /// <inheritdoc/>
    public void Add(in CandleValues candle) => _average.Add(Plausible.Price(candle.Close));

    /// <inheritdoc/>
    public void Save(Span<double> to) => _average.Save(to);

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> from) => _average.Restore(from);

    internal static Smoothing Over(int period) => new(period, 2.0 / (period + 1));
}
