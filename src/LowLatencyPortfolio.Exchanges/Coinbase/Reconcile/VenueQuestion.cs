namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>One kind of question to the venue, and when it is asked: no other's failure holds it up.</summary>
/// <remarks>
/// Thread: the reconciler's loop. After a failure it waits half a second, doubling up to four while it goes on failing.
/// </remarks>
internal sealed class VenueQuestion(
    TimeProvider time, TimeSpan every, Func<CancellationToken, Task> ask, Func<bool>? isWanted = null)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    private long _answeredAt;
    private TimeSpan _pause;

    /// <summary>The newest round that it was answered in; 0 before the first answer.</summary>
    public int Round { get; private set; }

    /// <summary>Whether it failed when it was asked last.</summary>
    public bool IsFailing => _pause != default;

    /// <summary>Time stamp of its newest failure.</summary>
    public long FailedAt { get; private set; }

    /// <summary>Whether it is to be asked now.</summary>
    /// <param name="round">The newest round, from 1.</param>
    public bool IsDue(int round) =>
        (!IsFailing || time.GetElapsedTime(FailedAt) >= _pause)
        && (Round < round || time.GetElapsedTime(_answeredAt) >= every || isWanted?.Invoke() == true);

    /// <summary>Asks.</summary>
    /// <param name="round">The newest round when it began: what happened later, a later one looks at.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="QueryException">There was no answer that could be read.</exception>
    public async Task AskAsync(int round, CancellationToken cancel)
    {
        try
        {
            await ask(cancel).ConfigureAwait(false);
        }
        catch (QueryException)
        {
            FailedAt = time.GetTimestamp();
            _pause = _pause == default ? FirstPause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            throw;
        }

        _pause = default;
        Round = Math.Max(Round, round);
        _answeredAt = time.GetTimestamp();
    }
}
