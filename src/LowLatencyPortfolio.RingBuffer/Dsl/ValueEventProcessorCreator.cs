using Disruptor.Processing;

namespace Disruptor.Dsl;

/// <summary>Makes a processor of the user's own for a place in the chain.</summary>
/// <typeparam name="T">The event.</typeparam>
/// <param name="ringBuffer">The ring.</param>
/// <param name="sequenceBarrier">What the processor must wait for; its own, shared with nobody.</param>
/// <returns>The processor; the disruptor starts and halts it.</returns>
public delegate IEventProcessor ValueEventProcessorCreator<T>(
    IValueRingBuffer<T> ringBuffer, SequenceBarrier sequenceBarrier)
    where T : struct;
