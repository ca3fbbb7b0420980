namespace Disruptor;

/// <summary>
/// As <see cref="BlockingWaitStrategy"/>, and tells the handler when nothing was published for a while.
/// </summary>
public sealed class TimeoutBlockingWaitStrategy : IWaitStrategy
{
    private readonly BlockingGate _gate = new();
    private readonly int _timeoutMs;

    /// <summary>Makes a strategy.</summary>
    /// <param name="timeout">After how long to call <see cref="IEventHandler.OnTimeout"/>: 0 to 2³¹ − 1 ms, rounded up
    /// to whole ms.</param>
    public TimeoutBlockingWaitStrategy(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromMilliseconds(int.MaxValue));
        _timeoutMs = (int)((timeout.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
    }

    /// <inheritdoc/>
    public bool IsBlockingStrategy => true;

    /// <inheritdoc/>
    public ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependentSequences) =>
        new BlockingWaiter(_gate, dependentSequences, _timeoutMs, sleepsForHandlers: false);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking() => _gate.SignalAll();
}
