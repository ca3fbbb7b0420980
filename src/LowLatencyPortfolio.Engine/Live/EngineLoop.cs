using System.Diagnostics;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// What the engine's thread does: whatever is to enter the ring, from feeds, callers, the venue, the journal or the
/// clock, passes through <see cref="Pass"/>.
/// </summary>
/// <remarks>
/// Thread: the engine's. Allocation: none after warm-up. Order events wait for room in the ring; ticks conflate
/// instead.
/// </remarks>
internal sealed class EngineLoop(
    TradingPipeline pipeline, IOrderGateway gateway, ISessionJournal journal, Inbox<EngineItem> inbox, WakeGate gate,
    TimeProvider time, bool busyPoll)
{
    /// <summary>Time between two timer events, ns.</summary>
    public const long TimerPeriodNs = EventTime.Second / 10;

    private const int ItemsPerPass = 256;
    private const int SpinsBeforeSleep = 40;
    private const int SpinsBeforeNap = 20;
    private const long NsPerTick = 100;
    private static readonly TimeSpan s_doubtWait = TimeSpan.FromSeconds(2);

    private readonly RingPublisher _ring = new(pipeline);
    private readonly HealthWatch _health = new(journal);
    private readonly OutageWatch _outages = new(pipeline);
    private long _nextTimerNs;
    private volatile bool _stopRequested;

    /// <summary>Ticks that lost their own place in the ring because it was full.</summary>
    public long Conflated => _ring.Conflated;

    /// <summary>A clock's time now, ns UTC.</summary>
    public static long NowNs(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NsPerTick;

    public void RequestStop()
    {
        _stopRequested = true;
        gate.Wake();
    }

    /// <summary>Runs until a stop is requested or a stage has stopped.</summary>
    public void Run()
    {
        SpinWait idle = default;
        while (!_stopRequested)
        {
            if (Pass())
            {
                idle.Reset();
            }
            else
            {
                Rest(ref idle);
            }
        }
    }

    /// <summary>
    /// Brings everything under way to an end: nothing waits, no commit is outstanding, the stages have
    /// handled all; for two seconds also that nothing is in doubt at the venue.
    /// </summary>
    /// <param name="atMost">How long to try.</param>
    /// <returns>False when time was up, because commits fail for instance.</returns>
    public bool Settle(TimeSpan atMost)
    {
        long begun = Stopwatch.GetTimestamp();      // a stop has to end in real time, whatever the engine's clock does
        SpinWait idle = default;
        while (true)
        {
            pipeline.WaitUntilHandled();
            bool isAnswered = journal.Outstanding == 0;     // read first: who sees 0 also sees every answer
            bool moved = pipeline.DrainOutbox() > 0;
            moved |= Pass();
            bool waits = Stopwatch.GetElapsedTime(begun) < s_doubtWait && gateway.IsInDoubt;
            if (!moved && isAnswered && !waits)
            {
                return true;
            }

            if (Stopwatch.GetElapsedTime(begun) > atMost)
            {
                return false;
            }

            idle.SpinOnce();
        }
    }

    /// <summary>Takes in what the venue has told; to be asked after <see cref="Settle"/>.</summary>
    /// <returns>Whether it was anything: then something is under way again.</returns>
    public bool TakeNews() => PollGateway(NowNs(time));

    /// <summary>Fails everybody who still waits for an event; the engine has ended.</summary>
    public void Abandon(Exception cause)
    {
        _ring.Abandon(cause);
        while (inbox.TryTake(out EngineItem item))
        {
            _ = item.Passed?.TrySetException(cause);
        }
    }

    private bool Pass()
    {
        long nowNs = NowNs(time);
        bool moved = PublishTimer(nowNs);
        moved |= PollGateway(nowNs);
        moved |= PublishAnswers(nowNs);
        moved |= _ring.PublishSurvivors();
        moved |= PublishItems();
        _ring.RunStages();
        _ring.CompletePassed();
        if (pipeline.Fault is { } fault)
        {
            throw new InvalidOperationException("a stage of the pipeline has stopped", fault);
        }

        return moved;
    }

    private bool PublishItems()
    {
        int taken = 0;
        while (taken < ItemsPerPass && inbox.TryTake(out EngineItem item))
        {
            taken++;
            if (item.Kind == EventKind.Tick)
            {
                MatchAtVenue(in item);
                _ring.PublishTick(in item);
            }
            else
            {
                _ring.Publish(in item);
            }

            _ring.RunStages();
        }

        return taken > 0;
    }

    // A simulated venue trades on the tick before the engine sees it: what is due by then, the tick, its reports.
    private void MatchAtVenue(in EngineItem item)
    {
        _ = PollGateway(item.ReceivedAtNs);
        MarketTick tick = new()
        {
            Product = item.Product,
            TimeNs = item.ReceivedAtNs,
            Price = item.Price,
            Quantity = item.Quantity,
            TradeKey = item.TradeKey,
        };
        gateway.OnTick(in tick);
        _ = PublishReports();
    }

    private bool PublishTimer(long nowNs)
    {
        if (nowNs < _nextTimerNs)
        {
            return false;
        }

        _health.Report(_ring, nowNs);
        _outages.Report(nowNs);
        EngineItem timer = new() { Kind = EventKind.Timer, Product = -1, ReceivedAtNs = nowNs };
        if (!_ring.TryPublish(in timer))
        {
            return false;       // the next pass tries again; time does not run out
        }

        _nextTimerNs = nowNs - (nowNs % TimerPeriodNs) + TimerPeriodNs;
        return true;
    }

    private bool PollGateway(long nowNs)
    {
        bool moved = gateway.Poll(nowNs);
        return PublishReports() || moved;
    }

    private bool PublishReports()
    {
        ReadOnlySpan<TradingEvent> reports = gateway.Reports;
        if (reports.IsEmpty)
        {
            return false;
        }

        foreach (ref readonly TradingEvent report in reports)
        {
            pipeline.Publish(in report);
        }

        gateway.ClearReports();
        return true;
    }

    private bool PublishAnswers(long nowNs)
    {
        bool any = false;
        while (journal.TryTakeAnswer(out IntentAnswer answer))
        {
            ref TradingEvent e = ref pipeline.Claim(out long sequence);
            e = default;
            e.Kind = answer.Durable ? EventKind.IntentDurable : EventKind.IntentFailed;
            e.Count = 1;
            e.Product = answer.Product;
            e.OrderSequence = answer.OrderSequence;
            e.ReceivedAtNs = nowNs;
            pipeline.Publish(sequence);
            any = true;
        }

        return any;
    }

    private void Rest(ref SpinWait idle)
    {
        // What is awaited comes from other threads without a wake: look again soon, but give way to them.
        bool isAwaited = _ring.IsAwaited || journal.Outstanding > 0;
        if (busyPoll || isAwaited || idle.Count < SpinsBeforeSleep)
        {
            idle.SpinOnce(isAwaited && !busyPoll ? SpinsBeforeNap : -1);
            return;
        }

        long dueNs = Math.Min(_nextTimerNs, gateway.NextDueNs) - NowNs(time);
        long sleepNs = Math.Clamp(dueNs, EventTime.Second / 1000, TimerPeriodNs);
        gate.Sleep(TimeSpan.FromTicks(sleepNs / NsPerTick));      // inbox, venue and a stop wake it
    }
}
