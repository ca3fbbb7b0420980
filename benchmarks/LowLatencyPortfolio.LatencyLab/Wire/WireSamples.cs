namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The stamps of a number of exchanges, clock ns, in memory that is there before the first.</summary>
internal sealed class WireSamples(int count)
{
    /// <summary>Exchanges stamped so far.</summary>
    public int Count { get; set; }

    public long[] Intended { get; } = Touched(count);

    /// <summary>The ticker was asked for.</summary>
    public long[] Asked { get; } = Touched(count);

    /// <summary>The whole frame was read.</summary>
    public long[] Read { get; } = Touched(count);

    /// <summary>The tick was in the ring; nothing for the echo.</summary>
    public long[] Published { get; } = Touched(count);

    /// <summary>The order was handed to the sink; nothing for the echo.</summary>
    public long[] Decided { get; } = Touched(count);

    /// <summary>The request was written.</summary>
    public long[] Written { get; } = Touched(count);

    /// <summary>What the exchange measured, ns.</summary>
    public long[] Exchange { get; } = Touched(count);

    /// <summary>The longest this thread was away between two looks at the clock while it waited, ns.</summary>
    public long[] Gaps { get; } = Touched(count);

    public WireSide Side() => new(
        Percentiles.Of(Exchange), Between(Read, Written), Between(Intended, Written), Between(Intended, Asked),
        Percentiles.Of(Gaps));

    public static Percentiles Between(long[] earlier, long[] later)
    {
        long[] differences = new long[later.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = later[i] - earlier[i];
        }

        return Percentiles.Of(differences);
    }

    private static long[] Touched(int count)
    {
        long[] values = new long[count];
        values.AsSpan().Fill(1);
        return values;
    }
}
