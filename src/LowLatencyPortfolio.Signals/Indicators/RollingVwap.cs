namespace LowLatencyPortfolio.Signals;

/// <summary>Volume-weighted average of the typical prices of the last n candles.</summary>
/// <remarks>Rounding: as of <see cref="SimpleAverage"/>.</remarks>
/// <param name="period">n, at least 1.</param>
public sealed class RollingVwap(int period = 20) : IIndicator
{
    private readonly SlidingWindow<PriceVolume> _window = new(Plausible.Period(period, 1));

    /// <summary>Quote per base; null before n candles, and while they have no volume.</summary>
    public double? Value => _window.IsFull ? _window.Summary.Price : null;

    /// <inheritdoc/>
    public int WarmUpCandles => period;

    /// <inheritdoc/>
    public int StateLength => _window.StateLength;

    /// <inheritdoc/>
    public void Add(in CandleValues candle) => _window.Add(PriceVolume.Of(in candle));

    /// <inheritdoc/>
    public void Save(Span<double> to) => _window.Save(to);

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> from) => _window.Restore(from);
}
