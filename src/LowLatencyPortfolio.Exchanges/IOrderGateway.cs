using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges;

/// <summary>A venue as the live engine sees it: order commands go in, reports come out.</summary>
/// <remarks>
/// Thread: <see cref="IOrderSink.Submit"/> on Dispatch's thread; everything else on the engine's thread, which
/// publishes the reports. A gateway with sockets keeps its own threads and hands over what they heard at <see
/// cref="Poll"/>. The engine owns its gateway and disposes one that is <see cref="IDisposable"/> when it ends.
/// </remarks>
public interface IOrderGateway : IOrderSink
{
    /// <summary>
    /// Called, from any thread, when <see cref="Poll"/> has something to do; set by the engine before the first
    /// command.
    /// </summary>
    Action? Wake { get; set; }

    /// <summary>
    /// Tells whose orders these are, once, after <see cref="Restore"/> and before the first command; a venue with
    /// sockets opens them here. A simulated venue ignores it.
    /// </summary>
    /// <param name="engineId">The engine's part of its order ids: letters and digits, no hyphen.</param>
    /// <param name="epoch">Number of this start on its database, at least 1; no order id is ever made twice.</param>
    void Identify(string engineId, long epoch);

    /// <summary>
    /// When <see cref="Poll"/> next has something to do by itself, ns UTC; <see cref="long.MaxValue"/> when it has not.
    /// </summary>
    long NextDueNs { get; }

    /// <summary>
    /// Reports since <see cref="ClearReports"/>, in order; lines 0 and 1 of each are written. Valid until the next
    /// call.
    /// </summary>
    ReadOnlySpan<TradingEvent> Reports { get; }

    /// <summary>Takes in what waits: commands that are due, what the venue said. Reports are appended.</summary>
    /// <param name="nowNs">The engine's time, ns UTC.</param>
    /// <returns>Whether anything was taken in.</returns>
    bool Poll(long nowNs);

    /// <summary>
    /// Sees a tick before it enters the ring; a venue that matches by itself ignores it. Reports are appended.
    /// </summary>
    /// <param name="tick">The tick, ring units; its time is when we received it.</param>
    void OnTick(in MarketTick tick);

    /// <summary>Forgets the reports; they were published.</summary>
    void ClearReports();

    /// <summary>
    /// Whether something at the venue is neither here nor there: a stop is on its way from one level to another, a sell
    /// is on its way to the venue, or nobody knows whether an order was taken. A session that is stopped waits for it;
    /// what is in doubt even then, the next start asks the venue about, as after a crash, if it can be asked (<see
    /// cref="IRecoverableGateway"/>).
    /// </summary>
    bool IsInDoubt => false;

    /// <summary>
    /// Writes what the venue cannot be asked for after a restart: a simulated venue its whole book, a real one what
    /// it has reported of open orders.
    /// </summary>
    /// <param name="writer">Where to.</param>
    void Save(CheckpointWriter writer);

    /// <summary>Takes back what <see cref="Save"/> wrote; before the first command.</summary>
    /// <param name="reader">Where from.</param>
    void Restore(CheckpointReader reader);
}
