using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>The builder and a slow reference take the same ticks and times.</summary>
public sealed class CandleTwinTests(ITestOutputHelper output)
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_builder_closes_what_the_slow_reference_closes(int seed)
    {
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int interval = random.Next(1, 400);
        CandleBuilder builder = new(interval);
        SlowCandles slow = new(interval * Second);
        long now = random.NextInt64(1_000_000 * Second);
        List<Candle> closed = [];
        for (int i = 0; i < 20_000; i++)
        {
            now += random.NextInt64(random.Next(50) == 0 ? 1_000 * Second : 20 * Second);
            bool fast;
            bool expected;
            if (random.Next(5) == 0)
            {
                (fast, expected) = (builder.OnTime(now), slow.OnTime(now));
            }
            else
            {
                long time = random.Next(10) == 0 ? Math.Max(0, now - (random.Next(300) * Second)) : now;
                long price = random.NextInt64(1, 1_000);
                long low = random.NextInt64(1, price + 1);
                long high = price + random.Next(10);
                long quantity = random.NextInt64(long.MaxValue);
                fast = builder.OnTick(time, price, quantity, low, high);
                expected = slow.OnTick(time, price, quantity, low, high);
            }

            Assert.Equal(expected, fast);
            if (fast)
            {
                closed.Add(builder.Closed);
            }

            if (random.Next(100) == 0)
            {
                builder = Reborn(builder, interval);
            }
        }

        Assert.True(closed.Count > 500, "too few candles to prove anything");
        Assert.True(slow.Late > 10, "too few late ticks to prove anything");
        Assert.Equal(slow.Closed, closed);
        Assert.Equal(slow.Late, builder.LateTicks);
    }

    [Fact]
    public void A_book_goes_on_from_its_stored_state()
    {
        CandleBook book = new(3, 60);
        Feed(book, 0, 500);
        long[] state = new long[book.StateLength];
        book.Save(state);
        CandleBook other = new(3, 60);
        other.Restore(state);
        Assert.Equal(Feed(book, 500, 1_000), Feed(other, 500, 1_000));
        Assert.Equal(book.LateTicks(0), other.LateTicks(0));
        Assert.True(book.LateTicks(0) > 0);
    }

    [Fact]
    public void A_stored_state_of_another_interval_or_of_other_pairs_is_refused()
    {
        CandleBook book = new(2, 60);
        long[] state = new long[book.StateLength];
        book.Save(state);
        InvalidDataException interval = Assert.Throws<InvalidDataException>(() => new CandleBook(2, 61).Restore(state));
        Assert.Contains("60 s", interval.Message, StringComparison.Ordinal);
        InvalidDataException pairs = Assert.Throws<InvalidDataException>(() => new CandleBook(3, 60).Restore(state));
        Assert.Contains("2 pairs", pairs.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_candle_has_no_padding_so_equal_ones_are_stored_alike() =>
        Assert.Equal(Candle.StateLength * sizeof(long), Marshal.SizeOf<Candle>());

    private static List<Candle> Feed(CandleBook book, int from, int to)
    {
        List<Candle> closed = [];
        for (int i = from; i < to; i++)
        {
            int pair = i % 3;
            long time = (i - (i % 50 == 0 ? 40 : 0)) * 7L * Second;
            if (book.OnTick(pair, Math.Max(0, time), 100 + (i % 13), i, 90, 120))
            {
                closed.Add(book.Closed(pair));
            }
        }

        return closed;
    }

    private static CandleBuilder Reborn(CandleBuilder builder, int interval)
    {
        long[] state = new long[builder.StateLength];
        builder.Save(state);
        CandleBuilder other = new(interval);
        other.Restore(state);
        return other;
    }
}
