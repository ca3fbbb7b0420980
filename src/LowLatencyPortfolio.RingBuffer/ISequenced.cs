namespace Disruptor;

/// <summary>The producer's side of a ring: claim sequences, fill their slots, publish them.</summary>
public interface ISequenced
{
    /// <summary>Number of slots, a power of two.</summary>
    int BufferSize { get; }

    /// <summary>Whether <paramref name="requiredCapacity"/> sequences could be claimed now. Claims nothing.</summary>
    /// <param name="requiredCapacity">Number of events, 1 to <see cref="BufferSize"/>.</param>
    /// <returns>False when a gating consumer still holds one of the slots.</returns>
    bool HasAvailableCapacity(int requiredCapacity);

    /// <summary>
    /// Slots that could be claimed now: the size less what the slowest gating consumer has not released.
    /// </summary>
    /// <returns>0 to <see cref="BufferSize"/> events; a snapshot that is old when it arrives.</returns>
    long GetRemainingCapacity();

    /// <summary>Claims one sequence and waits while the ring is full.</summary>
    /// <returns>The claimed sequence; it must be published.</returns>
    /// <exception cref="RingBufferStoppedException">The ring is full and a stage that must free it has
    /// ended.</exception>
    long Next();

    /// <summary>Claims <paramref name="n"/> sequences in a row and waits while there is no room for them.</summary>
    /// <param name="n">Number of events, 1 to <see cref="BufferSize"/>.</param>
    /// <returns>The highest claimed sequence; the lowest is this less <paramref name="n"/> plus one.</returns>
    /// <exception cref="ArgumentException"><paramref name="n"/> is below 1 or above
    /// <see cref="BufferSize"/>.</exception>
    /// <exception cref="RingBufferStoppedException">The ring is full and a stage that must free it has
    /// ended.</exception>
    long Next(int n);

    /// <summary>Claims one sequence if there is room.</summary>
    /// <param name="sequence">The claimed sequence, to be published; 0 when the result is false.</param>
    /// <returns>False when the ring is full; nothing is claimed then.</returns>
    bool TryNext(out long sequence);

    /// <summary>Claims <paramref name="n"/> sequences in a row if there is room for all of them.</summary>
    /// <param name="n">Number of events, 1 to <see cref="BufferSize"/>.</param>
    /// <param name="sequence">The highest claimed sequence; 0 when the result is false.</param>
    /// <returns>False when there is no room; nothing is claimed then.</returns>
    /// <exception cref="ArgumentException"><paramref name="n"/> is below 1 or above
    /// <see cref="BufferSize"/>.</exception>
    bool TryNext(int n, out long sequence);

    /// <summary>Makes a claimed and filled slot visible to the handlers.</summary>
    /// <param name="sequence">A sequence this thread claimed.</param>
    void Publish(long sequence);

    /// <summary>Makes claimed and filled slots visible to the handlers.</summary>
    /// <param name="lo">Lowest claimed sequence.</param>
    /// <param name="hi">Highest claimed sequence, not below <paramref name="lo"/>.</param>
    void Publish(long lo, long hi);
}
