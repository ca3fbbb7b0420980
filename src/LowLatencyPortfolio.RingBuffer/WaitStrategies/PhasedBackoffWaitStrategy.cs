using System.Diagnostics;

namespace Disruptor;

/// <summary>Spins for a time, then yields for a time, then waits as another strategy does.</summary>
/// <remarks>
/// With a blocking fallback: the latency of spinning while events flow, no processor time when they do not.
/// </remarks>
public sealed class PhasedBackoffWaitStrategy : IWaitStrategy
{
    // A look at the clock costs as much as several pauses; 64 pauses are about 1 µs.
    private const int PausesPerClockRead = 64;

    private readonly long _spinTicks;
    private readonly long _spinAndYieldTicks;
    private readonly IWaitStrategy _fallback;

    /// <summary>Makes a strategy.</summary>
    /// <param name="spinTimeout">How long to spin, 0 or more.</param>
    /// <param name="yieldTimeout">How long to yield after that, 0 or more.</param>
    /// <param name="fallbackStrategy">How to wait from then on.</param>
    public PhasedBackoffWaitStrategy(TimeSpan spinTimeout, TimeSpan yieldTimeout, IWaitStrategy fallbackStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spinTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(yieldTimeout, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(fallbackStrategy);
        _spinTicks = ToStopwatchTicks(spinTimeout);
        _spinAndYieldTicks = _spinTicks + ToStopwatchTicks(yieldTimeout);
        _fallback = fallbackStrategy;
    }

    /// <inheritdoc/>
    public bool IsBlockingStrategy => _fallback.IsBlockingStrategy;

    /// <summary>Spins, yields, then blocks as <see cref="BlockingWaitStrategy"/>.</summary>
    /// <param name="spinTimeout">How long to spin, 0 or more.</param>
    /// <param name="yieldTimeout">How long to yield after that, 0 or more.</param>
    /// <returns>The strategy.</returns>
    public static PhasedBackoffWaitStrategy WithLock(TimeSpan spinTimeout, TimeSpan yieldTimeout) =>
        new(spinTimeout, yieldTimeout, new BlockingWaitStrategy());

    /// <summary>Spins, yields, then waits as <see cref="SleepingWaitStrategy"/> without its spinning.</summary>
    /// <param name="spinTimeout">How long to spin, 0 or more.</param>
    /// <param name="yieldTimeout">How long to yield after that, 0 or more.</param>
    /// <returns>The strategy.</returns>
    public static PhasedBackoffWaitStrategy WithSleep(TimeSpan spinTimeout, TimeSpan yieldTimeout) =>
        new(spinTimeout, yieldTimeout, new SleepingWaitStrategy(0, 0));

    /// <inheritdoc/>
    public ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependentSequences) =>
        new Waiter(this, _fallback.NewSequenceWaiter(owner, dependentSequences), dependentSequences);

    /// <inheritdoc/>
    public void SignalAllWhenBlocking() => _fallback.SignalAllWhenBlocking();

    private static long ToStopwatchTicks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private sealed class Waiter(
        PhasedBackoffWaitStrategy strategy, ISequenceWaiter fallback, DependentSequenceGroup dependencies)
        : ISequenceWaiter
    {
        public SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken)
        {
            var start = Stopwatch.GetTimestamp();
            while (true)
            {
                if (SpinFor(sequence, out var available))
                    return available;
                cancellationToken.ThrowIfCancellationRequested();
                var elapsed = Stopwatch.GetTimestamp() - start;
                if (elapsed >= strategy._spinAndYieldTicks)
                    return fallback.WaitFor(sequence, cancellationToken);
                if (elapsed >= strategy._spinTicks)
                    Thread.Yield();
            }
        }

        public void Cancel() => fallback.Cancel();

        public void Dispose() => fallback.Dispose();

        private bool SpinFor(long sequence, out long available)
        {
            for (var i = 0; i < PausesPerClockRead; i++)
            {
                available = dependencies.Value;
                if (available >= sequence)
                    return true;
                CpuPause.Once();
            }

            available = 0;
            return false;
        }
    }
}
