namespace Disruptor;

/// <summary>The words pollers speak.</summary>
public static class EventPoller
{
    /// <summary>Handles one polled event.</summary>
    /// <typeparam name="T">The event.</typeparam>
    /// <param name="data">The slot, valid until the call ends.</param>
    /// <param name="sequence">The event's sequence.</param>
    /// <param name="endOfBatch">True for the last event that was available.</param>
    /// <returns>False to end this poll after this event; it counts as handled.</returns>
    public delegate bool ValueHandler<T>(ref T data, long sequence, bool endOfBatch)
        where T : struct;

    /// <summary>What a poll found.</summary>
    public enum PollState
    {
        /// <summary>At least one event was handled.</summary>
        Processing,

        /// <summary>Events are published, but a consumer that comes first has not handled them.</summary>
        Gating,

        /// <summary>Nothing new is published.</summary>
        Idle,
    }
}
