namespace Disruptor;

/// <summary>Sleeps for the producers at a gate, then spins for the handlers that come first.</summary>
internal sealed class BlockingWaiter(
    BlockingGate gate, DependentSequenceGroup dependencies, int timeoutMs, bool sleepsForHandlers) : ISequenceWaiter
{
    public SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken)
    {
        if (!gate.WaitForCursor(dependencies, sequence, timeoutMs, cancellationToken))
            return SequenceWaitResult.Timeout;
        return sleepsForHandlers
            ? dependencies.SpinWaitFor(sequence, cancellationToken)
            : dependencies.AggressiveSpinWaitFor(sequence, cancellationToken);
    }

    public void Cancel() => gate.WakeSleepers();

    public void Dispose()
    {
    }
}
