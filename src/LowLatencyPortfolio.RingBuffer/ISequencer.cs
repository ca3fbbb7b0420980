namespace Disruptor;

/// <summary>Hands out sequences to producers, holds them back by the slowest consumer, and makes barriers.</summary>
/// <remarks>
/// <see cref="SingleProducerSequencer"/> and <see cref="MultiProducerSequencer"/> are called directly on the hot path;
/// another implementation is called through this interface.
/// </remarks>
public interface ISequencer : ISequenced, ICursored, IPublishedSequenceReader
{
    /// <summary>Moves the claim position to a given sequence. For set-up only, while nobody publishes.</summary>
    /// <param name="sequence">The sequence after which the next claim begins.</param>
    void Claim(long sequence);

    /// <summary>Whether a sequence is published and its slot not yet overwritten by a later lap.</summary>
    /// <param name="sequence">The sequence asked for.</param>
    /// <returns>True while its event can be read.</returns>
    bool IsAvailable(long sequence);

    /// <summary>Adds consumers the producers must not overtake. Each is set to the current cursor first.</summary>
    /// <param name="gatingSequences">The consumers' own sequences.</param>
    void AddGatingSequences(params Sequence[] gatingSequences);

    /// <summary>Takes a consumer out, found by reference.</summary>
    /// <param name="sequence">The consumer's sequence.</param>
    /// <returns>True if it was there.</returns>
    bool RemoveGatingSequence(Sequence sequence);

    /// <summary>Makes the barrier a consumer waits on.</summary>
    /// <param name="owner">Who will wait.</param>
    /// <param name="sequencesToTrack">Consumers that must come first; none means: wait for the producers.</param>
    /// <returns>A barrier for one waiting thread.</returns>
    SequenceBarrier NewBarrier(SequenceWaiterOwner owner, params Sequence[] sequencesToTrack);

    /// <summary>The slowest gating consumer's sequence; the cursor when there is none.</summary>
    /// <returns>A sequence, −1 or more.</returns>
    long GetMinimumSequence();

    /// <summary>Makes a poller over the slots of <paramref name="provider"/>.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="provider">Where the slots are.</param>
    /// <param name="gatingSequences">Consumers that must come first; none means: read what the producers
    /// publish.</param>
    /// <returns>A poller for one thread. It starts at −1 and holds nobody back until its sequence is added.</returns>
    ValueEventPoller<T> NewPoller<T>(IValueDataProvider<T> provider, params Sequence[] gatingSequences)
        where T : struct;
}
