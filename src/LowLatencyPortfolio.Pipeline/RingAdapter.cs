using Disruptor;
using Disruptor.Dsl;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Everything the pipeline asks of a ring that is not the same in the ring of this tree and in the package Disruptor
/// 6.0.1. The rest of the pipeline uses what both have and nothing else.
/// </summary>
internal static class RingAdapter
{
    /// <summary>How a stage waits for events.</summary>
    internal enum WaitKind
    {
        /// <summary>Spins; a core for each stage.</summary>
        BusySpin,

        /// <summary>Spins briefly, then yields between looks.</summary>
        Yielding,

        /// <summary>Sleeps until something is published.</summary>
        Blocking,

        /// <summary>Spins, yields, then gives way to any ready thread.</summary>
        Sleeping,

        /// <summary>Spins 50 µs, yields 50 µs, then sleeps until something is published.</summary>
        SpinThenBlock,
    }

    /// <summary>Makes a wait strategy; one for each ring.</summary>
    public static IWaitStrategy CreateWaitStrategy(WaitKind kind) => kind switch
    {
        WaitKind.BusySpin => new BusySpinWaitStrategy(),
        WaitKind.Yielding => new YieldingWaitStrategy(),
        WaitKind.Blocking => new BlockingWaitStrategy(),
        WaitKind.Sleeping => new SleepingWaitStrategy(),
        WaitKind.SpinThenBlock => new PhasedBackoffWaitStrategy(
            TimeSpan.FromMicroseconds(50), TimeSpan.FromMicroseconds(50), new BlockingSpinWaitWaitStrategy()),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a way to wait."),
    };

    /// <summary>Starts the stages and waits for every OnStart; throws what the first that failed threw.</summary>
    /// <remarks>The package does not say when a stage has started: there it returns at once.</remarks>
    /// <exception cref="TimeoutException">An OnStart has not returned in time.</exception>
    public static void StartAndWait<T>(ValueDisruptor<T> disruptor, TimeSpan timeout)
        where T : struct
    {
#if DISRUPTOR_PACKAGE
        _ = timeout;
        disruptor.Start();
#else
        disruptor.Start().WaitAsync(timeout).GetAwaiter().GetResult();
#endif
    }

    /// <summary>Ends the stages after the batch each is at, and waits for every OnShutdown.</summary>
    /// <remarks>The package does not say when a stage has ended: there it returns at once.</remarks>
    /// <exception cref="TimeoutException">An OnShutdown has not returned in time.</exception>
    public static void Halt<T>(ValueDisruptor<T> disruptor, TimeSpan timeout)
        where T : struct
    {
#if DISRUPTOR_PACKAGE
        _ = timeout;
        disruptor.Halt();
#else
        disruptor.Halt().WaitAsync(timeout).GetAwaiter().GetResult();
#endif
    }

    /// <summary>Waits until all published events are handled, or cannot be because a stage died; then halts.</summary>
    /// <remarks>Stop the producers first.</remarks>
    /// <returns>False when events were left: after a dead stage, or when time was up. The stages are halted all the
    /// same.</returns>
    /// <exception cref="TimeoutException">A handler does not come back from its batch either.</exception>
    public static bool ShutdownAndDrain<T>(ValueDisruptor<T> disruptor, StageWatch<T> watch, TimeSpan timeout)
        where T : struct
    {
        try
        {
#if DISRUPTOR_PACKAGE
            // It would wait for a dead stage until the time is up.
            if (watch.IsDead)
                disruptor.Halt();
            else
                disruptor.Shutdown(timeout);
#else
            disruptor.Shutdown(timeout).GetAwaiter().GetResult();
#endif
            return !IsDead(disruptor, watch);
        }
        catch (TimeoutException)
        {
            Halt(disruptor, timeout);
            return false;
        }
    }

    /// <summary>Whether a stage has ended by an exception, so that a full ring would stay full.</summary>
    public static bool IsDead<T>(ValueDisruptor<T> disruptor, StageWatch<T> watch)
        where T : struct
    {
#if DISRUPTOR_PACKAGE
        _ = disruptor;
        return watch.IsDead;
#else
        return watch.IsDead || disruptor.RingBuffer.StopCause is not null;
#endif
    }

