namespace Disruptor;

/// <summary>Spins a little, then gives the core away between looks: low latency, and others may run.</summary>
/// <remarks>Uses a whole core when nobody else wants it.</remarks>
public sealed class YieldingWaitStrategy : IWaitStrategy
{
    // Events that come faster than this many looks are a stream. A consumer at the heels of a streaming producer takes
    // its lines away while they are being written (30 to 110 ns an event, where the cores share no cache, instead of 6
    // to 20); so it lets some hundred come together: 32 pauses are too few for a handler of 5 ns, 400 let a ring of
    // 1,024 run full. A lone event is seen at once.
    private const int LooksInAStream = 8;
    private const int PausesInAStream = 128;

    private readonly int _busySpinCount;

    /// <summary>Makes a strategy that spins 100 times before it yields.</summary>
    public YieldingWaitStrategy()
        : this(100)
    {
    }

    /// <summary>Makes a strategy.</summary>
    /// <param name="busySpinCount">Looks with a pause before the first yield, 0 or more.</param>
    public YieldingWaitStrategy(int busySpinCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(busySpinCount);
        _busySpinCount = busySpinCount;
    }

    /// <inheritdoc/>
    public bool IsBlockingStrategy => false;

    /// <inheritdoc/>
    public ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependentSequences) =>
        new Waiter(dependentSequences, _busySpinCount);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking()
    {
    }

    private sealed class Waiter(DependentSequenceGroup dependencies, int busySpinCount) : SpinningWaiter(dependencies)
    {
        private int _pausesFirst;

        public override SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken)
        {
            for (var i = 0; i < _pausesFirst; i++)
                CpuPause.Once();
            var looks = 0;
            long available;
            while ((available = Dependencies.Value) < sequence)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (looks < busySpinCount)
                    CpuPause.Once();
                else
                    Thread.Yield();
                looks++;
            }

            _pausesFirst = looks <= LooksInAStream ? PausesInAStream : 0;
            return available;
        }
    }
}
