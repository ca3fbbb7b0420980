using Disruptor.Processing;

namespace Disruptor.Dsl;

/// <summary>Handlers that stand side by side, to say who comes after all of them.</summary>
/// <typeparam name="T">The event.</typeparam>
public sealed class ValueEventHandlerGroup<T>
    where T : struct
{
    private readonly ValueTypeDisruptor<T> _disruptor;
    private readonly Sequence[] _sequences;

    internal ValueEventHandlerGroup(ValueTypeDisruptor<T> disruptor, Sequence[] sequences)
    {
        _disruptor = disruptor;
        _sequences = sequences;
    }

    /// <summary>Joins two groups.</summary>
    /// <param name="otherHandlerGroup">The other group.</param>
    /// <returns>A group of both.</returns>
    public ValueEventHandlerGroup<T> And(ValueEventHandlerGroup<T> otherHandlerGroup)
    {
        ArgumentNullException.ThrowIfNull(otherHandlerGroup);
        return new ValueEventHandlerGroup<T>(_disruptor, [.. _sequences, .. otherHandlerGroup._sequences]);
    }

    /// <summary>Adds processors to the group.</summary>
    /// <param name="processors">The processors; those not yet known are added to the disruptor.</param>
    /// <returns>A group of all.</returns>
    public ValueEventHandlerGroup<T> And(params IEventProcessor[] processors)
    {
        ArgumentNullException.ThrowIfNull(processors);
        _disruptor.AddUnknown(processors);
        return new ValueEventHandlerGroup<T>(
            _disruptor, [.. _sequences, .. processors.Select(processor => processor.Sequence)]);
    }

    /// <summary>Adds handlers that see each event when everybody in this group has handled it.</summary>
    /// <param name="handlers">The handlers; they stand side by side.</param>
    /// <returns>The group of the added handlers.</returns>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public ValueEventHandlerGroup<T> Then(params IValueEventHandler<T>[] handlers) => HandleEventsWith(handlers);

    /// <summary>Adds processors that see each event when everybody in this group has handled it.</summary>
    /// <param name="eventProcessorFactories">Called at once, each with a barrier of its own.</param>
    /// <returns>The group of the added processors.</returns>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public ValueEventHandlerGroup<T> Then(params ValueEventProcessorCreator<T>[] eventProcessorFactories) =>
        HandleEventsWith(eventProcessorFactories);

    /// <summary>The same as <see cref="Then(IValueEventHandler{T}[])"/>.</summary>
    /// <param name="handlers">The handlers; they stand side by side.</param>
    /// <returns>The group of the added handlers.</returns>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public ValueEventHandlerGroup<T> HandleEventsWith(params IValueEventHandler<T>[] handlers) =>
        _disruptor.AddHandlers(_sequences, handlers);

    /// <summary>The same as <see cref="Then(ValueEventProcessorCreator{T}[])"/>.</summary>
    /// <param name="eventProcessorFactories">Called at once, each with a barrier of its own.</param>
    /// <returns>The group of the added processors.</returns>
    /// <exception cref="InvalidOperationException">The disruptor was started.</exception>
    public ValueEventHandlerGroup<T> HandleEventsWith(
        params ValueEventProcessorCreator<T>[] eventProcessorFactories) =>
        _disruptor.AddCreated(_sequences, eventProcessorFactories);

    /// <summary>Makes a barrier behind this group, for a consumer the disruptor does not run.</summary>
    /// <returns>A barrier for one waiting thread.</returns>
    public SequenceBarrier AsSequenceBarrier() =>
        _disruptor.RingBuffer.NewBarrier(SequenceWaiterOwner.Unknown, _sequences);
}
