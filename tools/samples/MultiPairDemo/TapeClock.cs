namespace MultiPairDemo;

/// <summary>The engine's clock, set by the tape: three and a half days pass in seconds.</summary>
internal sealed class TapeClock(DateTimeOffset begin) : TimeProvider
{
    private long _ticks = begin.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);
}
