using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Tells the ring when the journal becomes too late or fails, and when it is well again.</summary>
/// <remarks>Thread: the engine's. A change that finds the ring full is told at the next timer.</remarks>
internal sealed class HealthWatch(ISessionJournal journal)
{
    private bool _lags;
    private bool _failed;

    public void Report(RingPublisher ring, long nowNs)
    {
        JournalHealth health = journal.Health;
        Tell(ring, nowNs, HealthFlag.JournalLag, health is JournalHealth.Lagging or JournalHealth.AtBound, ref _lags);
        Tell(ring, nowNs, HealthFlag.JournalFailed, health >= JournalHealth.Failed, ref _failed);
    }

    private static void Tell(RingPublisher ring, long nowNs, HealthFlag flag, bool isBad, ref bool told)
    {
        if (isBad == told)
        {
            return;
        }

        EngineItem item = new()
        {
            Kind = EventKind.FeedState,
            Health = flag,
            Product = -1,
            Quantity = isBad ? 1 : 0,
            ReceivedAtNs = nowNs,
        };
        told = ring.TryPublish(in item) ? isBad : told;
    }
}
