using System.Runtime.CompilerServices;

namespace Disruptor.Processing;

/// <summary>One producer, or behind another handler: whatever is available is published. Compiles to nothing.</summary>
internal readonly struct NoGaps : IPublishedSequenceReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetHighestPublishedSequence(long nextSequence, long availableSequence) => availableSequence;
}

/// <summary>First handlers behind several producers look for the first gap.</summary>
internal readonly struct GapsOfSeveralProducers(MultiProducerSequencer sequencer) : IPublishedSequenceReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetHighestPublishedSequence(long nextSequence, long availableSequence) =>
        sequencer.GetHighestPublishedSequence(nextSequence, availableSequence);
}

/// <summary>First handlers behind a sequencer this assembly does not know ask it.</summary>
internal readonly struct GapsOfForeignSequencer(IPublishedSequenceReader sequencer) : IPublishedSequenceReader
{
    public long GetHighestPublishedSequence(long nextSequence, long availableSequence) =>
        sequencer.GetHighestPublishedSequence(nextSequence, availableSequence);
}
