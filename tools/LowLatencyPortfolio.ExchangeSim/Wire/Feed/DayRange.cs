namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>Volume, first, lowest and highest price of the last 24 hours, to the minute.</summary>
/// <remarks>Thread: one at a time. Cost: constant, but once a minute a walk over the minutes.</remarks>
internal sealed class DayRange
{
    private const long MinuteNs = 60 * VenueTime.SecondNs;
    private const int MinutesPerDay = 1_440;

    private readonly Queue<(long Minute, decimal Low, decimal High, decimal Open, decimal Volume)> _minutes = new();
    private (long Minute, decimal Low, decimal High, decimal Open, decimal Volume) _current;
    private (decimal Low, decimal High, decimal Open, decimal Volume) _before = (decimal.MaxValue, 0, 0, 0);

    /// <summary>Lowest price.</summary>
    public decimal Low => Math.Min(_before.Low, _current.Low);

    /// <summary>Highest price.</summary>
    public decimal High => Math.Max(_before.High, _current.High);

    /// <summary>First price.</summary>
    public decimal Open => _minutes.Count > 0 ? _before.Open : _current.Open;

    /// <summary>Base quantity.</summary>
    public decimal Volume => _before.Volume + _current.Volume;

    /// <summary>Takes a trade in.</summary>
    /// <param name="trade">Not older than the ones before.</param>
    public void Add(in TradePrint trade)
    {
        long minute = trade.TimeNs / MinuteNs;
        if (_current.Volume == 0 && _current.Open == 0)
        {
            _current = (minute, trade.Price, trade.Price, trade.Price, trade.Size);
        }
        else if (minute == _current.Minute)
        {
            _current = (minute, Math.Min(_current.Low, trade.Price), Math.Max(_current.High, trade.Price),
                _current.Open, _current.Volume + trade.Size);
        }
        else
        {
            _minutes.Enqueue(_current);
            _current = (minute, trade.Price, trade.Price, trade.Price, trade.Size);
            Forget(minute - MinutesPerDay);
        }
    }

    private void Forget(long upTo)
    {
        while (_minutes.TryPeek(out var oldest) && oldest.Minute <= upTo)
        {
            _minutes.Dequeue();
        }

        _before = _minutes.Count == 0
            ? (decimal.MaxValue, 0, 0, 0)
            : (_minutes.Min(minute => minute.Low), _minutes.Max(minute => minute.High), _minutes.Peek().Open,
                _minutes.Sum(minute => minute.Volume));
    }
}
