namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The engine's measure of time.</summary>
internal static class Clock
{
    private const long NsPerTick = 100;

    /// <summary>Now, ns UTC.</summary>
    public static long NowNs(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NsPerTick;
}
