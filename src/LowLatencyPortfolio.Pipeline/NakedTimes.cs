using System.Runtime.CompilerServices;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>How long positions were without a working stop: one count for each time, by length.</summary>
/// <remarks>
/// Thread: written by the ratchet, read at quiescence. A time ends when a stop works again, or when the position is
/// closed or being closed by sells whose fate is known. A part of a position for which no stop works counts too. Event
/// time, so in a replay it has the grain of the data. Source: DESIGN law 7.
/// </remarks>
public struct NakedTimes
{
    private static readonly long[] s_upToMs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 15_000];

    private Counts _counts;

    /// <summary>Longest length that each count but the last includes, ms, rising; the last has no end.</summary>
    public static ReadOnlySpan<long> UpToMs => s_upToMs;

    /// <summary>How many times were of a length.</summary>
    /// <param name="bucket">0 to the length of <see cref="UpToMs"/>; that one is for all longer than the last.</param>
    /// <returns>At least 0.</returns>
    public readonly long CountOf(int bucket) => _counts[bucket];

    internal void Add(long ns)
    {
        int bucket = 0;
        while (bucket < s_upToMs.Length && ns > s_upToMs[bucket] * (EventTime.Second / 1_000))
        {
            bucket++;
        }

        _counts[bucket]++;
    }

    [InlineArray(14)]
    private struct Counts
    {
        private long _first;
    }
}
