using System.Runtime.CompilerServices;

namespace Disruptor.Dsl;

/// <summary>A ring of structs with its handlers.</summary>
/// <typeparam name="T">The event.</typeparam>
public sealed class ValueDisruptor<T> : ValueTypeDisruptor<T>
    where T : struct
{
    private readonly ValueRingBuffer<T> _ringBuffer;

    /// <summary>Makes a disruptor for several producers whose handlers block while they wait.</summary>
    /// <param name="eventFactory">Called once for each slot.</param>
    /// <param name="ringBufferSize">Number of slots, a power of two.</param>
    public ValueDisruptor(Func<T> eventFactory, int ringBufferSize)
        : this(eventFactory, ringBufferSize, TaskScheduler.Default)
    {
    }

    /// <summary>Makes a disruptor for several producers.</summary>
    /// <param name="eventFactory">Called once for each slot.</param>
    /// <param name="ringBufferSize">Number of slots, a power of two.</param>
    /// <param name="waitStrategy">How the handlers wait.</param>
    public ValueDisruptor(Func<T> eventFactory, int ringBufferSize, IWaitStrategy waitStrategy)
        : this(
            eventFactory, ringBufferSize, TaskScheduler.Default, SequencerFactory.DefaultProducerType, waitStrategy)
    {
    }

    /// <summary>Makes a disruptor for several producers whose handlers block while they wait.</summary>
    /// <param name="eventFactory">Called once for each slot.</param>
    /// <param name="ringBufferSize">Number of slots, a power of two.</param>
    /// <param name="taskScheduler">Where handlers are started.</param>
    public ValueDisruptor(Func<T> eventFactory, int ringBufferSize, TaskScheduler taskScheduler)
        : this(
            eventFactory, ringBufferSize, taskScheduler, SequencerFactory.DefaultProducerType,
            SequencerFactory.DefaultWaitStrategy())
    {
    }

    /// <summary>
    /// Makes a disruptor. The other constructors leave something to defaults that are not the fastest.
    /// </summary>
    /// <param name="eventFactory">Called once for each slot.</param>
    /// <param name="ringBufferSize">Number of slots, a power of two.</param>
    /// <param name="taskScheduler">Where handlers are started; each is a long-running task.</param>
    /// <param name="producerType">How many threads publish.</param>
    /// <param name="waitStrategy">How the handlers wait.</param>
    public ValueDisruptor(
        Func<T> eventFactory, int ringBufferSize, TaskScheduler taskScheduler, ProducerType producerType,
        IWaitStrategy waitStrategy)
        : this(ValueRingBuffer<T>.Create(producerType, eventFactory, ringBufferSize, waitStrategy), taskScheduler)
    {
    }

    private ValueDisruptor(ValueRingBuffer<T> ringBuffer, TaskScheduler taskScheduler)
        : base(ringBuffer, taskScheduler) => _ringBuffer = ringBuffer;

    /// <summary>The ring.</summary>
    public new ValueRingBuffer<T> RingBuffer => _ringBuffer;

    /// <inheritdoc cref="ICursored.Cursor"/>
    public long Cursor => _ringBuffer.Cursor;

    /// <inheritdoc cref="ISequenced.BufferSize"/>
    public long BufferSize => _ringBuffer.BufferSize;

    /// <inheritdoc cref="IValueDataProvider{T}.this"/>
    public ref T this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _ringBuffer[sequence];
    }

    /// <inheritdoc cref="ValueRingBuffer{T}.PublishEvent"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueRingBuffer<T>.UnpublishedEventScope PublishEvent() => _ringBuffer.PublishEvent();

    /// <inheritdoc cref="ValueRingBuffer{T}.PublishEvents"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueRingBuffer<T>.UnpublishedEventBatchScope PublishEvents(int count) => _ringBuffer.PublishEvents(count);
}
