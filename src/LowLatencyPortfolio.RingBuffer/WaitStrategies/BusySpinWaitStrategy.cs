namespace Disruptor;

/// <summary>Spins with a pause: lowest latency, one whole core for each waiting handler.</summary>
/// <remarks>
/// Only where cores outnumber the spinning threads; otherwise it delays the very thread it waits for.
/// </remarks>
public sealed class BusySpinWaitStrategy : IWaitStrategy
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
        public override SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken)
        {
            long available;
            while ((available = Dependencies.Value) < sequence)
            {
                cancellationToken.ThrowIfCancellationRequested();
                CpuPause.Once();
            }

            return available;
        }
    }
}
