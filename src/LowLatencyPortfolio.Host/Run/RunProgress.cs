namespace LowLatencyPortfolio.Host.Run;

/// <summary>How far a run has come, written by the feeder and read by whoever shows it.</summary>
/// <remarks>
/// Thread: one writer, any readers. Allocation: none. The two numbers are written one after the other; a reader that
/// sees them from neighbouring reports shows a line that is at most one report old.
/// </remarks>
internal sealed class RunProgress
{
    private long _ticks;
    private long _eventTimeNs;

    /// <summary>Ticks fed so far.</summary>
    public long Ticks => Volatile.Read(ref _ticks);

    /// <summary>Time of the newest tick, ns UTC; 0 before the first.</summary>
    public long EventTimeNs => Volatile.Read(ref _eventTimeNs);

    /// <summary>Notes how far the run is. Call it each thousand ticks or so, not each tick.</summary>
    /// <param name="ticks">Ticks fed so far.</param>
    /// <param name="eventTimeNs">Time of the newest, ns UTC.</param>
    public void Report(long ticks, long eventTimeNs)
    {
        Volatile.Write(ref _ticks, ticks);
        Volatile.Write(ref _eventTimeNs, eventTimeNs);
    }
}
