namespace Disruptor.Dsl;

/// <summary>A disruptor's one way through life: built, running, halted, disposed of. A wrong step throws.</summary>
internal sealed class DisruptorLife
{
    private const int Built = 0;
    private const int Running = 1;
    private const int Halted = 2;
    private const int Disposed = 3;

    private int _state;

    public bool HasStarted => Volatile.Read(ref _state) is Running or Halted;

    public bool IsRunning => Volatile.Read(ref _state) == Running;

    public void CheckNotStarted()
    {
        var state = Volatile.Read(ref _state);
        ObjectDisposedException.ThrowIf(state == Disposed, typeof(ValueDisruptor<>));
        if (state != Built)
            throw new InvalidOperationException("Handlers must be added before the disruptor is started.");
    }

    public void CheckRunning(string action)
    {
        var state = Volatile.Read(ref _state);
        ObjectDisposedException.ThrowIf(state == Disposed, typeof(ValueDisruptor<>));
        if (state != Running)
            throw WrongStep(action, state);
    }

    public void Start()
    {
        var state = Interlocked.CompareExchange(ref _state, Running, Built);
        ObjectDisposedException.ThrowIf(state == Disposed, typeof(ValueDisruptor<>));
        if (state != Built)
            throw WrongStep("started", state);
    }

    public void Halt()
    {
        var state = Interlocked.CompareExchange(ref _state, Halted, Running);
        ObjectDisposedException.ThrowIf(state == Disposed, typeof(ValueDisruptor<>));
        if (state != Running)
            throw WrongStep("halted", state);
    }

    /// <summary>False when it was disposed of before.</summary>
    public bool TryDispose() => Interlocked.Exchange(ref _state, Disposed) != Disposed;

    private static InvalidOperationException WrongStep(string action, int state)
    {
        var now = state switch { Built => "has not been started", Running => "is running", _ => "has been halted" };
        return new InvalidOperationException($"The disruptor cannot be {action}: it {now}.");
    }
}
