namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Somebody who keeps what producers published, in its order: a side consumer of the ring that decides nothing.
/// </summary>
/// <remarks>
/// Thread: its own, beside the stages; under <see cref="Topology.Inline"/> the polling one, before the stages. It holds
/// the publishers back as the stages do: an event is recorded before its slot is used again. Only lines 0 and 1 of the
/// event may be read, for the stages write the others meanwhile.
/// </remarks>
public interface IEventRecorder
{
    /// <summary>Takes the producer's part of the next event. Must not throw, and should not wait.</summary>
    /// <param name="e">The event in its slot.</param>
    void Record(in TradingEvent e);
}
