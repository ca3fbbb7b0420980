namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Where one thread sleeps until it is woken; waking costs one fence and one read while it is awake.
/// </summary>
/// <remarks>
/// A wake stays until the sleeper has come to <see cref="Sleep"/>, which then returns at once. So what is told after
/// the sleeper has looked for it, and before it sleeps, is looked for again, whoever told it.
/// </remarks>
internal sealed class WakeGate : IDisposable
{
    private const int Awake = 0;
    private const int Asleep = 1;
    private const int Woken = 2;

    private readonly AutoResetEvent _signal = new(initialState: false);
    private int _state;

    /// <summary>
    /// Wakes the sleeper, or keeps it from falling asleep once; any thread, after the work was made visible.
    /// </summary>
    public void Wake()
    {
        Interlocked.MemoryBarrier();    // the work is written before the state is read; the sleeper does the reverse
        if (Volatile.Read(ref _state) != Woken && Interlocked.Exchange(ref _state, Woken) == Asleep)
        {
            _signal.Set();
        }
    }

    /// <summary>
    /// Sleeps unless there was a wake since the last sleep; the caller looks for work whenever it returns.
    /// </summary>
    /// <param name="atMost">Longest sleep.</param>
    public void Sleep(TimeSpan atMost)
    {
        if (Interlocked.CompareExchange(ref _state, Asleep, comparand: Awake) == Awake)
        {
            _ = _signal.WaitOne(atMost);
        }

        _ = Interlocked.Exchange(ref _state, Awake);    // a signal set in between costs one empty look
    }

    public void Dispose() => _signal.Dispose();
}
