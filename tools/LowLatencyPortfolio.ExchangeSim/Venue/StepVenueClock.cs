namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// Time that moves only when told to: a tick player or a test steps it. Any thread may read and step it.
/// </summary>
public sealed class StepVenueClock(long startNs) : IVenueClock
{
    private long _nowNs = startNs;

    public long NowNs => Volatile.Read(ref _nowNs);

    /// <summary>Moves to <paramref name="nowNs"/>; an earlier time is ignored, because time never goes back.</summary>
    public void MoveTo(long nowNs)
    {
        long seen = Volatile.Read(ref _nowNs);
        while (nowNs > seen)
        {
            long was = Interlocked.CompareExchange(ref _nowNs, nowNs, seen);
            if (was == seen)
                return;
            seen = was;
        }
    }
}
