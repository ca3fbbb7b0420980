using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>What the closed candles of one pair say: its last candles, its indicators, and its votes.</summary>
/// <remarks>
/// Thread: one at a time. Allocation: none in <see cref="OnCandle"/>. Cost: below 1 µs a candle.
/// <para>Where more than <see cref="ConfirmationSettings.ConfirmationWindow"/> candles in a row are absent, because
/// nothing traded or because nobody looked, the votes end, and the next candle is compared with nothing: a vote of
/// before would say of the market of now what it said of another. Indicators go on.</para>
/// </remarks>
public sealed class PairSignals
{
    private const int HeaderLength = 1;
    private const long NsPerSecond = 1_000_000_000;
    private readonly ConfirmationSettings _settings;
    private readonly CandleHistory _history;
    private readonly IndicatorSet _indicators;
    private readonly Crossing _rsi;
    private readonly Crossing _macd;
    private readonly Crossing _vwap;
    private readonly double _rsiLevel;
    private readonly long _longestStepNs;
    private long _utcDay = -1;

    /// <summary>Starts without a candle.</summary>
    /// <param name="product">The pair's product, whose units the candles are in.</param>
    /// <param name="settings">Periods, levels and windows.</param>
    /// <exception cref="ConfigurationException">The settings have faults; the message names all of them.</exception>
    public PairSignals(ProductSpec product, ConfirmationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(settings);
        settings.ThrowIfFaulty();
        (Product, _settings) = (product, settings);
        _history = new CandleHistory(settings.HistoryCandles);
        _indicators = new IndicatorSet(settings);
        _rsi = new Crossing(settings.ConfirmationWindow);
        _macd = new Crossing(settings.ConfirmationWindow);
        _vwap = new Crossing(settings.ConfirmationWindow);
        _rsiLevel = (double)settings.RsiLevel;
        _longestStepNs = (settings.ConfirmationWindow + 1) * (settings.CandleSeconds * NsPerSecond);
    }

    /// <summary>The pair's product.</summary>
    public ProductSpec Product { get; }

    /// <summary>The last candles.</summary>
    public CandleHistory History => _history;

    /// <summary>The indicators after the newest candle.</summary>
    public IndicatorValues Indicators => _indicators.Values;

    /// <summary>The votes after the newest candle.</summary>
    public EntryVotes Votes => new(_rsi.Age, _macd.Age, _vwap.Age, _settings.ConfirmationWindow);

    /// <summary>Length of the stored state, in 64-bit numbers.</summary>
    public int StateLength =>
        HeaderLength + _history.StateLength + _indicators.StateLength + (EntryVotes.Most * Crossing.StateLength);

    /// <summary>Takes the next closed candle.</summary>
    /// <param name="candle">In ring units of the product, later than the one before.</param>
    /// <exception cref="ArgumentOutOfRangeException">A price is not above 0.</exception>
    public void OnCandle(in Candle candle)
    {
        CandleValues values = CandleValues.Of(in candle, Product);
        if (_history.Count > 0 && candle.OpenTimeNs - _history[0].OpenTimeNs > _longestStepNs)
        {
            _rsi.Break();
            _macd.Break();
            _vwap.Break();
        }

        _indicators.Add(in values);
        _history.Add(in candle);
        IndicatorValues now = _indicators.Values;
        _rsi.Add(now.Rsi, _rsiLevel, scale: RelativeStrengthIndex.Highest);
        _macd.Add(now.MacdHistogram, 0, scale: values.Close);
        _vwap.Add(values.Close, now.SessionVwap, scale: values.Close, comparable: values.UtcDay == _utcDay);
        _utcDay = values.UtcDay;
    }

    /// <summary>Adds what the candles say to a snapshot, for a signal generator.</summary>
    /// <param name="snapshot">How the pair stands otherwise.</param>
    /// <returns>The snapshot with candles, indicators and votes; as it was before the first candle.</returns>
    /// <remarks>Allocation: the snapshot and a copy of the candles, which become decimals when they are read.</remarks>
    public MarketSnapshot AddTo(MarketSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (_history.Count == 0)
        {
            return snapshot;
        }

        long intervalNs = _settings.CandleSeconds * NsPerSecond;
        CandleList candles = new(_history, Product, intervalNs);
        return snapshot with { Candles = candles, Indicators = Indicators, Votes = Votes };
    }

    /// <summary>Writes the state for a checkpoint.</summary>
    /// <param name="to">At least <see cref="StateLength"/> numbers.</param>
    public void Save(Span<long> to)
    {
        to[0] = _utcDay;
        _history.Save(to[HeaderLength..]);
        Span<double> rest = MemoryMarshal.Cast<long, double>(to[(HeaderLength + _history.StateLength)..]);
        _indicators.Save(rest);
        rest = rest[_indicators.StateLength..];
        _rsi.Save(rest);
        _macd.Save(rest[Crossing.StateLength..]);
        _vwap.Save(rest[(2 * Crossing.StateLength)..]);
    }

    /// <summary>Takes the state of a checkpoint: all that follows is equal to the last bit.</summary>
    /// <param name="from">What <see cref="Save"/> wrote, with the same settings.</param>
    /// <exception cref="InvalidDataException">The state is of other settings.</exception>
    public void Restore(ReadOnlySpan<long> from)
    {
        if (from.Length != StateLength)
        {
            throw new InvalidDataException(
                $"the stored signals of {Product.ProductId} were made with other settings: "
                + $"{from.Length} numbers, {StateLength} expected");
        }

        _history.Restore(from[HeaderLength..]);
        _utcDay = from[0];
        ReadOnlySpan<double> rest = MemoryMarshal.Cast<long, double>(from[(HeaderLength + _history.StateLength)..]);
        _indicators.Restore(rest);
        rest = rest[_indicators.StateLength..];
        _rsi.Restore(rest);
        _macd.Restore(rest[Crossing.StateLength..]);
        _vwap.Restore(rest[(2 * Crossing.StateLength)..]);
    }
}
