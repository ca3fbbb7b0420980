namespace Disruptor.Processing;

/// <summary>Makes the processor whose loop is compiled for one handler type.</summary>
public static class EventProcessorFactory
{
    /// <summary>Makes a processor. It is neither started nor made gating.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="ringBuffer">The ring.</param>
    /// <param name="sequenceBarrier">What the handler waits for.</param>
    /// <param name="eventHandler">The handler. A boxed struct is copied into the processor, which then calls it
    /// directly; later changes to the box are not seen. A class costs one indirect call per event.</param>
    /// <returns>A processor in its idle state.</returns>
    /// <exception cref="ArgumentException">The handler's MaxBatchSize is below 1.</exception>
    public static IValueEventProcessor<T> Create<T>(
        ValueRingBuffer<T> ringBuffer, SequenceBarrier sequenceBarrier, IValueEventHandler<T> eventHandler)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(ringBuffer);
        ArgumentNullException.ThrowIfNull(sequenceBarrier);
        ArgumentNullException.ThrowIfNull(eventHandler);
        var facts = HandlerFacts.Of(eventHandler);
        var sequence = new Sequence();

        // Before the struct is copied, so that the copy holds it.
        if (eventHandler is IEventProcessorSequenceAware aware)
            aware.SetSequenceCallback(sequence);
        object handler = eventHandler.GetType().IsValueType ? eventHandler : new ClassHandler<T>(eventHandler);
        var reader = ReaderFor(sequenceBarrier);
        var type = typeof(ValueEventProcessor<,,>).MakeGenericType(typeof(T), reader.GetType(), handler.GetType());
        return (IValueEventProcessor<T>)Activator.CreateInstance(
            type, ringBuffer, sequenceBarrier, sequence, reader, handler, facts)!;
    }

    private static IPublishedSequenceReader ReaderFor(SequenceBarrier barrier)
    {
        if (!barrier.DependentSequences.DependsOnCursor)
            return default(NoGaps);
        return barrier.Sequencer switch
        {
            SingleProducerSequencer => default(NoGaps),
            MultiProducerSequencer several => new GapsOfSeveralProducers(several),
            var foreign => new GapsOfForeignSequencer(foreign),
        };
    }
}
