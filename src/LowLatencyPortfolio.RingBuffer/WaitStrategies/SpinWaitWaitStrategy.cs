namespace Disruptor;

/// <summary>
/// Spins briefly, then sleeps 1 ms at a time: little processor time, a millisecond or more to wake up.
/// </summary>
public sealed class SpinWaitWaitStrategy : IWaitStrategy
{
    /// <inheritdoc/>
    public bool IsBlockingStrategy => false;

    /// <inheritdoc/>
    public ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependentSequences) =>
        new Waiter(dependentSequences);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking()
    {
    }

    private sealed class Waiter(DependentSequenceGroup dependencies) : SpinningWaiter(dependencies)
    {
        public override SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken) =>
            Dependencies.SpinWaitFor(sequence, cancellationToken);
    }
}
