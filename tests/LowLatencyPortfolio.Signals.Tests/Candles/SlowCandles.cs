namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>What a builder must do, written down without any care for speed: it keeps every tick.</summary>
internal sealed class SlowCandles(long intervalNs)
{
    private readonly List<(long Time, long Price, long Quantity, long Low, long High)> _open = [];
    private long _nowNs = -intervalNs;

    public List<Candle> Closed { get; } = [];

    public long Late { get; private set; }

    public bool OnTick(long time, long price, long quantity, long low, long high)
    {
        if (time / intervalNs < Math.Max(0, _nowNs) / intervalNs)
        {
            Late++;
            return false;
        }

        bool closed = OnTime(time);
        _open.Add((time, price, quantity, low, high));
        return closed;
    }

    public bool OnTime(long now)
    {
        _nowNs = Math.Max(_nowNs, now);
        if (_open.Count == 0 || _open[0].Time / intervalNs >= now / intervalNs)
        {
            return false;
        }

        Closed.Add(new Candle
        {
            OpenTimeNs = _open[0].Time / intervalNs * intervalNs,
            Open = _open[0].Price,
            High = _open.Max(tick => tick.High),
            Low = _open.Min(tick => tick.Low),
            Close = _open[^1].Price,
            Ticks = _open.Count,
            Volume = _open.Aggregate((Int128)0, (sum, tick) => sum + tick.Quantity),
        });
        _open.Clear();
        return true;
    }
}
