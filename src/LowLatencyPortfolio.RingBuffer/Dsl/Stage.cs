using Disruptor.Processing;

namespace Disruptor.Dsl;

/// <summary>One processor in the chain, and what the disruptor knows of it.</summary>
internal sealed class Stage<T>(IEventProcessor processor, IValueEventHandler<T>? handler, SequenceBarrier? barrier)
    where T : struct
{
    public IEventProcessor Processor { get; } = processor;

    /// <summary>Null for processors of the user's own.</summary>
    public IValueEventHandler<T>? Handler { get; } = handler;

    /// <summary>Null for processors that were made outside.</summary>
    public SequenceBarrier? Barrier { get; } = barrier;

    /// <summary>Whether nobody waits for this processor but the producers.</summary>
    public bool IsEndOfChain { get; set; } = true;

    /// <summary>Whether it has handled all it can get while its predecessors stand still.</summary>
    public bool HasNothingLeft
    {
        get
        {
            if (!Processor.IsRunning || Barrier is null)
                return true;
            var next = Processor.Sequence.Value + 1;
            var available = Barrier.DependentSequences.Value;
            return available < next || Barrier.HighestPublished(next, available) < next;
        }
    }
}
