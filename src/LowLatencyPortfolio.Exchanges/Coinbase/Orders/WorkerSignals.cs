namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>How the gateway's threads wake each other and the engine, and how they end.</summary>
/// <remarks>Thread: any. Allocation: none.</remarks>
internal sealed class WorkerSignals : IDisposable
{
    private readonly AutoResetEvent _work = new(false);
    private readonly AutoResetEvent _exits = new(false);
    private readonly CancellationTokenSource _stop = new();
    private volatile bool _isStopped;
    private volatile bool _isSpinnerIdle;
    private volatile Exception? _fault;
    private volatile Action? _wakeEngine;

    /// <summary>What ended a thread of the gateway; null while nothing did.</summary>
    public Exception? Fault => _fault;

    public bool IsStopped => _isStopped;

    /// <summary>A worker spins and sees a command without being woken.</summary>
    public bool IsSpinnerIdle
    {
        get => _isSpinnerIdle;
        set => _isSpinnerIdle = value;
    }

    public CancellationToken Stopping => _stop.Token;

    /// <summary>Called when the engine should poll.</summary>
    public Action? EngineWake
    {
        get => _wakeEngine;
        set => _wakeEngine = value;
    }

    /// <summary>Wakes one of the threads that send everything.</summary>
    public void WakeWorker() => _work.Set();

    /// <summary>Wakes the thread that sends exits only.</summary>
    public void WakeExits() => _exits.Set();

    /// <summary>Wakes one of either kind.</summary>
    public void WakeAll()
    {
        _work.Set();
        _exits.Set();
    }

    public void WakeEngine() => _wakeEngine?.Invoke();

    /// <summary>Waits to be woken.</summary>
    /// <param name="atMost">How long.</param>
    /// <param name="forExits">Whether as the thread that sends exits only.</param>
    public void Wait(TimeSpan atMost, bool forExits) => (forExits ? _exits : _work).WaitOne(
        atMost > TimeSpan.FromMilliseconds(1) ? atMost : TimeSpan.FromMilliseconds(1));

    public void Fail(Exception fault)
    {
        _fault ??= fault;
        WakeEngine();
    }

    public void Stop()
    {
        _isStopped = true;
        _stop.Cancel();
        WakeAll();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _work.Dispose();
        _exits.Dispose();
    }
}
