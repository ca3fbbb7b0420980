namespace Disruptor;

/// <summary>Tells how far publication has come without a gap.</summary>
public interface IPublishedSequenceReader
{
    /// <summary>Finds the end of the unbroken run of published sequences.</summary>
    /// <param name="nextSequence">Where to begin.</param>
    /// <param name="availableSequence">Where to end; claimed, perhaps not published.</param>
    /// <returns>The last published sequence before the first gap; <paramref name="nextSequence"/> − 1 if that is
    /// itself a gap; <paramref name="availableSequence"/> when there is none.</returns>
    long GetHighestPublishedSequence(long nextSequence, long availableSequence);
}
