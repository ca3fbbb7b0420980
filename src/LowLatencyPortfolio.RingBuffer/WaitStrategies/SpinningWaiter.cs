namespace Disruptor;

/// <summary>A waiter that never sleeps for good: it sees its token by itself and holds nothing.</summary>
internal abstract class SpinningWaiter(DependentSequenceGroup dependencies) : ISequenceWaiter
{
    protected DependentSequenceGroup Dependencies { get; } = dependencies;

    public abstract SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken);

    public void Cancel()
    {
    }

    public void Dispose()
    {
    }
}
