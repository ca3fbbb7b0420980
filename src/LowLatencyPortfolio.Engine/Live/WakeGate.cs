namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Where one thread sleeps until there is work; waking costs one fence and one read while it is awake.
/// </summary>
internal sealed class WakeGate : IDisposable
{
    private readonly AutoResetEvent _signal = new(initialState: false);
    private int _asleep;

    /// <summary>
    /// Wakes the sleeper, or keeps it from falling asleep; any thread, after the work was made visible.
    /// </summary>
    public void Wake()
    {
        Interlocked.MemoryBarrier();    // the work is written before the flag is read; Sleep does the reverse
        if (Volatile.Read(ref _asleep) != 0 && Interlocked.Exchange(ref _asleep, 0) != 0)
        {
            _signal.Set();
        }
    }

    /// <summary>Sleeps unless there is work already.</summary>
    /// <param name="atMost">Longest sleep.</param>
    /// <param name="hasWork">Asked once more after the flag is up.</param>
    public void Sleep(TimeSpan atMost, Func<bool> hasWork)
    {
        Volatile.Write(ref _asleep, 1);
        Interlocked.MemoryBarrier();
        if (!hasWork())
        {
            _ = _signal.WaitOne(atMost);
        }

        Volatile.Write(ref _asleep, 0);     // a signal set in between costs one empty pass
    }

    public void Dispose() => _signal.Dispose();
}
