namespace LowLatencyPortfolio.Signals.Tests;

public sealed class CandleHistoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(23)]
    public void The_newest_candles_are_kept(int added)
    {
        CandleHistory history = Filled(5, added);
        int kept = Math.Min(added, 5);
        Assert.Equal(kept, history.Count);
        Assert.Equal(added, history.Total);
        for (int age = 0; age < kept; age++)
        {
            Assert.Equal(added - 1 - age, history[age].OpenTimeNs);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => history[kept]);
        Assert.Throws<ArgumentOutOfRangeException>(() => history[-1]);
    }

    [Fact]
    public void A_copy_has_the_newest_that_fit_oldest_first()
    {
        CandleHistory history = Filled(5, 23);
        Candle[] three = new Candle[3];
        Assert.Equal(3, history.CopyTo(three));
        Assert.Equal([20L, 21L, 22L], three.Select(candle => candle.OpenTimeNs));
        Candle[] nine = new Candle[9];
        Assert.Equal(5, history.CopyTo(nine));
        Assert.Equal([18L, 19L, 20L, 21L, 22L, 0L, 0L, 0L, 0L], nine.Select(candle => candle.OpenTimeNs));
    }

    [Fact]
    public void A_history_goes_on_from_its_stored_state()
    {
        CandleHistory history = Filled(5, 23);
        long[] state = new long[history.StateLength];
        history.Save(state);
        CandleHistory other = new(5);
        other.Restore(state);
        Assert.Equal(23, other.Total);
        Assert.Equal(history[4], other[4]);
        Assert.Throws<InvalidDataException>(() => new CandleHistory(6).Restore(state));
    }

    [Fact]
    public void A_history_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CandleHistory(0));

    private static CandleHistory Filled(int capacity, int added)
    {
        CandleHistory history = new(capacity);
        for (int i = 0; i < added; i++)
        {
            history.Add(new Candle { OpenTimeNs = i, Ticks = 1 });
        }

        return history;
    }
}
