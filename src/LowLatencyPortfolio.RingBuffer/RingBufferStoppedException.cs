namespace Disruptor;

/// <summary>A claim can never be met: the ring is full and a stage that had to free a slot has ended.</summary>
/// <remarks>
/// <see cref="Exception.InnerException"/> is what the stage died of; null when the ring was halted on purpose. Not part
/// of the package, whose producers wait for ever in this case.
/// </remarks>
public sealed class RingBufferStoppedException : InvalidOperationException
{
    /// <summary>Makes the exception with a general message.</summary>
    public RingBufferStoppedException()
        : this((Exception?)null)
    {
    }

    /// <summary>Makes the exception around what ended the stage.</summary>
    /// <param name="cause">What the stage died of; null for a halt.</param>
    public RingBufferStoppedException(Exception? cause)
        : this(DefaultMessage(cause), cause)
    {
    }

    /// <summary>Makes the exception with a message of its own.</summary>
    /// <param name="message">What to say.</param>
    public RingBufferStoppedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message of its own around a cause.</summary>
    /// <param name="message">What to say.</param>
    /// <param name="cause">What the stage died of; null for a halt.</param>
    public RingBufferStoppedException(string message, Exception? cause)
        : base(message, cause)
    {
    }

    private static string DefaultMessage(Exception? cause) => cause is null
        ? "The ring buffer is full and its handlers were halted."
        : $"The ring buffer is full and one of its handlers has ended: {cause.Message}";
}
