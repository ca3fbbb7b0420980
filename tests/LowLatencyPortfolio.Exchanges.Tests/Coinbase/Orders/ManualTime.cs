namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>
/// A clock that only moves when it is told to, or is set; its timers fire on the thread that moves it.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private long _setTicks;

    public long NowNs => (GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _now.Ticks - _setTicks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(callback, state, GetUtcNow() + dueTime, period);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ManualTimer[] timers;
        lock (_lock)
        {
            _now += by;
            timers = [.. _timers];
        }

        foreach (ManualTimer timer in timers)
        {
            timer.FireDue(GetUtcNow());
        }
    }

    /// <summary>Somebody sets the clock, forward or back; no time passes.</summary>
    public void Set(TimeSpan by)
    {
        lock (_lock)
        {
            _now += by;
            _setTicks += by.Ticks;
        }
    }

    private sealed class ManualTimer(TimerCallback callback, object? state, DateTimeOffset due, TimeSpan period)
        : ITimer
    {
        private DateTimeOffset _due = due;

        public void FireDue(DateTimeOffset now)
        {
            while (_due <= now)
            {
                _due += period;
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => _due = DateTimeOffset.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
