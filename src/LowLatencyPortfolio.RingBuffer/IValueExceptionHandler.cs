namespace Disruptor;

/// <summary>Decides what an exception from a handler means: return to go on, throw to end the stage.</summary>
/// <typeparam name="T">The event.</typeparam>
/// <remarks>
/// Runs on the failing handler's thread. When a method throws, the stage ends and the ring is stopped: see
/// <see cref="RingBuffer.IsStopped"/>.
/// </remarks>
public interface IValueExceptionHandler<T>
    where T : struct
{
    /// <summary>An event or the start of a batch failed. Returning counts the event as handled.</summary>
    /// <param name="ex">What was thrown.</param>
    /// <param name="sequence">The event's sequence.</param>
    /// <param name="evt">The event's slot.</param>
    void HandleEventException(Exception ex, long sequence, ref T evt);

    /// <summary><see cref="IEventHandler.OnTimeout"/> failed.</summary>
    /// <param name="ex">What was thrown.</param>
    /// <param name="sequence">The last sequence handled.</param>
    void HandleOnTimeoutException(Exception ex, long sequence);

    /// <summary><see cref="IEventHandler.OnStart"/> failed. Returning starts the stage all the same.</summary>
    /// <param name="ex">What was thrown.</param>
    void HandleOnStartException(Exception ex);

    /// <summary><see cref="IEventHandler.OnShutdown"/> failed.</summary>
    /// <param name="ex">What was thrown.</param>
    void HandleOnShutdownException(Exception ex);
}
