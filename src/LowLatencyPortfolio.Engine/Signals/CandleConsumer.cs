using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Builds the candles of all pairs beside the stages, and hands those of one boundary on as a round.
/// </summary>
/// <remarks>
/// Thread: the observer's. Allocation: none. It never waits: where the queue is full, the round is dropped and counted.
/// <para>A tick counts at its venue's time where the venue says it, and at ours where it does not or says one more than
/// a second ahead of us. The round of a boundary begins at the first timer at or after it, by <see
/// cref="SignalOptions.CloseDelayMs"/> later than our clock says, because what the venue traded before the boundary may
/// still be on its way.</para>
/// </remarks>
internal sealed class CandleConsumer : IMarketObserver
{
    private const string SectionName = "candles-1";

    private readonly CandleBook _book;
    private readonly RoundQueue _queue;
    private readonly long _delayNs;
    private readonly Candle[] _fresh;
    private readonly long[] _lastExitNs;
    private readonly long[] _state;
    private long _nextCloseNs;
    private long _waitingCandles;
    private long _lostCandles;
    private long _droppedRounds;

    /// <param name="pairs">How many pairs.</param>
    /// <param name="candleSeconds">Length of a candle.</param>
    /// <param name="delayNs">How much later than a timer says it is, ns.</param>
    /// <param name="queue">Where rounds go.</param>
    public CandleConsumer(int pairs, int candleSeconds, long delayNs, RoundQueue queue)
    {
        _book = new CandleBook(pairs, candleSeconds);
        _queue = queue;
        _delayNs = delayNs;
        _fresh = new Candle[pairs];
        _lastExitNs = new long[pairs];
        _state = new long[_book.StateLength];
    }

    /// <summary>Told, on the observer's thread, that a round waits; set before the start.</summary>
    public Action? Wake { get; set; }

    /// <summary>Length of a candle, ns.</summary>
    public long IntervalNs => _book.IntervalNs;

    /// <summary>Rounds for which there was no room; from any thread.</summary>
    public long DroppedRounds => Volatile.Read(ref _droppedRounds);

    /// <summary>Candles that were overtaken by the next of their pair before any timer; from any thread.</summary>
    public long LostCandles => Volatile.Read(ref _lostCandles);

    /// <summary>Ticks that came after their candle was closed; from any thread, and then the newest few may be
    /// missing.</summary>
    public long LateTicks
    {
        get
        {
            long sum = 0;
            for (int i = 0; i < _book.Pairs; i++)
            {
                sum += _book.LateTicks(i);
            }

            return sum;
        }
    }

    public void OnTick(in TradingEvent e, long low, long high)
    {
        long venueNs = e.VenueTimeNs;
        long timeNs = venueNs > 0 && venueNs - e.ReceivedAtNs <= EventTime.Second ? venueNs : e.ReceivedAtNs;
        if (_book.OnTick(e.Product, timeNs, e.Price, e.Quantity, low, high))
        {
            Keep(e.Product);
        }
    }

    public void OnTime(long nowNs)
    {
        if (nowNs - _delayNs >= _nextCloseNs)
        {
            Close(nowNs);
        }
    }

    public void OnReport(in TradingEvent e)
    {
        if (e.Side == OrderSide.Sell && e.CumulativeQuantity > 0)
        {
            _lastExitNs[e.Product] = e.NowNs;
        }
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section(SectionName);
        writer.Write(_nextCloseNs);
        writer.Write(_waitingCandles);
        writer.Write(_lostCandles);
        writer.Write(_droppedRounds);
        writer.Write(MemoryMarshal.AsBytes(_fresh.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_lastExitNs.AsSpan()));
        _book.Save(_state);
        writer.Write(MemoryMarshal.AsBytes(_state.AsSpan()));
    }

    /// <exception cref="InvalidDataException">The state is of other candles.</exception>
    public void Restore(CheckpointReader reader)
    {
        reader.Section(SectionName);
        _nextCloseNs = reader.ReadInt64();
        _waitingCandles = reader.ReadInt64();
        _lostCandles = reader.ReadInt64();
        _droppedRounds = reader.ReadInt64();
        ReadOnlySpan<byte> fresh = reader.ReadBytes();
        ReadOnlySpan<byte> exits = reader.ReadBytes();
        _book.Restore(MemoryMarshal.Cast<byte, long>(reader.ReadBytes()));
        MemoryMarshal.Cast<byte, Candle>(fresh).CopyTo(_fresh);
        MemoryMarshal.Cast<byte, long>(exits).CopyTo(_lastExitNs);
    }

    /// <summary>
    /// Gives up the candles being built, whose rest nobody saw; those that had closed stay. After <see
    /// cref="Restore"/>, where the market went on meanwhile.
    /// </summary>
    public void BreakOff() => _book.BreakOff();

    // A candle that no round took yet means that time passed without a timer for a whole interval.
    private void Keep(int product)
    {
        bool isWaiting = _fresh[product].Ticks != 0;
        _lostCandles += isWaiting ? 1 : 0;
        _waitingCandles += isWaiting ? 0 : 1;
        _fresh[product] = _book.Closed(product);
    }

    private void Close(long nowNs)
    {
        long timeNs = nowNs - _delayNs;
        long endNs = timeNs - (timeNs % IntervalNs);
        _nextCloseNs = endNs + IntervalNs;
        for (int product = 0; product < _book.Pairs; product++)
        {
            if (_book.OnTime(product, timeNs))
            {
                Keep(product);
            }
        }

        if (_waitingCandles == 0)
        {
            return;     // nothing traded: there is nothing to judge
        }

        if (_queue.TryBegin(out CandleRound round))
        {
            round.EndNs = endNs;
            round.AtNs = nowNs;
            _fresh.CopyTo(round.Candles, 0);
            _lastExitNs.CopyTo(round.LastExitNs, 0);
            _queue.Publish();
            Wake?.Invoke();
        }
        else
        {
            _droppedRounds++;
        }

        Array.Clear(_fresh);
        _waitingCandles = 0;
    }
}
