namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Keeps the venue's limit of new connections a second, over all feeds that share it.</summary>
/// <remarks>
/// Thread: any. Connections are spaced evenly, so no second, wherever it begins, sees more than allowed. Source: 8 a
/// second and address, Advanced Trade WebSocket rate limits.
/// </remarks>
/// <param name="perSecond">Connections a second, 1 to 1000.</param>
public sealed class ConnectionPacer(int perSecond = 8)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _spacing = TimeSpan.FromTicks(
        (TimeSpan.TicksPerSecond / Math.Clamp(perSecond, 1, 1000)) + 1);

    private long _nextAt = long.MinValue;

    /// <summary>Takes the next place.</summary>
    /// <param name="time">The clock; the same for all feeds of a pacer.</param>
    /// <returns>How long to wait before connecting; 0 when at once.</returns>
    public TimeSpan Take(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        long spacing = (long)((Int128)_spacing.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond) + 1;
        lock (_lock)
        {
            long now = time.GetTimestamp();
            long at = Math.Max(now, _nextAt);
            _nextAt = at + spacing;
            return time.GetElapsedTime(now, at);
        }
    }
}
