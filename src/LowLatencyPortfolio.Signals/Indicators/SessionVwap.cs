namespace LowLatencyPortfolio.Signals;

/// <summary>Volume-weighted average of the typical prices of the current UTC day.</summary>
/// <remarks>
/// A candle belongs to the day it begins in; the sums begin anew each day. Rounding: at most a day's candles are summed.
/// </remarks>
public sealed class SessionVwap : IIndicator
{
    private PriceVolume _sum;
    private long _utcDay = -1;

    /// <summary>Quote per base; null before the first candle, and while the day has no volume.</summary>
    public double? Value => _sum.Price;

    /// <summary>The day of the newest candle, days since 1970-01-01; −1 before the first.</summary>
    public long UtcDay => _utcDay;

    /// <inheritdoc/>
    public int WarmUpCandles => 1;

    /// <inheritdoc/>
    public int StateLength => 3;

    /// <inheritdoc/>
    public void Add(in CandleValues candle)
    {
        PriceVolume item = PriceVolume.Of(in candle);
        _sum = candle.UtcDay == _utcDay ? PriceVolume.Merge(in _sum, in item) : item;
        _utcDay = candle.UtcDay;
    }

    /// <inheritdoc/>
    public void Save(Span<double> to) => (to[0], to[1], to[2]) = (_sum.Value, _sum.Volume, _utcDay);

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> from)
    {
        _sum = new PriceVolume(from[0], from[1]);
        _utcDay = (long)from[2];
    }
}
