namespace Disruptor;

/// <summary>Spins, then yields, then gives the core to any thread that is ready, between looks.</summary>
/// <remarks>
/// On Linux the last phase is a yield as well, so an idle handler still uses a core that nobody else wants.
/// </remarks>
public sealed class SleepingWaitStrategy : IWaitStrategy
{
    private readonly int _busySpinCount;
    private readonly int _yieldCount;

    /// <summary>Makes a strategy with 100 spins and 100 yields.</summary>
    public SleepingWaitStrategy()
        : this(100, 100)
    {
    }

    /// <summary>Makes a strategy.</summary>
    /// <param name="busySpinCount">Looks with a pause, 0 or more.</param>
    /// <param name="yieldCount">Then looks with a yield, 0 or more.</param>
    public SleepingWaitStrategy(int busySpinCount, int yieldCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(busySpinCount);
        ArgumentOutOfRangeException.ThrowIfNegative(yieldCount);
        _busySpinCount = busySpinCount;
        _yieldCount = yieldCount;
    }

    /// <inheritdoc/>
    public bool IsBlockingStrategy => false;

    /// <inheritdoc/>
    public ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependentSequences) =>
        new Waiter(dependentSequences, _busySpinCount, _yieldCount);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking()
    {
    }

    private sealed class Waiter(DependentSequenceGroup dependencies, int busySpinCount, int yieldCount)
        : SpinningWaiter(dependencies)
    {
        public override SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken)
        {
            long available;
            for (var turn = 0L; (available = Dependencies.Value) < sequence; turn++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (turn < busySpinCount)
                    CpuPause.Once();
                else if (turn - busySpinCount < yieldCount)
                    Thread.Yield();
                else
                    Thread.Sleep(0);
            }

            return available;
        }
    }
}
