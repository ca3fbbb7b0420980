namespace Disruptor;

/// <summary>What every handler may say about its life and its batches. All members have a default.</summary>
/// <remarks>All members run on the handler's own thread.</remarks>
public interface IEventHandler
{
    /// <summary>
    /// Largest batch in events, 1 or more; null for no limit. A smaller batch lets the next stage begin earlier in a
    /// burst. Read once, when the processor is made.
    /// </summary>
    int? MaxBatchSize => null;

    /// <summary>Called once before the first event. The place to name or pin the thread.</summary>
    void OnStart()
    {
    }

    /// <summary>Called once after the last event, also when the handler died of an exception.</summary>
    void OnShutdown()
    {
    }

    /// <summary>Called when a wait strategy with a timeout saw no event for that long.</summary>
    /// <param name="sequence">The last sequence handled.</param>
    void OnTimeout(long sequence)
    {
    }
}
