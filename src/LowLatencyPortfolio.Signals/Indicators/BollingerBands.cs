namespace LowLatencyPortfolio.Signals;

/// <summary>Mean of the last n closes, and bands some standard deviations above and below it.</summary>
/// <remarks>
/// The deviation is that of the population (divided by n). Rounding: as of <see cref="SimpleAverage"/>. Source: J.
/// Bollinger, "Bollinger on Bollinger Bands" (2001).
/// </remarks>
/// <param name="period">n, at least 2.</param>
/// <param name="width">Standard deviations between the mean and a band, above 0.</param>
public sealed class BollingerBands(int period = 20, double width = 2) : IIndicator
{
    private readonly SlidingWindow<Moments> _window = new(Plausible.Period(period, 2));
    private readonly double _width = Plausible.Price(width);

    /// <summary>The mean, quote per base; null before n candles.</summary>
    public double? Middle => _window.IsFull ? _window.Summary.Mean : null;

    /// <summary>The upper band, quote per base; null before n candles.</summary>
    public double? Upper => Middle + Distance;

    /// <summary>The lower band, quote per base, perhaps below 0; null before n candles.</summary>
    public double? Lower => Middle - Distance;

    /// <inheritdoc/>
    public int WarmUpCandles => period;

    /// <inheritdoc/>
    public int StateLength => _window.StateLength;

    private double Distance => _width * Math.Sqrt(_window.Summary.SquaredDeviations / period);

    /// <inheritdoc/>
    public void Add(in CandleValues candle) => _window.Add(Moments.Of(Plausible.Price(candle.Close)));

    /// <inheritdoc/>
    public void Save(Span<double> to) => _window.Save(to);

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> from) => _window.Restore(from);
}
