namespace LowLatencyPortfolio.Signals;

/// <summary>The indicators of one pair.</summary>
/// <remarks>Thread: one at a time. Allocation: all of it at the start.</remarks>
internal sealed class IndicatorSet
{
    private readonly RelativeStrengthIndex _rsi;
    private readonly MovingAverageConvergence _macd;
    private readonly SessionVwap _sessionVwap = new();
    private readonly AverageTrueRange _atr;
    private readonly ExponentialAverage _ema;
    private readonly BollingerBands _bands;
    private readonly RollingVolatility _volatility;
    private readonly RollingVwap _rollingVwap;
    private readonly IIndicator[] _all;

    public IndicatorSet(ConfirmationSettings settings)
    {
        _rsi = new RelativeStrengthIndex(settings.RsiPeriod);
        _macd = new MovingAverageConvergence(settings.MacdFast, settings.MacdSlow, settings.MacdSignal);
        _atr = new AverageTrueRange(settings.AtrPeriod);
        _ema = new ExponentialAverage(settings.WindowCandles);
        _bands = new BollingerBands(settings.WindowCandles, (double)settings.BollingerWidth);
        _volatility = new RollingVolatility(settings.WindowCandles);
        _rollingVwap = new RollingVwap(settings.WindowCandles);
        _all = [_rsi, _macd, _sessionVwap, _atr, _ema, _bands, _volatility, _rollingVwap];
        StateLength = _all.Sum(indicator => indicator.StateLength);
    }

    public int StateLength { get; }

    public IndicatorValues Values => new(
        _rsi.Value,
        _macd.Line,
        _macd.Signal,
        _sessionVwap.Value,
        _atr.Value,
        _bands.Middle,
        _ema.Value,
        _bands.Upper,
        _bands.Lower,
        _volatility.Value,
        _rollingVwap.Value);

    public void Add(in CandleValues candle)
    {
        foreach (IIndicator indicator in _all)
        {
            indicator.Add(in candle);
        }
    }

    public void Save(Span<double> to)
    {
        foreach (IIndicator indicator in _all)
        {
            indicator.Save(to);
            to = to[indicator.StateLength..];
        }
    }

    public void Restore(ReadOnlySpan<double> from)
    {
        foreach (IIndicator indicator in _all)
        {
            indicator.Restore(from);
            from = from[indicator.StateLength..];
        }
    }
}
