using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>The closed candles of recorded data, by the time of their close and then by product.</summary>
/// <remarks>
/// Thread: one. At each end of an interval all pairs are told the time, as an engine's timer does, so that a pair
/// without ticks closes with the others.
/// </remarks>
internal sealed class CandleStream : IDisposable
{
    private const int ReportEvery = 4_096;
    private readonly ReplayFeed _feed;
    private readonly CandleBook _book;
    private readonly RunProgress _progress;
    private readonly long _endNs;
    private MarketTick _held;
    private bool _holds;
    private bool _ended;
    private long _nowNs;
    private int _told;

    /// <summary>Opens the data.</summary>
    /// <param name="inputs">What to make candles of.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <exception cref="ReplayDataException">A file cannot be read any more.</exception>
    public CandleStream(CandleInputs inputs, RunProgress progress)
    {
        _feed = new ReplayFeed(inputs.Catalog, inputs.Pairs);
        _book = new CandleBook(inputs.Pairs.Length, inputs.Settings.CandleSeconds);
        _progress = progress;
        _endNs = inputs.Catalog.LastTimeNs + 1;
        _told = _book.Pairs;
    }

    /// <summary>Length of a candle, ns.</summary>
    public long IntervalNs => _book.IntervalNs;

    /// <summary>Takes the next closed candle.</summary>
    /// <param name="pair">Index of its pair, when true.</param>
    /// <param name="candle">The candle, when true.</param>
    /// <returns>False at the end of the data.</returns>
    /// <exception cref="ReplayDataException">A file was changed meanwhile, or cannot be read any more.</exception>
    public bool TryRead(out int pair, out Candle candle)
    {
        while (true)
        {
            if (TryCloseNext(out pair))
            {
                candle = _book.Closed(pair);
                return true;
            }

            if (_holds)
            {
                _holds = false;
                Take(in _held);
            }

            if (!ReadUpToBorder())
            {
                candle = default;
                return false;
            }
        }
    }

    /// <summary>The candle of a pair whose end the data does not reach; 0 ticks when there is none.</summary>
    /// <param name="pair">Index of the pair.</param>
    public Candle Unfinished(int pair) => _book.Current(pair);

    /// <summary>Closes the files.</summary>
    public void Dispose() => _feed.Dispose();

    private bool TryCloseNext(out int pair)
    {
        while (_told < _book.Pairs)
        {
            pair = _told++;
            if (_book.OnTime(pair, _nowNs))
            {
                return true;
            }
        }

        pair = -1;
        return false;
    }

    /// <summary>
    /// Reads ticks until one lies behind the end of the interval; it is held until all candles have closed.
    /// </summary>
    private bool ReadUpToBorder()
    {
        while (_feed.TryRead(out MarketTick tick))
        {
            if (_feed.Delivered % ReportEvery == 0)
            {
                _progress.Report(_feed.Delivered, tick.TimeNs);
            }

            if (tick.TimeNs - _nowNs >= IntervalNs)
            {
                Tell(tick.TimeNs - (tick.TimeNs % IntervalNs));
                (_held, _holds) = (tick, true);
                return true;
            }

            Take(in tick);
        }

        if (_ended)
        {
            return false;
        }

        _ended = true;
        Tell(_endNs);
        return true;
    }

    private void Tell(long nowNs) => (_nowNs, _told) = (nowNs, 0);

    private void Take(in MarketTick tick) =>
        _ = _book.OnTick(tick.Product, tick.TimeNs, tick.Price, tick.Quantity, tick.Price, tick.Price);
}
