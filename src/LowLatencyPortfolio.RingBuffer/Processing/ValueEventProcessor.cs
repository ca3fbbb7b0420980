using System.Runtime.CompilerServices;

namespace Disruptor.Processing;

/// <summary>
/// Runs one handler on a thread of its own. Closed over structs at run time: the loop has no virtual call.
/// </summary>
internal sealed class ValueEventProcessor<T, TReader, THandler> : IValueEventProcessor<T>
    where T : struct
    where TReader : struct, IPublishedSequenceReader
    where THandler : struct, IValueEventHandler<T>
{
    private readonly ValueRingBuffer<T> _ring;
    private readonly SequenceBarrier _barrier;
    private readonly TReader _reader;
    private readonly THandler _initialHandler;
    private readonly HandlerFacts _facts;
    private readonly ProcessorLife _life = new();
    private volatile IValueExceptionHandler<T> _exceptionHandler = new ValueFatalExceptionHandler<T>();

    public ValueEventProcessor(
        ValueRingBuffer<T> ring, SequenceBarrier barrier, Sequence sequence, TReader reader, THandler handler,
        HandlerFacts facts)
    {
        _ring = ring;
        _barrier = barrier;
        Sequence = sequence;
        _reader = reader;
        _initialHandler = handler;
        _facts = facts;
    }

    public Sequence Sequence { get; }

    public bool IsRunning => _life.IsRunning;

    public void SetExceptionHandler(IValueExceptionHandler<T> exceptionHandler)
    {
        ArgumentNullException.ThrowIfNull(exceptionHandler);
        _exceptionHandler = exceptionHandler;
    }

    public Task Start(TaskScheduler taskScheduler)
    {
        ArgumentNullException.ThrowIfNull(taskScheduler);
        return _life.Start(Run, taskScheduler);
    }

    public Task Halt() => _life.Halt(_barrier);

    public void Dispose()
    {
        _ = Halt();
        _barrier.Dispose();
    }

    private void Run()
    {
        // On this thread's stack from here on: what a struct handler writes shares no line with another thread's data.
        var handler = _initialHandler;
        if (!NotifyStart(ref handler))
            return;
        var next = Sequence.Value + 1;
        while (!RunUntilFault(ref handler, ref next))
        {
        }

        _life.LoopEnded();
        NotifyShutdown(ref handler);
    }

    /// <summary>True when the loop is over; false when a fault at <paramref name="next"/> was dealt with.</summary>
    private bool RunUntilFault(ref THandler handler, ref long next)
    {
        try
        {
            ProcessBatches(ref handler, ref next, _life.Token);
            return true;
        }
        catch (OperationCanceledException) when (_life.Token.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception ex)
        {
            return !SurvivesFault(ex, ref next);
        }
    }

    // Optimized at once: this call never returns while the handler lives, so it would never be compiled a second time.
    // Nothing is lost by missing the profile, because every call in it is direct.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ProcessBatches(ref THandler handler, ref long next, CancellationToken token)
    {
        var maxBatchSize = _facts.MaxBatchSize;
        var unpublished = new SpinWait();
        while (true)
        {
            var wait = _barrier.WaitFor(next, token);
            if (wait.IsTimeout)
            {
                if (!NotifyTimeout(ref handler, next - 1))
                    return;
                continue;
            }

            var last = _reader.GetHighestPublishedSequence(next, wait.UnsafeAvailableSequence);
            if (last < next)
            {
                // Claimed by a producer that has yet to publish: it may need this core to do so.
                unpublished.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            unpublished.Reset();
            if (last - next >= maxBatchSize)
                last = next + maxBatchSize - 1;
            if (_facts.HasOnBatchStart)
                handler.OnBatchStart(last - next + 1);
            HandleBatch(ref handler, ref next, last);
            Sequence.SetValue(last);
        }
    }

    // A method of its own, compiled the ordinary way: it returns after each batch, so the runtime compiles it again
    // with what it learned, and the handler's inlined code does not share registers with the waiting above.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HandleBatch(ref THandler handler, ref long next, long last)
    {
        ref var slots = ref _ring.FirstSlot;
        var mask = _ring.Mask;
        for (var sequence = next; sequence <= last; sequence++)
        {
            // Where a fault would have happened; the caller's stack, so no other thread's line.
            next = sequence;
            if (sequence + CpuPrefetch.Ahead <= last)
                CpuPrefetch.ForReading(ref Unsafe.Add(ref slots, (nint)((sequence + CpuPrefetch.Ahead) & mask)));
            handler.OnEvent(ref Unsafe.Add(ref slots, (nint)(sequence & mask)), sequence, sequence == last);
        }

        next = last + 1;
    }

    /// <summary>Asks the exception handler; if it returns, the event counts as handled.</summary>
    private bool SurvivesFault(Exception fault, ref long next)
    {
        try
        {
            _exceptionHandler.HandleEventException(fault, next, ref _ring[next]);
        }
        catch (Exception)
        {
            _ring.SignalStopped(fault);
            return false;
        }

        Sequence.SetValue(next);
        next++;
        return true;
    }

    private bool NotifyTimeout(ref THandler handler, long sequence)
    {
        if (!_facts.HasOnTimeout)
            return true;
        try
        {
            handler.OnTimeout(sequence);
            return true;
        }
        catch (Exception fault)
        {
            return Survives(fault, ex => _exceptionHandler.HandleOnTimeoutException(ex, sequence), out _);
        }
    }

    private bool NotifyStart(ref THandler handler)
    {
        try
        {
            handler.OnStart();
        }
        catch (Exception fault)
        {
            if (!Survives(fault, ex => _exceptionHandler.HandleOnStartException(ex), out var fatal))
            {
                _life.StartFailed(fatal);
                return false;
            }
        }

        _life.Started();
        return true;
    }

    private void NotifyShutdown(ref THandler handler)
    {
        try
        {
            handler.OnShutdown();
            _life.Ended(null);
        }
        catch (Exception fault)
        {
            Survives(fault, ex => _exceptionHandler.HandleOnShutdownException(ex), out var fatal);
            _life.Ended(fatal);
        }
    }

    private bool Survives(Exception fault, Action<Exception> ask, out Exception? fatal)
    {
        try
        {
            ask(fault);
            fatal = null;
            return true;
        }
        catch (Exception thrown)
        {
            _ring.SignalStopped(fault);
            fatal = thrown;
            return false;
        }
    }
}
