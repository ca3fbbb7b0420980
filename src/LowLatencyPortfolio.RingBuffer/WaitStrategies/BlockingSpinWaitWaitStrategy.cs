namespace Disruptor;

/// <summary>
/// Sleeps until an event is published; spins and then sleeps 1 ms at a time for handlers that come first.
/// </summary>
/// <remarks>The least processor time when idle or behind a slow handler.</remarks>
public sealed class BlockingSpinWaitWaitStrategy : IWaitStrategy
{
    private readonly BlockingGate _gate = new();

    /// <inheritdoc/>
    public bool IsBlockingStrategy => true;

    /// <inheritdoc/>
    public ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependentSequences) =>
        new BlockingWaiter(_gate, dependentSequences, Timeout.Infinite, sleepsForHandlers: true);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking() => _gate.SignalAll();
}
