namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>What holds for every indicator.</summary>
public sealed class IndicatorRuleTests
{
    private static readonly Dictionary<string, (Func<IIndicator> Make, Func<IIndicator, double?> Value)> Kinds = new()
    {
        ["SMA"] = (() => new SimpleAverage(7), x => ((SimpleAverage)x).Value),
        ["EMA"] = (() => new ExponentialAverage(7), x => ((ExponentialAverage)x).Value),
        ["MACD"] = (() => new MovingAverageConvergence(3, 7, 4), x => ((MovingAverageConvergence)x).Histogram),
        ["RSI"] = (() => new RelativeStrengthIndex(7), x => ((RelativeStrengthIndex)x).Value),
        ["ATR"] = (() => new AverageTrueRange(7), x => ((AverageTrueRange)x).Value),
        ["Upper band"] = (() => new BollingerBands(7, 2.5), x => ((BollingerBands)x).Upper),
        ["Lower band"] = (() => new BollingerBands(7, 2.5), x => ((BollingerBands)x).Lower),
        ["Volatility"] = (() => new RollingVolatility(7), x => ((RollingVolatility)x).Value),
        ["Rolling VWAP"] = (() => new RollingVwap(7), x => ((RollingVwap)x).Value),
        ["Session VWAP"] = (() => new SessionVwap(), x => ((SessionVwap)x).Value),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void There_is_no_value_before_the_warm_up_and_always_one_after(string name)
    {
        (IIndicator indicator, Func<IIndicator, double?> value) = (Kinds[name].Make(), Kinds[name].Value);
        Assert.Null(value(indicator));
        int candles = 0;
        foreach (CandleValues candle in Candles.Walk(seed: 1, count: 100))
        {
            indicator.Add(in candle);
            candles++;
            Assert.Equal(candles >= indicator.WarmUpCandles, value(indicator) is { } number && double.IsFinite(number));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_state_goes_on_to_the_last_bit(string name)
    {
        Func<IIndicator, double?> value = Kinds[name].Value;
        IIndicator kept = Kinds[name].Make();
        IIndicator reborn = Kinds[name].Make();
        int i = 0;
        foreach (CandleValues candle in Candles.Walk(seed: 2, count: 3_000))
        {
            kept.Add(in candle);
            reborn.Add(in candle);
            Assert.Equal(value(kept), value(reborn));
            if (++i % 11 == 0)
            {
                double[] state = new double[reborn.StateLength];
                reborn.Save(state);
                reborn = Kinds[name].Make();
                reborn.Restore(state);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_no_number_is_refused_and_changes_nothing(string name)
    {
        (IIndicator indicator, Func<IIndicator, double?> value) = (Kinds[name].Make(), Kinds[name].Value);
        foreach (CandleValues candle in Candles.Walk(seed: 3, count: 50))
        {
            indicator.Add(in candle);
        }

        double[] before = new double[indicator.StateLength];
        indicator.Save(before);
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity, 0, -1, 1e100])
        {
            Assert.Throws<ArgumentOutOfRangeException>(
                () => indicator.Add(new CandleValues(0, bad, bad, bad, double.NaN)));
        }

        double[] after = new double[indicator.StateLength];
        indicator.Save(after);
        Assert.Equal(before, after);
        Assert.NotNull(value(indicator));
    }

    [Fact]
    public void Rsi_of_a_price_that_never_moved_is_the_middle_and_of_one_way_the_end()
    {
        Assert.Equal(50, RsiOf(_ => 5));
        Assert.Equal(100, RsiOf(i => 5 + i));
        Assert.Equal(0, RsiOf(i => 100 - i));
    }

    [Fact]
    public void Equal_prices_have_no_deviation_at_all_whatever_came_before()
    {
        BollingerBands bands = new(5);
        RollingVolatility volatility = new(5);
        foreach (CandleValues candle in Candles.Walk(4, 1_003).Concat(Enumerable.Repeat(Candles.Of(0.1), 6)))
        {
            bands.Add(in candle);
            volatility.Add(in candle);
        }

        Assert.Equal((0.1, 0.1, 0.1), (bands.Lower, bands.Middle, bands.Upper));
        Assert.Equal(0, volatility.Value);
    }

    [Fact]
    public void A_day_or_a_window_without_volume_has_no_average_price()
    {
        SessionVwap session = new();
        RollingVwap rolling = new(2);
        foreach (double volume in (double[])[0, 0])
        {
            session.Add(Candles.Of(10, volume));
            rolling.Add(Candles.Of(10, volume));
        }

        Assert.Null(session.Value);
        Assert.Null(rolling.Value);
        session.Add(Candles.Of(10, volume: 3));
        Assert.Equal(10, session.Value!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Periods_below_the_least_are_refused(int period)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimpleAverage(period));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialAverage(period));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelativeStrengthIndex(period));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AverageTrueRange(period));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RollingVwap(period));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RollingVolatility(period + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BollingerBands(period + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovingAverageConvergence(12, 12 + period));
    }

    private static double? RsiOf(Func<int, double> close)
    {
        RelativeStrengthIndex rsi = new(14);
        for (int i = 0; i < 40; i++)
        {
            rsi.Add(Candles.Of(close(i)));
        }

        return rsi.Value;
    }
}
