namespace Disruptor;

/// <summary>Spins without sleeping for the handlers that are marked for it, and as
/// <see cref="SpinWaitWaitStrategy"/> for the others.</summary>
/// <remarks>
/// Mark a handler by setting <see cref="DependentSequenceGroup.Tag"/> of its dependencies to
/// <see cref="AggressiveSpinWaitTag"/>.
/// </remarks>
public sealed class HybridSpinWaitStrategy : IWaitStrategy
{
    /// <summary>The mark of a handler that must not sleep.</summary>
    public static object AggressiveSpinWaitTag { get; } = new();

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
            ReferenceEquals(Dependencies.Tag, AggressiveSpinWaitTag)
                ? Dependencies.AggressiveSpinWaitFor(sequence, cancellationToken)
                : Dependencies.SpinWaitFor(sequence, cancellationToken);
    }
}