    /// <summary>Claims a sequence and waits while the ring is full, but not for a dead stage.</summary>
    /// <exception cref="InvalidOperationException">The ring is full and a stage is dead or halted.</exception>
    public static long Next<T>(ValueRingBuffer<T> ring, StageWatch<T> watch)
        where T : struct
    {
#if DISRUPTOR_PACKAGE
        var spin = new SpinWait();
        long sequence;
        while (!ring.TryNext(out sequence))
        {
            if (watch.IsDead)
                throw new InvalidOperationException("The ring is full and a stage has ended.", watch.Cause);
            spin.SpinOnce(sleep1Threshold: -1);
        }

        return sequence;
#else
        _ = watch;
        return ring.Next();
#endif
    }

    /// <summary>
    /// Asks the pipeline's own exception handler and remembers when its answer ended a stage. Make it the default
    /// exception handler of the disruptor.
    /// </summary>
    /// <remarks>Written by the dying stage, read by any thread.</remarks>
    internal sealed class StageWatch<T>(IValueExceptionHandler<T> inner) : IValueExceptionHandler<T>
        where T : struct
    {
        private Exception? _cause;

        /// <summary>Whether a stage has ended by an exception.</summary>
        public bool IsDead => Cause is not null;

        /// <summary>What the first dead stage threw.</summary>
        public Exception? Cause => Volatile.Read(ref _cause);

        public void HandleEventException(Exception ex, long sequence, ref T evt)
        {
            try
            {
                inner.HandleEventException(ex, sequence, ref evt);
            }
            catch
            {
                Remember(ex);
                throw;
            }
        }

        public void HandleOnTimeoutException(Exception ex, long sequence) =>
            RememberIfThrown(ex, () => inner.HandleOnTimeoutException(ex, sequence));

        public void HandleOnStartException(Exception ex) =>
            RememberIfThrown(ex, () => inner.HandleOnStartException(ex));

        public void HandleOnShutdownException(Exception ex) =>
            RememberIfThrown(ex, () => inner.HandleOnShutdownException(ex));

        private void RememberIfThrown(Exception ex, Action ask)
        {
            try
            {
                ask();
            }
            catch
            {
                Remember(ex);
                throw;
            }
        }

        private void Remember(Exception ex) => Interlocked.CompareExchange(ref _cause, ex, null);
    }

    /// <summary>Polls a ring with a struct handler; where the package is compiled in, through one delegate.</summary>
    /// <remarks>One thread. Allocates when made and never again.</remarks>
    internal sealed class StagePoller<T, THandler>
        where T : struct
        where THandler : struct, IValueEventHandler<T>
    {
        private readonly ValueEventPoller<T> _poller;
        private readonly int _maxBatchSize;
        private THandler _handler;
#if DISRUPTOR_PACKAGE
        private readonly EventPoller.ValueHandler<T> _handleOne;
        private int _left;
#endif

        /// <summary>Makes a poller that holds the producers back, and begins at the next event published.</summary>
        public StagePoller(ValueRingBuffer<T> ring, THandler handler, int maxBatchSize = int.MaxValue)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchSize, 1);
            _poller = ring.NewPoller();
            ring.AddGatingSequences(_poller.Sequence);
            _handler = handler;
            _maxBatchSize = maxBatchSize;
#if DISRUPTOR_PACKAGE
            _handleOne = HandleOne;
#endif
        }

        /// <summary>The last event handled, −1 before the first.</summary>
        public long Sequence => _poller.Sequence.Value;

        /// <summary>The handler, in place.</summary>
        public ref THandler Handler => ref _handler;

        /// <summary>
        /// Handles what is there, up to the batch size. An exception leaves that event to be polled again.
        /// </summary>
        public EventPoller.PollState Poll()
        {
#if DISRUPTOR_PACKAGE
            _left = _maxBatchSize;
            return _poller.Poll(_handleOne);
#else
            return _poller.Poll(ref _handler, _maxBatchSize);
#endif
        }

        /// <summary>
        /// Counts the event after <see cref="Sequence"/> as handled, after it made the handler throw.
        /// </summary>
        public void SkipFailedEvent() => _poller.Sequence.SetValue(_poller.Sequence.Value + 1);

#if DISRUPTOR_PACKAGE
        private bool HandleOne(ref T data, long sequence, bool endOfBatch)
        {
            _left--;
            _handler.OnEvent(ref data, sequence, endOfBatch || _left == 0);
            return _left > 0;
        }
#endif
    }
}
