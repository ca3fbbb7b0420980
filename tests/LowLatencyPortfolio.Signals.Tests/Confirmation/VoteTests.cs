using System.Globalization;

namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>When votes are cast, how long they stand, and what they are worth.</summary>
public sealed class VoteTests
{
    private const long FiveMinutesNs = 300_000_000_000;
    private const long DayNs = 86_400_000_000_000;

    public static TheoryData<string> Pairs => RealCandles.Pairs;

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Votes_over_real_candles_are_those_of_the_definition(string productId)
    {
        PairSignals signals = new(RealCandles.Product, new ConfirmationSettings());
        List<(long Day, double Close, IndicatorValues Values)> seen = [];
        List<int>[] cast = [[], [], []];
        foreach (MarketCandle candle in RealCandles.Read(productId, 5))
        {
            Candle units = RealCandles.Units(candle);
            signals.OnCandle(in units);
            seen.Add((units.OpenTimeNs / DayNs, (double)candle.Close, signals.Indicators));
            int at = seen.Count - 1;
            if (at > 0)
            {
                Note(cast, at, seen[at - 1], seen[at]);
            }

            EntryVotes expected = new(Age(cast[0], at), Age(cast[1], at), Age(cast[2], at), 3);
            Assert.Equal(expected, signals.Votes);
        }

        Assert.All(cast, votes => Assert.True(votes.Count > 3, "too few votes to prove anything"));
    }

