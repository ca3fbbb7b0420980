namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Compares the venue's clock with ours.</summary>
/// <remarks>Thread: any.</remarks>
public static class VenueClock
{
    /// <summary>How far the clocks may differ; beyond it entries are refused.</summary>
    /// <remarks>Source: SPEC 8. Tokens live for 120 s, so requests still work long after.</remarks>
    public static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(1);

    /// <summary>Asks for the venue's time.</summary>
    /// <param name="queries">How.</param>
    /// <param name="time">Our clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>
    /// How far the venue is ahead of us, negative when it is behind; only what the time of asking cannot explain, so
    /// that a slow answer is no skew.
    /// </returns>
    /// <exception cref="QueryException">There was no answer that could be read.</exception>
    public static async Task<TimeSpan> SkewAsync(ICoinbaseQueries queries, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(time);
        DateTimeOffset before = time.GetUtcNow();
        DateTimeOffset venue = await queries.TimeAsync(cancel).ConfigureAwait(false);
        DateTimeOffset after = time.GetUtcNow();
        return venue < before ? venue - before : venue > after ? venue - after : TimeSpan.Zero;
    }
}
