namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Somebody who follows the market as the engine believes it: every accepted tick, the time, what traded of our own. It
/// decides nothing.
/// </summary>
/// <remarks>
/// Thread: the stages' under <see cref="Topology.Inline"/> and <see cref="Topology.Fused"/>, after them; a thread of
/// its own under <see cref="Topology.Staged"/>, beside the ratchet. It is told the same in the same order by every
/// topology, and holds the publishers back as a stage does: what it was not told yet has not passed. It must not
/// wait, must not
/// throw, and may read of an event only what the producer and Normalize wrote.
/// </remarks>
public interface IMarketObserver
{
    /// <summary>Takes a tick that Normalize accepted; ticks that were refused or are held back do not come.</summary>
    /// <param name="e">The tick; lines 0 and 1 count, and nothing else.</param>
    /// <param name="low">Lowest price believed, ring units: the tick's own, or that of those it stands for.</param>
    /// <param name="high">Highest price believed, ring units.</param>
    void OnTick(in TradingEvent e, long low, long high);

    /// <summary>Takes the time; at every <see cref="EventKind.Timer"/>.</summary>
    /// <param name="nowNs">Event time, ns UTC, never earlier than before.</param>
    void OnTime(long nowNs);

    /// <summary>Takes a report about one of our own orders, as the venue sent it: it may be a repetition.</summary>
    /// <param name="e">The report; lines 0 and 1 and <see cref="TradingEvent.NowNs"/> count.</param>
    void OnReport(in TradingEvent e);
}
