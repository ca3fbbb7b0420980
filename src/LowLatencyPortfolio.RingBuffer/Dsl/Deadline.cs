using System.Diagnostics;

namespace Disruptor.Dsl;

/// <summary>A point in time to give up at, and polite pauses until then.</summary>
internal struct Deadline
{
    private const int TurnsWithoutDelay = 100;

    private readonly long _start;
    private readonly TimeSpan _limit;
    private int _turns;

    private Deadline(TimeSpan limit)
    {
        _start = Stopwatch.GetTimestamp();
        _limit = limit;
    }

    public readonly bool HasPassed => Stopwatch.GetElapsedTime(_start) >= _limit;

    /// <summary>Starts the clock; −1 ms is the longest time there is.</summary>
    public static Deadline After(TimeSpan limit) =>
        new(limit == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : limit);

    /// <summary>At first only a yield, because draining mostly takes microseconds; then 1 ms.</summary>
    public Task Pause()
    {
        if (_turns++ >= TurnsWithoutDelay)
            return Task.Delay(1);
        Thread.Yield();
        return Task.CompletedTask;
    }
}
