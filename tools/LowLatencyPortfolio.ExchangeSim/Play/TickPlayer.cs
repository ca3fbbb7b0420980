using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.ExchangeSim.Wire.Feed;

namespace LowLatencyPortfolio.ExchangeSim.Play;

/// <summary>Drives the venue and its clock with recorded trades.</summary>
/// <remarks>
/// Thread: any, one at a time by its lock. At full speed it waits for the slowest client, so that nobody loses a trade;
/// a client that takes nothing for ten seconds is cut. When the data ends, time goes on: at its pace, or at the
/// machine's after full speed, because orders still wait for their hour.
/// </remarks>
internal sealed class TickPlayer : IDisposable
{
    private const int QueuedAtMost = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly TickSource _source;
    private readonly Venue _venue;
    private readonly StepVenueClock _clock;
    private readonly SessionList _sessions;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, TradePrint> _last = new(StringComparer.Ordinal);
    private TradePrint _next;
    private bool _hasNext;
    private long _played;
    private long _offsetNs;
    private string? _fault;

    /// <summary>Reads the first trade.</summary>
    /// <param name="source">The trades.</param>
    /// <param name="venue">What they happen to.</param>
    /// <param name="clock">The venue's clock.</param>
    /// <param name="sessions">Whom full speed waits for.</param>
    /// <param name="time">The machine's clock.</param>
    public TickPlayer(
        TickSource source, Venue venue, StepVenueClock clock, SessionList sessions, TimeProvider time)
    {
        _source = source;
        _venue = venue;
        _clock = clock;
        _sessions = sessions;
        _time = time;
        _hasNext = source.TryRead(out _next);
    }

    /// <summary>Shifts all times; to be called before the first trade.</summary>
    /// <param name="nowNs">When the first trade is to happen.</param>
    public void StartAt(long nowNs)
    {
        lock (_lock)
        {
            _offsetNs = _hasNext ? nowNs - _next.TimeNs : 0;
        }
    }

    /// <summary>Where it is.</summary>
    public PlayStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new PlayStatus(_clock.NowNs, _played, !_hasNext, _fault);
            }
        }
    }

    /// <summary>Plays some trades, each at its time.</summary>
    /// <param name="count">At most so many.</param>
    public void StepTrades(long count)
    {
        lock (_lock)
        {
            for (long left = count; left > 0 && _hasNext; left--)
            {
                PlayNext();
            }
        }
    }

    /// <summary>Lets something trade now that the data does not hold; later trades are numbered after it.</summary>
    /// <param name="productId">A product of the venue.</param>
    /// <param name="price">Quote per base, above 0.</param>
    /// <param name="size">Base, above 0.</param>
    public void Print(string productId, decimal price, decimal size)
    {
        lock (_lock)
        {
            decimal before = _last.TryGetValue(productId, out TradePrint last) ? last.Price : 0m;
            OrderSide maker = price > before ? OrderSide.Sell : OrderSide.Buy;
            Play(new TradePrint(productId, 0, price, size, maker, _clock.NowNs));
        }
    }

    /// <summary>Moves time, and plays what trades until then.</summary>
    /// <param name="nowNs">Of the venue.</param>
    public void StepTo(long nowNs)
    {
        lock (_lock)
        {
            while (_hasNext && _next.TimeNs + _offsetNs <= nowNs)
            {
                PlayNext();
            }

            _clock.MoveTo(nowNs);
            _venue.Advance();
        }
    }

    /// <summary>Plays at a speed until told to stop.</summary>
    /// <param name="speed">Not by hand.</param>
    /// <param name="stopping">The server ends.</param>
    /// <returns>When it was told to.</returns>
    public async Task RunAsync(PlaySpeed speed, CancellationToken stopping)
    {
        try
        {
            if (!speed.IsPaced)
            {
                await RushAsync(stopping);
            }

            await PaceAsync(speed.IsPaced ? speed.Factor : 1, stopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (ReplayDataException e)
        {
            _fault = e.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private async Task PaceAsync(double factor, CancellationToken stopping)
    {
        long startedAt = _time.GetTimestamp();
        long firstNs = _clock.NowNs;
        while (true)
        {
            double elapsedNs = _time.GetElapsedTime(startedAt).Ticks * 100.0;
            StepTo(firstNs + (long)(elapsedNs * factor));
            await Task.Delay(Breath, _time, stopping);
        }
    }

    private async Task RushAsync(CancellationToken stopping)
    {
        const int Chunk = 64;
        while (!Status.Ended)
        {
            StepTrades(Chunk);
            await DrainAsync(stopping);
        }
    }

    private async Task DrainAsync(CancellationToken stopping)
    {
        while (_sessions.Slowest() is { } slowest && slowest.Queued > QueuedAtMost)
        {
            long written = slowest.Written;
            long since = _time.GetTimestamp();
            while (slowest.Queued > QueuedAtMost / 2 && slowest.Written == written)
            {
                if (_time.GetElapsedTime(since) > Patience)
                {
                    slowest.End();
                    _sessions.Remove(slowest);
                    break;
                }

                await Task.Delay(1, stopping);
            }
        }

        stopping.ThrowIfCancellationRequested();
    }

    private void PlayNext()
    {
        Play(_next with { TimeNs = _next.TimeNs + _offsetNs });
        _played++;
        _hasNext = _source.TryRead(out _next);
    }

    private void Play(TradePrint trade)
    {
        _ = _last.TryGetValue(trade.ProductId, out TradePrint last);
        trade = trade with { TradeId = Math.Max(trade.TradeId, last.TradeId + 1) };
        _last[trade.ProductId] = trade;
        _clock.MoveTo(trade.TimeNs);
        _venue.OnPrint(trade);
    }
}
