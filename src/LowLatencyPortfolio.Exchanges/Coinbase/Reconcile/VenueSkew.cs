using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// What is known of how our time and the venue's differ; entries wait while that is more than allowed.
/// </summary>
/// <remarks>Thread: that of the questions.</remarks>
internal sealed class VenueSkew(SteadyClock time, OrderDesk desk, ICoinbaseQueries queries)
{
    private TimeSpan? _skew;
    private long _jumpsSeen;
    private bool _isTold;

    /// <summary>The venue's time less ours when they were compared last; null before.</summary>
    public TimeSpan? Known => _skew;

    /// <summary>Compares the two now.</summary>
    /// <exception cref="QueryException">The venue did not say.</exception>
    public async Task CompareAsync(CancellationToken cancel)
    {
        TimeSpan skew = await VenueClock.SkewAsync(queries, time, cancel).ConfigureAwait(false);
        _skew = skew;
        Tell(skew.Duration() > VenueClock.LargestSkew);
    }

    /// <summary>
    /// Notices that the machine's clock has jumped: nobody knows yet which of the two is right, so entries wait for the
    /// next comparison.
    /// </summary>
    /// <returns>Whether it has, since this was asked last.</returns>
    public bool NoticeJump()
    {
        long jumps = time.Jumps;
        bool hasJumped = jumps != _jumpsSeen;
        _jumpsSeen = jumps;
        if (hasJumped)
        {
            Tell(isSkewed: true);
        }

        return hasJumped;
    }

    /// <summary>
    /// What the venue calls a time of ours, or earlier: a list that begins in its future is empty and says nothing.
    /// </summary>
    public DateTimeOffset AtVenue(DateTimeOffset ours) =>
        _skew is { } skew && skew < TimeSpan.Zero ? ours + skew : ours;

    /// <summary>
    /// Whether a list may have begun after an order that it does not show was made: the venue's clock is behind ours by
    /// more than was reckoned with when it was asked for, and by more than looks reach back.
    /// </summary>
    /// <param name="reckonedWith"><see cref="Known"/> when the list was asked for.</param>
    public bool IsListTooLate(TimeSpan? reckonedWith)
    {
        TimeSpan reckoned = reckonedWith is { } skew && skew < TimeSpan.Zero ? skew : TimeSpan.Zero;
        return _skew < reckoned - LookDesk.SafeSkew;
    }

    private void Tell(bool isSkewed)
    {
        if (isSkewed != _isTold)
        {
            _isTold = isSkewed;
            desk.With(state => state.Reports.AddHealth(HealthFlag.ClockSkew, isSkewed, Clock.NowNs(time)));
        }
    }
}
