namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>The clock of the server, which may be wrong on purpose. Not the venue's clock, which follows the
/// ticks.</summary>
/// <param name="time">The machine's clock.</param>
/// <remarks>Thread: any.</remarks>
internal sealed class ServerClock(TimeProvider time)
{
    private long _skewMs;

    /// <summary>How far ahead of the machine's clock it is, ms; negative: behind.</summary>
    public long SkewMs
    {
        get => Volatile.Read(ref _skewMs);
        set => Volatile.Write(ref _skewMs, value);
    }

    /// <summary>What the server says the time is.</summary>
    public DateTimeOffset UtcNow => time.GetUtcNow().AddMilliseconds(SkewMs);
}
