namespace Disruptor;

/// <summary>How waiting for a sequence ended: with a sequence to read up to, or with a timeout.</summary>
public readonly record struct SequenceWaitResult
{
    // Below every sequence that can occur (−1 is the lowest), so a caller that forgets to ask sees "nothing available".
    private const long TimeoutMark = -3;

    /// <summary>A result that carries a sequence.</summary>
    /// <param name="availableSequence">What can be read up to.</param>
    public SequenceWaitResult(long availableSequence) => UnsafeAvailableSequence = availableSequence;

    /// <summary>The result of a wait that took too long.</summary>
    public static SequenceWaitResult Timeout => new(TimeoutMark);

    /// <summary>Whether the wait took too long.</summary>
    public bool IsTimeout => UnsafeAvailableSequence == TimeoutMark;

    /// <summary>The sequence that can be read up to; a negative mark that means nothing after a timeout.</summary>
    public long UnsafeAvailableSequence { get; }

    /// <summary>The sequence that can be read up to; null after a timeout.</summary>
    public long? AvailableSequence => IsTimeout ? null : UnsafeAvailableSequence;

    /// <summary>A result that carries a sequence.</summary>
    /// <param name="availableSequence">What can be read up to.</param>
    public static implicit operator SequenceWaitResult(long availableSequence) => new(availableSequence);

    /// <summary>A result that carries a sequence.</summary>
    /// <param name="availableSequence">What can be read up to.</param>
    /// <returns>The result.</returns>
    public static SequenceWaitResult FromInt64(long availableSequence) => new(availableSequence);
}
