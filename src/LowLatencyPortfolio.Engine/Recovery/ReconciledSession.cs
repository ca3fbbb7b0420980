using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// A session as it goes on: what pipeline and gateway take over, and what has to be written and sent first.
/// </summary>
/// <param name="Session">As the rows told it.</param>
/// <param name="Portfolio">What the pipeline takes over.</param>
/// <param name="Orders">What the gateway takes over.</param>
/// <param name="Cancels">What the venue is asked to cancel.</param>
/// <param name="Changes">Rows that the database gets before anything else happens, as one event.</param>
/// <param name="Report">What was found.</param>
/// <param name="IsAnew">The venue remembers nothing, and there is nothing to wait for.</param>
internal sealed record ReconciledSession(
    StoredSession Session, StoredPortfolio Portfolio, IReadOnlyList<AdoptedOrder> Orders,
    IReadOnlyList<OrderCommand> Cancels, IReadOnlyList<StateChange> Changes, ReconcileReport Report, bool IsAnew)
{
    /// <summary>Highest number of an order that has a row.</summary>
    public long LastWritten => Session.Orders.Count == 0 ? 0 : Session.Orders.Keys.Max();
}
