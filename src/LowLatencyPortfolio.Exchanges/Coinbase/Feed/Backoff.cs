namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>How long to wait before the next attempt: exponential, with full jitter.</summary>
/// <remarks>
/// Thread: one. The wait is uniform from 0 to least × 2ⁿ after n failures in a row, never above most, so that many
/// clients of a venue that comes back do not come back at once.
/// </remarks>
internal sealed class Backoff(TimeSpan least, TimeSpan most, Random random)
{
    /// <summary>Attempts in a row that led to nothing lasting.</summary>
    public int Failures { get; private set; }

    public void Reset() => Failures = 0;

    /// <summary>Notes a failure.</summary>
    /// <returns>How long to wait.</returns>
    public TimeSpan Next()
    {
        long limit = least.Ticks;
        for (int i = 0; i < Failures && limit < most.Ticks; i++)
        {
            limit *= 2;
        }

        Failures++;
        return TimeSpan.FromTicks(random.NextInt64(Math.Min(limit, most.Ticks) + 1));
    }
}
