namespace Disruptor;

/// <summary>Receives every event of a ring in order.</summary>
/// <typeparam name="T">The event.</typeparam>
/// <remarks>
/// Make it a struct that holds a reference to its state: the processing loop is then compiled for that type and calls
/// <see cref="OnEvent"/> directly. One handler runs on one thread.
/// </remarks>
public interface IValueEventHandler<T> : IEventHandler
    where T : struct
{
    /// <summary>Handles one event in its slot.</summary>
    /// <param name="data">The slot. Valid until this call ends; the slot is overwritten a lap later.</param>
    /// <param name="sequence">The event's sequence, one more than the last.</param>
    /// <param name="endOfBatch">True for the last event of the batch.</param>
    void OnEvent(ref T data, long sequence, bool endOfBatch);

    /// <summary>Called before the events of a batch, only if the handler's type really implements it.</summary>
    /// <param name="batchSize">Number of events that follow, 1 or more.</param>
    void OnBatchStart(long batchSize)
    {
    }
}
