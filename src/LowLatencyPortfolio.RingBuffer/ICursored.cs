namespace Disruptor;

/// <summary>Something whose newest position can be read.</summary>
public interface ICursored
{
    /// <summary>
    /// The newest sequence, −1 before the first. With one producer: the newest published event. With several: the
    /// newest claimed one, which may not be published yet.
    /// </summary>
    /// <remarks>Any thread.</remarks>
    long Cursor { get; }
}
