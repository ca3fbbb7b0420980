namespace LowLatencyPortfolio.LatencyLab.Tests;

public sealed class LogLinearHistogramTests
{
    private const long TenSeconds = 10_000_000_000;
    private static readonly double[] Percents = [0, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Every_value_lies_in_its_slot_and_the_slot_is_narrow_enough(int digits)
    {
        LogLinearHistogram histogram = new(TenSeconds, digits);
        double error = Math.Pow(10, -digits);
        foreach (long value in Edges().Where(value => value <= TenSeconds))
        {
            int slot = histogram.IndexOf(value);
            long lowest = histogram.LowestIn(slot);
            long highest = histogram.HighestIn(slot);
            Assert.InRange(value, lowest, highest);
            Assert.True(
                highest - lowest <= value * error, $"value {value}: slot {lowest} to {highest} with {digits} digits");
        }
    }

    [Fact]
    public void Slots_follow_each_other_without_gap_or_overlap()
    {
        LogLinearHistogram histogram = new(TenSeconds, 2);
        int last = histogram.IndexOf(TenSeconds);
        for (int slot = 1; slot <= last; slot++)
        {
            Assert.Equal(histogram.HighestIn(slot - 1) + 1, histogram.LowestIn(slot));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2047, 2047)]
    [InlineData(2048, 2048)]
    [InlineData(2050, 2049)]
    [InlineData(10_000_000_000, 24_744)]
    public void Slot_numbers_are_those_of_the_published_design(long value, int slot) =>
        Assert.Equal(slot, new LogLinearHistogram(TenSeconds, 3).IndexOf(value));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_agree_with_the_sorted_values_to_the_digits_kept(int seed)
    {
        long[] values = HeavyTail(seed, 200_000);
        LogLinearHistogram histogram = new(TenSeconds, 3);
        foreach (long value in values)
        {
            histogram.Record(value);
        }

        Array.Sort(values);
        foreach (double percent in Percents)
        {
            long exact = values[Math.Max(1, (long)((percent / 100 * values.Length) + 0.5)) - 1];
            long kept = histogram.Percentile(percent);
            Assert.True(
                kept >= exact && kept - exact <= exact / 1000.0, $"seed {seed}, p{percent}: {kept} for {exact}");
        }

        Assert.Equal(values[0], histogram.Min);
        Assert.Equal(values[^1], histogram.Max);
        Assert.Equal(values.Length, histogram.Count);
    }

    [Fact]
    public void Two_histograms_added_are_one_of_all_values()
    {
        long[] values = HeavyTail(seed: 7, 20_000);
        LogLinearHistogram whole = new(TenSeconds, 3);
        LogLinearHistogram[] parts = [new(TenSeconds, 3), new(TenSeconds, 3)];
        for (int i = 0; i < values.Length; i++)
        {
            whole.Record(values[i]);
            parts[i % 2].Record(values[i]);
        }

        parts[0].Add(parts[1]);
        Assert.Equal((whole.Count, whole.Min, whole.Max), (parts[0].Count, parts[0].Min, parts[0].Max));
        Assert.All(Percents, percent => Assert.Equal(whole.Percentile(percent), parts[0].Percentile(percent)));
        Assert.Throws<ArgumentException>(() => whole.Add(new LogLinearHistogram(TenSeconds, 2)));
    }

    [Fact]
    public void Values_outside_the_range_count_at_its_ends()
    {
        LogLinearHistogram histogram = new(1_000, 3);
        histogram.Record(-5);
        histogram.Record(5_000);
        Assert.Equal((2, 0, 1_000), (histogram.Count, histogram.Min, histogram.Max));
    }

    [Fact]
    public void Nothing_recorded_reads_as_zero() =>
        Assert.Equal((0, 0), (new LogLinearHistogram(1_000, 3).Percentile(50), new LogLinearHistogram(1_000, 3).Max));

    [Fact]
    public void Recording_allocates_nothing()
    {
        LogLinearHistogram histogram = new(TenSeconds, 3);
        histogram.Record(1);
        Assert.Equal(0, Garbage(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                histogram.Record(i);
            }
        }));
        object? kept = null;
        Assert.True(Garbage(() => kept = new byte[100]) >= 100, "the meter sees an allocation");
        GC.KeepAlive(kept);
    }

    // The least of five runs: the runtime itself may allocate while it recompiles a method that has become hot; code
    // that allocates does so every time.
    private static long Garbage(Action action) => Enumerable.Range(0, 5).Min(_ =>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    private static IEnumerable<long> Edges()
    {
        for (long small = 0; small < 5_000; small++)
        {
            yield return small;
        }

        for (int bit = 12; bit < 34; bit++)
        {
            yield return (1L << bit) - 1;
            yield return 1L << bit;
            yield return (1L << bit) + 1;
            yield return (1L << bit) * 3 / 2;
        }
    }

    // Most values small, a few a million times larger: what latencies look like.
    private static long[] HeavyTail(int seed, int count)
    {
#pragma warning disable CA5394 // repeatable on purpose
        Random random = new(seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => (long)(200 / Math.Pow(1 - random.NextDouble(), 1.3)) % TenSeconds)];
#pragma warning restore CA5394
    }
}
