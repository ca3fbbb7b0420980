using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// How long the last moves took that cancelled a stop and placed another: from the cancel's leaving to the new order's
/// acknowledgement, the longest that the position can have been without one.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. Allocation: none. The last 100 moves count, each for ten minutes: while moves pause
/// nothing is measured, and what made them slow passes.
/// </remarks>
internal sealed class MoveTimes
{
    private const int Kept = 100;
    private const long CountsForNs = 10 * EventTime.Minute;

    private readonly (long TookNs, long AtNs)[] _moves = new (long, long)[Kept];
    private readonly long[] _sorted = new long[Kept];
    private long _count;

    /// <summary>The cancel leaves.</summary>
    public static void Begin(ref VenueOrder replacement, long nowNs) =>
        replacement.MoveBegunNs = replacement.MoveBegunNs == 0 ? nowNs : replacement.MoveBegunNs;

    /// <summary>The new order is acknowledged; counts if it is one that made room by a cancel.</summary>
    public void Complete(ref VenueOrder replacement, long nowNs)
    {
        if (replacement.MoveBegunNs != 0)
        {
            _moves[_count++ % Kept] = (nowNs - replacement.MoveBegunNs, nowNs);
            replacement.MoveBegunNs = 0;
        }
    }

    /// <summary>The time that 99 of 100 moves did not exceed.</summary>
    /// <returns>ns; 0 when there was no move lately.</returns>
    public long P99Ns(long nowNs)
    {
        int count = 0;
        foreach ((long tookNs, long atNs) in _moves)
        {
            if (atNs != 0 && nowNs - atNs < CountsForNs)
            {
                _sorted[count++] = tookNs;
            }
        }

        if (count == 0)
        {
            return 0;
        }

        Array.Sort(_sorted, 0, count);
        return _sorted[((count * 99) + 99) / 100 - 1];
    }
}
