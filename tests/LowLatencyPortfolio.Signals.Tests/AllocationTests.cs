namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>What runs on a pipeline thread makes no garbage.</summary>
public sealed class AllocationTests
{
    private const long Second = 1_000_000_000;
    private object? _kept;

    [Fact]
    public void The_meter_sees_one_small_object() =>
        Assert.True(Least(() => _kept = new object()) > 0 && _kept is not null);

    [Fact]
    public void A_million_ticks_with_their_candles_closes_and_history_allocate_nothing()
    {
        CandleBook book = new(10, 60);
        CandleHistory history = new(50);
        long time = 0;
        int closed = 0;
        long[] state = new long[book.StateLength];
        long bytes = Least(() =>
        {
            for (int i = 0; i < 1_000_000; i++)
            {
                time += Second / 10;
                int pair = i % 10;
                bool isClosed = i % 11 == 0
                    ? book.OnTime(pair, time)
                    : book.OnTick(pair, time, 100 + (i % 7), i, 99, 110);
                if (isClosed)
                {
                    closed++;
                    history.Add(in book.Closed(pair));
                }
            }

            book.Save(state);
        });
        Assert.Equal(0, bytes);
        Assert.True(closed > 10_000, "too few candles to prove anything");
    }

    [Fact]
    public void Candles_through_indicators_and_votes_allocate_nothing()
    {
        PairSignals signals = new(RealCandles.Product, new ConfirmationSettings());
        Candle[] candles = [.. RealCandles.Read("BTC-USD", 5).Select(RealCandles.Units)];
        int votes = 0;
        long bytes = Least(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                foreach (ref readonly Candle candle in candles.AsSpan())
                {
                    signals.OnCandle(in candle);
                    votes += signals.Votes.Standing;
                }
            }
        });
        Assert.Equal(0, bytes);
        Assert.True(votes > 100, "too few votes to prove anything");
    }

    // The least of a few runs: the runtime itself may allocate while it recompiles a method that has become hot; code
    // that allocates does so every time.
    private static long Least(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int run = 0; run < 5 && least != 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
