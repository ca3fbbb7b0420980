using Disruptor.Processing;

namespace Disruptor.Dsl;

/// <summary>A ring with its handlers: says who comes after whom, starts and ends them.</summary>
/// <typeparam name="T">The event.</typeparam>
/// <remarks>Set up, start and end from one thread; the rest from any.</remarks>
public abstract class ValueTypeDisruptor<T> : IDisposable
    where T : struct
{
    private readonly ValueRingBuffer<T> _ringBuffer;
    private readonly TaskScheduler _taskScheduler;
    private readonly ValueExceptionHandlerWrapper<T> _exceptionHandler = new();
    private readonly StageList<T> _stages = new();
    private readonly DisruptorLife _life = new();

    private protected ValueTypeDisruptor(ValueRingBuffer<T> ringBuffer, TaskScheduler taskScheduler)
    {
        ArgumentNullException.ThrowIfNull(taskScheduler);
        _ringBuffer = ringBuffer;
        _taskScheduler = taskScheduler;
    }

    /// <summary>The ring.</summary>
    public IValueRingBuffer<T> RingBuffer => _ringBuffer;

    /// <summary>Whether <see cref="Start"/> was called; true also after a halt, false after disposal.</summary>
    public bool HasStarted => _life.HasStarted;

    /// <summary>Whether it was started and not halted.</summary>
    public bool IsRunning => _life.IsRunning;

    /// <summary>Adds handlers that see each event first, side by side.</summary>
    /// <param name="handlers">The handlers, each with a thread of its own.</param>
    /// <returns>The group, to add who comes after it.</returns>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public ValueEventHandlerGroup<T> HandleEventsWith(params IValueEventHandler<T>[] handlers) =>
        AddHandlers([], handlers);

    /// <summary>Adds processors that were made outside, as the first to see each event.</summary>
    /// <param name="processors">The processors; the disruptor starts and halts them but does not dispose of
    /// them.</param>
    /// <returns>The group, to add who comes after it.</returns>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public ValueEventHandlerGroup<T> HandleEventsWith(params IEventProcessor[] processors)
    {
        ArgumentNullException.ThrowIfNull(processors);
        _life.CheckNotStarted();
        foreach (var processor in processors)
            _stages.Add(new Stage<T>(processor, handler: null, barrier: null));
        var sequences = Array.ConvertAll(processors, processor => processor.Sequence);
        _ringBuffer.AddGatingSequences(sequences);
        return new ValueEventHandlerGroup<T>(this, sequences);
    }

    /// <summary>Adds processors made by the user's own code, as the first to see each event.</summary>
    /// <param name="eventProcessorFactories">Called at once, each with a barrier of its own.</param>
    /// <returns>The group, to add who comes after it.</returns>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public ValueEventHandlerGroup<T> HandleEventsWith(
        params ValueEventProcessorCreator<T>[] eventProcessorFactories) => AddCreated([], eventProcessorFactories);

    /// <summary>Names handlers that were added, to add who comes after all of them.</summary>
    /// <param name="handlers">The handlers, the same objects that were added.</param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentException">One of them was not added.</exception>
    public ValueEventHandlerGroup<T> After(params IValueEventHandler<T>[] handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        return new ValueEventHandlerGroup<T>(
            this, Array.ConvertAll(handlers, handler => FindStage(handler).Processor.Sequence));
    }

    /// <summary>Names processors, to add who comes after all of them.</summary>
    /// <param name="processors">The processors; those not yet known are added.</param>
    /// <returns>The group.</returns>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public ValueEventHandlerGroup<T> After(params IEventProcessor[] processors)
    {
        ArgumentNullException.ThrowIfNull(processors);
        AddUnknown(processors);
        return new ValueEventHandlerGroup<T>(this, Array.ConvertAll(processors, processor => processor.Sequence));
    }

    /// <summary>Says who decides about exceptions, also for handlers already added.</summary>
    /// <param name="exceptionHandler">Used for every handler without one of its own.</param>
    public void SetDefaultExceptionHandler(IValueExceptionHandler<T> exceptionHandler) =>
        _exceptionHandler.SwitchTo(exceptionHandler);

    /// <summary>Begins "for this handler, with that exception handler".</summary>
    /// <param name="eventHandler">A handler that was added.</param>
    /// <returns>Where to say with which.</returns>
    public ValueExceptionHandlerSetting<T> HandleExceptionsFor(IValueEventHandler<T> eventHandler) =>
        new(this, eventHandler);

    /// <summary>Says who decides about one handler's exceptions.</summary>
    /// <param name="eventHandler">A handler that was added.</param>
    /// <param name="exceptionHandler">Used instead of the default.</param>
    /// <exception cref="ArgumentException">The handler was not added.</exception>
    public void SetExceptionHandler(IValueEventHandler<T> eventHandler, IValueExceptionHandler<T> exceptionHandler) =>
        ((IValueEventProcessor<T>)FindStage(eventHandler).Processor).SetExceptionHandler(exceptionHandler);

    /// <summary>Starts a thread for each handler. Events published before are handled then.</summary>
    /// <returns>Completes when every OnStart has returned; faults if a stage did not start.</returns>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public Task Start()
    {
        _life.Start();
        return Task.WhenAll(_stages.Processors.Select(processor => processor.Start(_taskScheduler)).ToArray());
    }

    /// <summary>Ends every handler after the batch it is at; what is left in the ring is not handled.</summary>
    /// <returns>Completes when every OnShutdown has returned; faults if one failed.</returns>
    /// <remarks>A producer that waits on the full ring gets <see cref="RingBufferStoppedException"/>.</remarks>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public Task Halt()
    {
        _life.Halt();
        return HaltStages();
    }

    /// <summary>As <see cref="Shutdown(TimeSpan)"/> without a limit.</summary>
    /// <returns>Completes when everything is handled and every handler has ended.</returns>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public Task Shutdown() => Shutdown(Timeout.InfiniteTimeSpan);

    /// <summary>Waits until every published event is handled, then halts. Stop the producers first.</summary>
    /// <param name="timeout">Longest wait, 0 or more; −1 ms and <see cref="TimeSpan.MaxValue"/> mean no limit.</param>
    /// <returns>Completes when every handler has ended. Behind a dead stage nothing more can come, so only what the
    /// others can still handle is waited for. Faults with <see cref="TimeoutException"/> when time is up: the handlers
    /// then still run.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not −1 ms.</exception>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public Task Shutdown(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        _life.CheckRunning("shut down");
        return DrainAndHalt(timeout);
    }

    /// <summary>Halts if running, without waiting for the threads to end.</summary>
    public void Dispose()
    {
        if (!_life.TryDispose())
            return;
        _ = HaltStages();
        _stages.DisposeOwn();
        GC.SuppressFinalize(this);
    }

    /// <summary>What a handler waits for, to tag it for the wait strategy.</summary>
    /// <param name="handler">A handler.</param>
    /// <returns>Its dependencies; null when it was not added.</returns>
    public DependentSequenceGroup? GetDependentSequencesFor(IValueEventHandler<T> handler) =>
        _stages.Find(handler)?.Barrier?.DependentSequences;

    /// <summary>How far a handler has come.</summary>
    /// <param name="handler">A handler that was added.</param>
    /// <returns>Its last handled sequence, −1 before the first.</returns>
    /// <exception cref="ArgumentException">It was not added.</exception>
    public long GetSequenceValueFor(IValueEventHandler<T> handler) => FindStage(handler).Processor.Sequence.Value;

    internal ValueEventHandlerGroup<T> AddHandlers(Sequence[] predecessors, IValueEventHandler<T>[] handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        return AddStages(predecessors, handlers, handler =>
        {
            var barrier = _ringBuffer.NewBarrier(handler, predecessors);
            var processor = EventProcessorFactory.Create(_ringBuffer, barrier, handler);
            processor.SetExceptionHandler(_exceptionHandler);
            return new Stage<T>(processor, handler, barrier);
        });
    }

    internal ValueEventHandlerGroup<T> AddCreated(Sequence[] predecessors, ValueEventProcessorCreator<T>[] creators)
    {
        ArgumentNullException.ThrowIfNull(creators);
        return AddStages(predecessors, creators, create =>
        {
            var barrier = _ringBuffer.NewBarrier(SequenceWaiterOwner.Unknown, predecessors);
            return new Stage<T>(create(_ringBuffer, barrier), handler: null, barrier);
        });
    }

    /// <summary>Adds processors made outside that are named in a group and not known yet.</summary>
    internal void AddUnknown(IEventProcessor[] processors)
    {
        foreach (var processor in processors)
        {
            if (_stages.Find(processor) is null)
            {
                _life.CheckNotStarted();
                _stages.Add(new Stage<T>(processor, handler: null, barrier: null));
            }
        }
    }

    private ValueEventHandlerGroup<T> AddStages<TSource>(
        Sequence[] predecessors, TSource[] sources, Func<TSource, Stage<T>> makeStage)
    {
        _life.CheckNotStarted();
        var added = Array.ConvertAll(sources, source => makeStage(source));
        foreach (var stage in added)
            _stages.Add(stage);
        var sequences = Array.ConvertAll(added, stage => stage.Processor.Sequence);
        if (sequences.Length > 0)
        {
            _ringBuffer.AddGatingSequences(sequences);
            foreach (var predecessor in predecessors)
                _ringBuffer.RemoveGatingSequence(predecessor);
            _stages.MarkAsFollowed(predecessors);
        }

        return new ValueEventHandlerGroup<T>(this, sequences);
    }

    private Stage<T> FindStage(IValueEventHandler<T> handler) => _stages.Find(handler)
        ?? throw new ArgumentException($"The handler {handler} was not added to this disruptor.", nameof(handler));

    private async Task DrainAndHalt(TimeSpan timeout)
    {
        var deadline = Deadline.After(timeout);
        while (!HasDrained())
        {
            if (deadline.HasPassed)
                throw new TimeoutException($"Events were left in the ring after {timeout}.");
            await deadline.Pause().ConfigureAwait(false);
        }

        await Halt().ConfigureAwait(false);
    }

    private bool HasDrained() => _ringBuffer.IsStopped
        ? _stages.HasHandledAllThatCanCome()
        : _stages.HasHandledAllUpTo(_ringBuffer.Cursor);

    private Task HaltStages()
    {
        var ended = Task.WhenAll(_stages.Processors.Select(processor => processor.Halt()).ToArray());
        _ringBuffer.SignalStopped(null);
        return ended;
    }
}
