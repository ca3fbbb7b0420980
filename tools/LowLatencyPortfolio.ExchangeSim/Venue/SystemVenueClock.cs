namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// The machine's time: the wall clock once at the start, then the monotonic counter, so it never goes back.
/// </summary>
public sealed class SystemVenueClock : IVenueClock
{
    private readonly long _startNs = VenueTime.ToNs(DateTime.UtcNow);
    private readonly long _startTicks = System.Diagnostics.Stopwatch.GetTimestamp();

    public long NowNs => _startNs + (System.Diagnostics.Stopwatch.GetElapsedTime(_startTicks).Ticks * 100);
}
