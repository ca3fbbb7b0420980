namespace Disruptor;

/// <summary>
/// One latch per ring: set once, when a stage dies or the ring is halted; looked at by waiting producers.
/// </summary>
internal sealed class RingStop
{
    private volatile bool _isSet;
    private Exception? _cause;

    public bool IsSet => _isSet;

    /// <summary>The first cause given; null while running and after a plain halt.</summary>
    public Exception? Cause => Volatile.Read(ref _cause);

    public void Signal(Exception? cause)
    {
        if (cause is not null)
            Interlocked.CompareExchange(ref _cause, cause, null);
        _isSet = true;
    }
}
