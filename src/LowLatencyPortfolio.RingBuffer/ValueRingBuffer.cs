using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Disruptor.Dsl;
using Disruptor.Processing;

namespace Disruptor;

/// <summary>One array of structs, made once and reused for ever, with a producer's and a consumer's side.</summary>
/// <typeparam name="T">The event. Without references in it, slot 0 begins at a multiple of 128 bytes.</typeparam>
/// <remarks>
/// Slots are not cleared between uses: who claims one writes every field that anybody reads. Publishing and reading
/// allocate nothing. 128 bytes or more stand before the first slot and after the last.
/// </remarks>
public sealed partial class ValueRingBuffer<T> : RingBuffer, IValueRingBuffer<T>
    where T : struct
{
    /// <summary>Makes a ring of default events.</summary>
    /// <param name="sequencer">The producer's side; its size is the ring's size.</param>
    public ValueRingBuffer(ISequencer sequencer)
        : this(static () => default, sequencer)
    {
    }

    /// <summary>Makes a ring for several producers whose consumers block while they wait.</summary>
    /// <param name="eventFactory">Called once for each slot.</param>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    public ValueRingBuffer(Func<T> eventFactory, int bufferSize)
        : this(eventFactory, new MultiProducerSequencer(bufferSize))
    {
    }

    /// <summary>Makes a ring.</summary>
    /// <param name="eventFactory">Called once for each slot.</param>
    /// <param name="sequencer">The producer's side; its size is the ring's size.</param>
    public ValueRingBuffer(Func<T> eventFactory, ISequencer sequencer)
        : base(sequencer)
    {
        ArgumentNullException.ThrowIfNull(eventFactory);
        var slots = SlotArray.Allocate<T>(BufferSize, out Fields.FirstSlotOffset);
        Fields.Slots = slots;
        for (var i = 0; i < BufferSize; i++)
            this[i] = eventFactory();
    }

    /// <inheritdoc/>
    public ref T this[long sequence]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref FirstSlot, (nint)(sequence & Fields.Mask));
    }

    internal ref T FirstSlot
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AddByteOffset(
            ref MemoryMarshal.GetArrayDataReference(Unsafe.As<T[]>(Fields.Slots)), Fields.FirstSlotOffset);
    }

    internal long Mask => Fields.Mask;

    /// <summary>Makes a ring for several producers whose consumers block while they wait.</summary>
    /// <param name="factory">Called once for each slot.</param>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    /// <returns>The ring.</returns>
    public static ValueRingBuffer<T> CreateMultiProducer(Func<T> factory, int bufferSize) =>
        CreateMultiProducer(factory, bufferSize, SequencerFactory.DefaultWaitStrategy());

    /// <summary>Makes a ring for several producers.</summary>
    /// <param name="factory">Called once for each slot.</param>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    /// <param name="waitStrategy">How the consumers wait.</param>
    /// <returns>The ring.</returns>
    public static ValueRingBuffer<T> CreateMultiProducer(
        Func<T> factory, int bufferSize, IWaitStrategy waitStrategy) =>
        new(factory, new MultiProducerSequencer(bufferSize, waitStrategy));

    /// <summary>Makes a ring for one producer whose consumers block while they wait.</summary>
    /// <param name="factory">Called once for each slot.</param>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    /// <returns>The ring.</returns>
    public static ValueRingBuffer<T> CreateSingleProducer(Func<T> factory, int bufferSize) =>
        CreateSingleProducer(factory, bufferSize, SequencerFactory.DefaultWaitStrategy());

    /// <summary>Makes a ring for one producer.</summary>
    /// <param name="factory">Called once for each slot.</param>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    /// <param name="waitStrategy">How the consumers wait.</param>
    /// <returns>The ring.</returns>
    public static ValueRingBuffer<T> CreateSingleProducer(
        Func<T> factory, int bufferSize, IWaitStrategy waitStrategy) =>
        new(factory, new SingleProducerSequencer(bufferSize, waitStrategy));

    /// <summary>Makes a ring for one or several producers.</summary>
    /// <param name="producerType">How many threads publish.</param>
    /// <param name="factory">Called once for each slot.</param>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    /// <param name="waitStrategy">How the consumers wait.</param>
    /// <returns>The ring.</returns>
    public static ValueRingBuffer<T> Create(
        ProducerType producerType, Func<T> factory, int bufferSize, IWaitStrategy waitStrategy) =>
        new(factory, SequencerFactory.Create(producerType, bufferSize, waitStrategy));

    /// <summary>Sets the ring to a sequence and gives its slot. For set-up only, while nobody publishes.</summary>
    /// <param name="sequence">The sequence to claim; it counts as published.</param>
    /// <returns>The slot, with what was left in it.</returns>
    public ref T ClaimAndGetPreallocated(long sequence)
    {
        Fields.Sequencer.Claim(sequence);
        return ref this[sequence];
    }

    /// <summary>Makes a poller. Add its sequence to the gating sequences to hold the producers back.</summary>
    /// <param name="gatingSequences">Consumers that must come first; none means: read what the producers
    /// publish.</param>
    /// <returns>A poller for one thread.</returns>
    public ValueEventPoller<T> NewPoller(params Sequence[] gatingSequences) =>
        Fields.Sequencer.NewPoller(this, gatingSequences);

    /// <inheritdoc/>
    public IValueEventProcessor<T> CreateEventProcessor(
        SequenceBarrier sequenceBarrier, IValueEventHandler<T> eventHandler) =>
        EventProcessorFactory.Create(this, sequenceBarrier, eventHandler);

    /// <summary>Claims a slot, waiting while the ring is full; disposing of the result publishes it.</summary>
    /// <returns>The claimed slot. It is published also when filling it threw: parse first, then claim.</returns>
    /// <exception cref="RingBufferStoppedException">The ring is full and a stage that must free it has
    /// ended.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UnpublishedEventScope PublishEvent() => new(this, Next());

    /// <summary>Claims a slot if there is room; disposing of the result publishes it.</summary>
    /// <returns>The claimed slot, or nothing when the ring is full.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NullableUnpublishedEventScope TryPublishEvent() =>
        TryNext(out var sequence) ? new NullableUnpublishedEventScope(this, sequence) : default;

    /// <summary>Claims slots in a row, waiting for room for all; disposing of the result publishes them.</summary>
    /// <param name="count">Number of events, 1 to the ring's size.</param>
    /// <returns>The claimed slots.</returns>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1 or above the ring's size.</exception>
    /// <exception cref="RingBufferStoppedException">The ring is full and a stage that must free it has
    /// ended.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UnpublishedEventBatchScope PublishEvents(int count)
    {
        var end = Next(count);
        return new UnpublishedEventBatchScope(this, end - count + 1, end);
    }

    /// <summary>Claims slots in a row if there is room for all; disposing of the result publishes them.</summary>
    /// <param name="count">Number of events, 1 to the ring's size.</param>
    /// <returns>The claimed slots, or nothing when there is no room.</returns>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1 or above the ring's size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NullableUnpublishedEventBatchScope TryPublishEvents(int count) => TryNext(count, out var end)
        ? new NullableUnpublishedEventBatchScope(this, end - count + 1, end)
        : default;
}
