using System.Diagnostics;

namespace LowLatencyPortfolio.CrashHost;

/// <summary>
/// The machine's clock, which stands still some time after the engine is ready until it is told to go on: what happens
/// while it stands was due by then, however slow the machine is.
/// </summary>
internal sealed class HeldClock(CrashPlan plan) : TimeProvider
{
    // Kept: in llp's own process this clock stands in for it.
    private readonly TimeProvider _machine = System;

    private readonly Lock _lock = new();
    private readonly List<Action> _late = [];
    private DateTimeOffset _holdAt = DateTimeOffset.MaxValue;
    private long _holdAtStamp = long.MaxValue;
    private int _mainThread;

    /// <summary>The engine is ready.</summary>
    public void Begin()
    {
        _mainThread = Environment.CurrentManagedThreadId;
        if (plan.HoldAfter is not { } after)
        {
            return;
        }

        lock (_lock)
        {
            _holdAt = _machine.GetUtcNow() + after;
            _holdAtStamp = _machine.GetTimestamp() + (long)(after.TotalSeconds * Stopwatch.Frequency);
        }
    }

    /// <summary>Time goes on.</summary>
    public void Go()
    {
        Action[] late;
        lock (_lock)
        {
            (_holdAt, _holdAtStamp) = (DateTimeOffset.MaxValue, long.MaxValue);
            late = [.. _late];
            _late.Clear();
        }

        Array.ForEach(late, fire => fire());
    }

    public override DateTimeOffset GetUtcNow()
    {
        DateTimeOffset now = _machine.GetUtcNow();
        lock (_lock)
        {
            return now < _holdAt ? now : _holdAt;
        }
    }

    public override long GetTimestamp()
    {
        // On llp's main thread the engine's clock is read, by its timestamps, for one thing only: to hand an entry over
        // that was decided.
        plan.At("01", Environment.CurrentManagedThreadId == _mainThread);
        lock (_lock)
        {
            return Math.Min(_machine.GetTimestamp(), _holdAtStamp);
        }
    }

    /// <summary>A timer that does not fire while time stands.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(_ => Fire(() => callback(state)), null, dueTime, period);

    private void Fire(Action fire)
    {
        lock (_lock)
        {
            if (_machine.GetUtcNow() > _holdAt)
            {
                _late.Add(fire);
                return;
            }
        }

        fire();
    }
}
