using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Brings what the stages say they did to those who listen, on a thread of its own.</summary>
/// <remarks>
/// Thread: <see cref="Add(in StateChange)"/> on the thread that runs Dispatch, which copies a row into a ring of cells
/// made before, and neither waits nor allocates; decimals and texts are made here. Nobody listens: no thread, no cells,
/// and one read a row. A channel alone was not taken for the first step: one whose reader waits hands it to the thread
/// pool, whose queue may grow on the writer's thread.
/// </remarks>
internal sealed class EventHub(PairSetup[] pairs, int room = 4_096) : IDisposable
{
    private readonly EventReading _reading = new(pairs);
    private readonly Lock _changing = new();
    private readonly WakeGate _wake = new();
    private EngineEvents[] _listeners = [];
    private Inbox<Told>? _told;
    private long _missed;
    private volatile bool _isHeard;
    private volatile bool _isEnded;

    /// <summary>Whether anybody listens.</summary>
    public bool IsHeard => _isHeard;

    /// <summary>A listener more, from now on; after the end one that hears nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not above 0.</exception>
    public EngineEvents Listen(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        EngineEvents listener = new(capacity, Forget);
        lock (_changing)
        {
            if (_isEnded)
            {
                listener.End();
                return listener;
            }

            if (_told is null)
            {
                _told = new Inbox<Told>(room);
                new Thread(Run) { Name = "llp events", IsBackground = true }.Start();
            }

            Volatile.Write(ref _listeners, [.. _listeners, listener]);
            _isHeard = true;
        }

        return listener;
    }

    /// <summary>Tells of a row; nothing to do while nobody listens.</summary>
    public void Add(in StateChange row)
    {
        if (_isHeard && EventReading.IsTold(in row))
        {
            Add(new Told { Row = row });
        }
    }

    /// <summary>Tells of an alarm, from any thread.</summary>
    public void Add(EngineAlarm alarm)
    {
        if (_isHeard)
        {
            Add(new Told { Alarm = alarm });
        }
    }

    /// <summary>The engine has ended: what was told goes out, then every stream ends. More than once.</summary>
    public void Dispose()
    {
        lock (_changing)
        {
            _isHeard = false;
            _isEnded = true;
            if (_told is null)
            {
                _wake.Dispose();
            }
            else
            {
                _wake.Wake();       // the thread disposes it when it has told everything
            }
        }
    }

    private void Add(Told told)
    {
        told.MissedBefore = Interlocked.Exchange(ref _missed, 0);
        if (_told!.TryAdd(in told))
        {
            _wake.Wake();
        }
        else
        {
            _ = Interlocked.Add(ref _missed, told.MissedBefore + 1);
        }
    }

    private void Forget(EngineEvents listener)
    {
        lock (_changing)
        {
            Volatile.Write(ref _listeners, [.. _listeners.Where(other => other != listener)]);
            _isHeard = _listeners.Length > 0 && !_isEnded;
        }
    }

    private void Run()
    {
        bool isLast;
        do
        {
            isLast = _isEnded;      // read first: whatever was told before the end is in the cells
            while (_told!.TryTake(out Told told))
            {
                Deliver(in told);
            }

            if (isLast)
            {
                Miss(Interlocked.Exchange(ref _missed, 0));     // before that the next row brings it, to its place
            }
            else
            {
                _wake.Sleep(Timeout.InfiniteTimeSpan);
            }
        }
        while (!isLast);

        foreach (EngineEvents listener in Volatile.Read(ref _listeners))
        {
            listener.End();
        }

        _wake.Dispose();
    }

    private void Deliver(in Told told)
    {
        Miss(told.MissedBefore);
        EngineEvent? read = told.Alarm is { } alarm ? EventReading.Of(alarm) : _reading.Of(in told.Row);
        if (read is null)
        {
            return;
        }

        foreach (EngineEvents listener in Volatile.Read(ref _listeners))
        {
            listener.Offer(read);
        }
    }

    private void Miss(long events)
    {
        if (events == 0)
        {
            return;
        }

        foreach (EngineEvents listener in Volatile.Read(ref _listeners))
        {
            listener.Miss(events);
        }
    }

    private struct Told
    {
        public StateChange Row;
        public EngineAlarm? Alarm;
        public long MissedBefore;
    }
}
