using System.Globalization;

namespace LowLatencyPortfolio.Signals.Tests;

public sealed class CandleBuilderTests
{
    private const long Second = 1_000_000_000;
    private const long Coin = 100_000_000;

    [Fact]
    public void A_candle_has_first_highest_lowest_and_last_price_and_the_sum_of_quantities()
    {
        CandleBuilder builder = new(60);
        Assert.False(builder.OnTick(60 * Second, 10, 1));
        Assert.False(builder.OnTick(61 * Second, 14, 2));
        Assert.False(builder.OnTick(62 * Second, 8, 3));
        Assert.False(builder.OnTick((120 * Second) - 1, 12, 0));
        Assert.True(builder.OnTick(120 * Second, 99, 9));
        Candle expected = new()
        {
            OpenTimeNs = 60 * Second, Open = 10, High = 14, Low = 8, Close = 12, Volume = 6, Ticks = 4,
        };
        Assert.Equal(expected, builder.Closed);
        Assert.Equal(99, builder.Current.Open);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(7, 7)]
    [InlineData(60, 0)]
    [InlineData(86_400, 0)]
    public void Intervals_begin_at_multiples_of_their_length_since_the_epoch(int seconds, long startSecond)
    {
        CandleBuilder builder = new(seconds);
        builder.OnTick((7 * Second) + 123, 5, 1);
        Assert.Equal(startSecond * Second, builder.Current.OpenTimeNs);
    }

    [Fact]
    public void Time_closes_a_candle_without_a_tick_in_the_next_one()
    {
        CandleBuilder builder = new(60);
        builder.OnTick(0, 5, 1);
        Assert.False(builder.OnTime((60 * Second) - 1));
        Assert.True(builder.OnTime(60 * Second));
        Assert.Equal(5, builder.Closed.Close);
        Assert.Equal(0, builder.Current.Ticks);
        Assert.False(builder.OnTime(60 * Second));
        Assert.False(builder.OnTime(1_000 * Second));
    }

    [Fact]
    public void An_interval_without_a_tick_has_no_candle()
    {
        CandleBuilder builder = new(60);
        builder.OnTick(0, 5, 1);
        Assert.True(builder.OnTick(600 * Second, 7, 1));
        Assert.Equal(0, builder.Closed.OpenTimeNs);
        Assert.True(builder.OnTime(660 * Second));
        Assert.Equal(600 * Second, builder.Closed.OpenTimeNs);
    }

    [Fact]
    public void A_late_tick_is_counted_and_changes_nothing()
    {
        CandleBuilder builder = new(60);
        builder.OnTick(120 * Second, 5, 1);
        Candle before = builder.Current;
        Assert.False(builder.OnTick((120 * Second) - 1, 99, 9));
        Assert.Equal(before, builder.Current);
        Assert.Equal(1, builder.LateTicks);
    }

    [Fact]
    public void A_tick_of_an_interval_that_time_has_closed_is_late_though_no_candle_is_open()
    {
        CandleBuilder builder = new(60);
        builder.OnTick(0, 5, 1);
        builder.OnTime(60 * Second);
        Assert.False(builder.OnTick(59 * Second, 99, 9));
        Assert.Equal(1, builder.LateTicks);
        Assert.Equal(0, builder.Current.Ticks);
    }

    [Fact]
    public void An_interval_that_was_broken_off_has_no_candle_and_the_next_one_has()
    {
        CandleBook book = new(pairs: 2, intervalSeconds: 60);
        Assert.False(book.OnTick(0, 70 * Second, 5, 1, 5, 5));
        book.BreakOff();
        Assert.False(book.OnTick(0, 80 * Second, 99, 9, 99, 99));
        Assert.Equal(1, book.LateTicks(0));
        Assert.False(book.OnTick(1, 80 * Second, 3, 1, 3, 3));      // had no candle: nothing was broken off
        Assert.False(book.OnTime(0, 120 * Second));
        Assert.False(book.OnTick(0, 121 * Second, 7, 1, 7, 7));
        Assert.True(book.OnTime(0, 180 * Second));
        Assert.Equal((7L, 120 * Second), (book.Closed(0).Open, book.Closed(0).OpenTimeNs));
        Assert.True(book.OnTime(1, 180 * Second));
        Assert.Equal((3L, 60 * Second), (book.Closed(1).Open, book.Closed(1).OpenTimeNs));
    }

    [Fact]
    public void Ticks_of_one_interval_may_come_in_any_order()
    {
        CandleBuilder builder = new(60);
        builder.OnTick(30 * Second, 5, 1);
        builder.OnTick(10 * Second, 6, 1);
        Assert.Equal(0, builder.LateTicks);
        Assert.Equal(6, builder.Current.Close);
    }

    [Fact]
    public void A_tick_that_stands_for_several_brings_their_low_high_and_quantity()
    {
        CandleBuilder builder = new(60);
        builder.OnTick(0, 10, 4, low: 7, high: 12);
        builder.OnTick(1, 11, 5, low: 9, high: 11);
        Assert.Equal(
            new Candle { Open = 10, High = 12, Low = 7, Close = 11, Volume = 9, Ticks = 2 }, builder.Current);
    }

    [Fact]
    public void A_volume_beyond_64_bits_is_exact()
    {
        CandleBuilder builder = new(60);
        const int Ticks = 1_000;
        for (int i = 0; i < Ticks; i++)
        {
            builder.OnTick(i, 5, long.MaxValue - i);
        }

        Int128 expected = ((Int128)long.MaxValue * Ticks) - (Ticks * (Ticks - 1) / 2);
        Assert.Equal(expected, builder.Current.Volume);
        MarketCandle inDecimals = MarketCandle.Of(builder.Current, RealCandles.Product, builder.IntervalNs);
        Assert.Equal(expected.ToString(CultureInfo.InvariantCulture),
            (inDecimals.Volume * Coin).ToString("0", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void An_interval_below_a_second_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CandleBuilder(0));

    [Fact]
    public void Times_up_to_the_last_year_of_64_bits_work_with_the_longest_interval()
    {
        CandleBuilder builder = new(int.MaxValue);
        Assert.False(builder.OnTick(long.MaxValue - 1, 5, 1));
        Assert.False(builder.OnTick(long.MaxValue, 6, 1));
        Assert.Equal(2, builder.Current.Ticks);
        Assert.Equal(0, builder.Current.OpenTimeNs % builder.IntervalNs);
    }
}