    [Fact]
    public void A_vote_stands_for_the_window_the_candle_that_cast_it_included()
    {
        PairSignals signals = Declined(out int minute);
        Close(signals, ref minute, 200);
        List<int?> ages = [signals.Votes.RsiAge];
        for (int i = 0; i < 4; i++)
        {
            Close(signals, ref minute, 200);
            ages.Add(signals.Votes.RsiAge);
        }

        Assert.Equal([0, 1, 2, null, null], ages);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, null)]
    public void More_absent_candles_than_the_window_end_a_vote(int absent, int? age)
    {
        PairSignals signals = Declined(out int minute);
        Close(signals, ref minute, 200);
        Assert.Equal(0, signals.Votes.RsiAge);
        minute += absent;
        Close(signals, ref minute, 200);
        Assert.Equal(age, signals.Votes.RsiAge);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, null)]
    public void The_candle_after_a_gap_crosses_nothing_that_was_before_it(int absent, int? age)
    {
        PairSignals signals = Declined(out int minute);
        minute += absent;
        Close(signals, ref minute, 200);
        Assert.Equal(age, signals.Votes.RsiAge);
        Assert.True(signals.Indicators.Rsi > 30);
        Close(signals, ref minute, 201);
        Assert.Equal(age + 1, signals.Votes.RsiAge);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(800)]
    public void A_vote_of_friday_does_not_stand_on_monday(int absent)
    {
        ConfirmationSettings settings = new();
        PairSignals friday = new(RealCandles.Product, settings);
        int minute = 0;
        for (int i = 0; i < 60; i++)
        {
            Close(friday, ref minute, 1_000 - (5 * i));
        }

        Close(friday, ref minute, 800);         // the fall ends: RSI rises through its level at the last close
        Assert.Equal(0, friday.Votes.RsiAge);
        long[] state = new long[friday.StateLength];
        friday.Save(state);
        PairSignals monday = new(RealCandles.Product, settings);
        monday.Restore(state);
        minute += absent;
        int most = 0;
        for (int i = 0; i < 2; i++)
        {
            Close(monday, ref minute, 1_000);
            most = Math.Max(most, monday.Votes.Standing);
        }

        Assert.True(absent == 0 ? most >= 2 : most == 0, $"{most} votes");
    }

    [Fact]
    public void Staying_above_the_level_is_no_vote()
    {
        PairSignals signals = new(RealCandles.Product, new ConfirmationSettings());
        int minute = 0;
        for (int i = 0; i < 100; i++)
        {
            Close(signals, ref minute, 1_000 + i);
            Assert.Null(signals.Votes.RsiAge);
        }
    }

    // The doubles of a day's sums are a little above or below the price that never moved.
    [Theory]
    [InlineData("0.1")]
    [InlineData("0.0963")]
    [InlineData("3.3")]
    [InlineData("58.85")]
    [InlineData("1234.57")]
    [InlineData("42345.49")]
    public void A_market_that_stands_still_votes_for_nothing_and_its_first_rise_for_the_vwap(string text)
    {
        decimal price = decimal.Parse(text, CultureInfo.InvariantCulture);
        Random volumes = new(5);
        PairSignals signals = new(RealCandles.Product, new ConfirmationSettings { CandleSeconds = 60 });
        for (int minute = 0; minute < 4_000; minute++)
        {
            bool rises = minute % 1_440 == 1_439;
            decimal close = rises ? price * 1.001m : price;
            Candle candle = RealCandles.Units(new MarketCandle(
                DateTimeOffset.UnixEpoch.AddMinutes(minute), TimeSpan.FromMinutes(1),
                price, close, price, close, volumes.Next(1, 100_000_000) / 1_000_000m));
            signals.OnCandle(in candle);
            Assert.True(rises ? signals.Votes.VwapAge == 0 : signals.Votes.VwapAge != 0, $"minute {minute}");
            if (minute < 1_439)
            {
                Assert.Equal(0, signals.Votes.Standing);
            }
        }
    }

    [Fact]
    public void The_first_candle_of_a_day_crosses_no_vwap()
    {
        PairSignals signals = new(RealCandles.Product, new ConfirmationSettings { CandleSeconds = 300 });
        long time = DayNs - FiveMinutesNs;
        Add(signals, time, high: 110, low: 90, close: 90);
        Add(signals, time + FiveMinutesNs, high: 110, low: 90, close: 110);
        Assert.True(signals.Indicators.SessionVwap < 110);
        Assert.Null(signals.Votes.VwapAge);
        Add(signals, time + (2 * FiveMinutesNs), high: 110, low: 80, close: 80);
        Add(signals, time + (3 * FiveMinutesNs), high: 120, low: 90, close: 120);
        Assert.Equal(0, signals.Votes.VwapAge);
    }

    [Fact]
    public void No_vote_is_cast_before_an_indicator_has_two_values()
    {
        ConfirmationSettings settings = new();
        PairSignals signals = new(RealCandles.Product, settings);
        Assert.Equal(35, settings.WarmUpCandles);
        int minute = 0;
        for (int i = 1; i < settings.WarmUpCandles; i++)
        {
            Close(signals, ref minute, i % 2 == 0 ? 50 : 150);
            Assert.Null(signals.Votes.MacdAge);
            if (i < settings.RsiPeriod + 2)
            {
                Assert.Null(signals.Votes.RsiAge);
            }
        }

        Assert.NotNull(signals.Indicators.MacdHistogram);
    }

    [Fact]
    public void More_votes_count_more_than_fresher_ones_and_fresher_more_than_older()
    {
        List<decimal> falling = [
            new EntryVotes(0, 0, 0, 3).Confidence, new EntryVotes(0, 0, 1, 3).Confidence,
            new EntryVotes(2, 2, 2, 3).Confidence, new EntryVotes(0, null, 0, 3).Confidence,
            new EntryVotes(null, 2, 2, 3).Confidence, new EntryVotes(null, 0, null, 3).Confidence,
            new EntryVotes(2, null, null, 3).Confidence, new EntryVotes(null, null, null, 3).Confidence,
        ];
        Assert.Equal(
            [1m, 0.962962m, 0.777777m, 0.666666m, 0.444444m, 0.333333m, 0.111111m, 0m], falling);
        Assert.Equal([3, 3, 3, 2, 2, 1, 1, 0], new[]
        {
            new EntryVotes(0, 0, 0, 3), new(0, 0, 1, 3), new(2, 2, 2, 3), new(0, null, 0, 3), new(null, 2, 2, 3),
            new(null, 0, null, 3), new(2, null, null, 3), new(null, null, null, 3),
        }.Select(votes => votes.Standing));
    }

    [Fact]
    public void Every_confidence_is_within_0_and_1_for_every_window()
    {
        for (int window = 1; window <= 1_000; window += 37)
        {
            foreach (int? age in (int?[])[null, 0, window - 1])
            {
                Assert.InRange(new EntryVotes(age, age, age, window).Confidence, 0m, 1m);
                Assert.InRange(new EntryVotes(age, null, 0, window).Confidence, 0m, 1m);
            }
        }
    }

    [Fact]
    public void Votes_are_named_for_people()
    {
        Assert.Equal("-", new EntryVotes(null, null, null, 3).ToString());
        Assert.Equal("RSI MACD*", new EntryVotes(2, 0, null, 3).ToString());
        Assert.Equal("VWAP", new EntryVotes(null, null, 1, 3).ToString());
    }

    [Fact]
    public void A_stored_state_goes_on_to_the_last_bit()
    {
        ConfirmationSettings settings = new() { HistoryCandles = 7 };
        PairSignals kept = new(RealCandles.Product, settings);
        PairSignals reborn = new(RealCandles.Product, settings);
        int votes = 0;
        foreach (MarketCandle candle in RealCandles.Read("DOT-USD", 1))
        {
            Candle units = RealCandles.Units(candle);
            kept.OnCandle(in units);
            reborn.OnCandle(in units);
            Assert.Equal(kept.Indicators, reborn.Indicators);
            Assert.Equal(kept.Votes, reborn.Votes);
            Assert.Equal(kept.History[0], reborn.History[0]);
            votes += kept.Votes.Standing;
            if (kept.History.Total % 97 == 0)
            {
                long[] state = new long[reborn.StateLength];
                reborn.Save(state);
                reborn = new PairSignals(RealCandles.Product, settings);
                reborn.Restore(state);
            }
        }

        Assert.True(votes > 100, "too few votes to prove anything");
        long[] other = new long[kept.StateLength + 1];
        Assert.Throws<InvalidDataException>(() => kept.Restore(other));
    }

    private static void Note(
        List<int>[] cast, int at, (long Day, double Close, IndicatorValues Values) before,
        (long Day, double Close, IndicatorValues Values) now)
    {
        if (before.Values.Rsi <= 30 && now.Values.Rsi > 30)
        {
            cast[0].Add(at);
        }

        if (before.Values.MacdHistogram <= 0 && now.Values.MacdHistogram > 0)
        {
            cast[1].Add(at);
        }

        if (before.Day == now.Day && before.Close <= before.Values.SessionVwap && now.Close > now.Values.SessionVwap)
        {
            cast[2].Add(at);
        }
    }

    private static int? Age(List<int> cast, int at) => cast.Count > 0 && at - cast[^1] < 3 ? at - cast[^1] : null;

    private static PairSignals Declined(out int minute)
    {
        PairSignals signals = new(RealCandles.Product, new ConfirmationSettings());
        minute = 0;
        for (int i = 0; i < 20; i++)
        {
            Close(signals, ref minute, 150 - i);
        }

        Assert.Equal(0, signals.Indicators.Rsi);
        return signals;
    }

    private static void Close(PairSignals signals, ref int minute, long close) =>
        Add(signals, minute++ * FiveMinutesNs, close + 1, close - 1, close);

    private static void Add(PairSignals signals, long time, long high, long low, long close)
    {
        Candle candle = new()
        {
            OpenTimeNs = time, Open = close, High = high, Low = low, Close = close, Ticks = 1, Volume = 1_000,
        };
        signals.OnCandle(in candle);
    }
}
