namespace Disruptor;

/// <summary>Sleeps until an event is published; spins without sleeping for handlers that come first.</summary>
/// <remarks>Only the first handlers of a chain leave their core: later ones spin.</remarks>
public sealed class BlockingWaitStrategy : IWaitStrategy
{
    private readonly BlockingGate _gate = new();

    /// <inheritdoc/>
    public bool IsBlockingStrategy => true;

    /// <inheritdoc/>
    public ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependentSequences) =>
        new BlockingWaiter(_gate, dependentSequences, Timeout.Infinite, sleepsForHandlers: false);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking() => _gate.SignalAll();
}
