using Disruptor.Processing;

namespace Disruptor;

/// <summary>A ring of value-type events.</summary>
/// <typeparam name="T">The event.</typeparam>
public interface IValueRingBuffer<T> : ICursored, ISequenced, IValueDataProvider<T>
    where T : struct
{
    /// <inheritdoc cref="RingBuffer.AddGatingSequences"/>
    void AddGatingSequences(params Sequence[] gatingSequences);

    /// <inheritdoc cref="RingBuffer.RemoveGatingSequence"/>
    bool RemoveGatingSequence(Sequence sequence);

    /// <inheritdoc cref="RingBuffer.GetMinimumGatingSequence"/>
    long GetMinimumGatingSequence();

    /// <inheritdoc cref="RingBuffer.NewBarrier(SequenceWaiterOwner, Sequence[])"/>
    SequenceBarrier NewBarrier(SequenceWaiterOwner owner, params Sequence[] sequencesToTrack);

    /// <summary>Makes the processor that will run a handler. It is neither started nor made gating.</summary>
    /// <param name="sequenceBarrier">What the handler waits for.</param>
    /// <param name="eventHandler">The handler; a boxed struct is copied into the processor.</param>
    /// <returns>A processor in its idle state.</returns>
    IValueEventProcessor<T> CreateEventProcessor(SequenceBarrier sequenceBarrier, IValueEventHandler<T> eventHandler);
}
