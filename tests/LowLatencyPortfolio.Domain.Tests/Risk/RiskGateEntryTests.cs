namespace LowLatencyPortfolio.Domain.Tests.Risk;

public sealed class RiskGateEntryTests
{
    public static TheoryData<int> EachBreak() => [.. Enumerable.Range(0, Entries.Breaks.Length)];

    [Fact]
    public void An_entry_that_keeps_every_limit_is_approved() => Assert.Equal(RiskVerdict.Approved, Entries.Review());

    [Theory]
    [MemberData(nameof(EachBreak))]
    public void Each_broken_limit_is_named(int broken) =>
        Assert.Equal(Entries.Breaks[broken].Verdict, Entries.Review(Entries.Breaks[broken].Break));

    [Theory]
    [MemberData(nameof(EachBreak))]
    public void An_earlier_limit_wins_over_every_later_one(int broken)
    {
        for (int later = broken + 1; later < Entries.Breaks.Length; later++)
        {
            RiskVerdict verdict = Entries.Review(Entries.Breaks[later].Break, Entries.Breaks[broken].Break);
            Assert.Equal(Entries.Breaks[broken].Verdict, verdict);
        }
    }

    [Fact]
    public void The_limits_of_an_entry_are_all_verdicts_between_mode_and_order_rate()
    {
        RiskVerdict[] expected = [.. Enum.GetValues<RiskVerdict>()
            .Where(verdict => verdict is >= RiskVerdict.TradingModeForbids and <= RiskVerdict.OrderRateExceeded)];
        Assert.Equal(expected, Entries.Breaks.Select(row => row.Verdict));
    }

    [Fact]
    public void Facts_that_nobody_filled_refuse_an_entry()
    {
        EntryFacts nothing = default;
        Assert.NotEqual(RiskVerdict.Approved, RiskGate.ReviewEntry(in nothing));
        Assert.NotEqual(RiskVerdict.Approved, RiskGate.ReviewAgain(in nothing));
    }

    [Theory]
    [InlineData(TradingMode.Trading, RiskVerdict.Approved)]
    [InlineData(TradingMode.ReduceOnly, RiskVerdict.TradingModeForbids)]
    [InlineData(TradingMode.Halted, RiskVerdict.TradingModeForbids)]
    public void Only_the_trading_mode_allows_entries(TradingMode mode, RiskVerdict expected)
    {
        Assert.Equal(expected, Entries.Review((ref f) => f.Mode = mode));
        Assert.Equal(expected, Entries.ReviewAgain((ref f) => f.Mode = mode));
    }

    [Theory]
    [InlineData(29_999_999_999, RiskVerdict.Approved)]
    [InlineData(30_000_000_000, RiskVerdict.Approved)]
    [InlineData(30_000_000_001, RiskVerdict.PriceStale)]
    public void A_price_may_be_as_old_as_the_limit(long ageNs, RiskVerdict expected)
    {
        Assert.Equal(expected, Entries.Review((ref f) => f.PriceAgeNs = ageNs));
        Assert.Equal(expected, Entries.ReviewAgain((ref f) => f.PriceAgeNs = ageNs));
    }

    [Theory]
    [InlineData(1, RiskVerdict.Approved)]
    [InlineData(2, RiskVerdict.Approved)]                 // this one is the third of three
    [InlineData(3, RiskVerdict.TooManyEntriesPerHour)]
    public void This_entry_counts_among_those_of_the_hour(int before, RiskVerdict expected) =>
        Assert.Equal(expected, Entries.Review((ref f) => f.EntriesInHour = before));

    [Theory]
    [InlineData(101.99, RiskVerdict.Approved)]
    [InlineData(102, RiskVerdict.Approved)]
    [InlineData(102.01, RiskVerdict.LimitOutsideCollar)]
    [InlineData(98.01, RiskVerdict.Approved)]
    [InlineData(98, RiskVerdict.Approved)]
    [InlineData(97.99, RiskVerdict.LimitOutsideCollar)]
    public void The_limit_price_stays_within_the_collar_on_both_sides(decimal limit, RiskVerdict expected)
    {
        Assert.Equal(expected, Entries.Review((ref f) => f.LimitPrice = limit));
        Assert.Equal(expected, Entries.ReviewAgain((ref f) => f.LimitPrice = limit));
    }

    [Fact]
    public void A_market_order_at_the_collars_edge_always_passes_the_collar()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        for (int i = 0; i < 10_000; i++)
        {
            decimal last = random.NextInt64(1, long.MaxValue >> random.Next(0, 60)) / 100_000_000m;
            decimal collar = random.NextInt64(1, 1_000_000_000_000) / 10_000_000_000m;
            RiskVerdict verdict = Entries.Review((ref f) =>
                (f.LastPrice, f.EntryCollarPct, f.LimitPrice) = (last, collar, RiskGate.CollarCeiling(last, collar)));
            Assert.True(verdict == RiskVerdict.Approved, $"{seed}; last {last} collar {collar}");
        }
    }

    [Theory]
    [InlineData(0, 0, RiskVerdict.QuantityBelowMinimum)]
    [InlineData(0.09, 0.1, RiskVerdict.QuantityBelowMinimum)]
    [InlineData(0.1, 0.1, RiskVerdict.Approved)]
    [InlineData(0.11, 0.1, RiskVerdict.Approved)]
    public void Quantity_is_at_least_the_minimum_and_never_zero(
        decimal quantity, decimal least, RiskVerdict expected) =>
        Assert.Equal(expected, Entries.Review((ref f) => (f.Quantity, f.MinQuantity) = (quantity, least)));

    [Theory]
    [InlineData(4.99, RiskVerdict.NotionalBelowMinimum)]
    [InlineData(5, RiskVerdict.Approved)]
    [InlineData(2_000, RiskVerdict.Approved)]
    [InlineData(2_000.01, RiskVerdict.OrderNotionalAboveLimit)]
    public void Notional_stays_between_the_products_minimum_and_the_order_limit(
        decimal notional, RiskVerdict expected) =>
        Assert.Equal(expected, Entries.Review((ref f) => f.Notional = notional));

    [Theory]
    [InlineData(4_999.99, RiskVerdict.Approved)]
    [InlineData(5_000, RiskVerdict.Approved)]
    [InlineData(5_000.01, RiskVerdict.PositionSizeAboveLimit)]
    public void Exposure_of_the_pair_is_limited(decimal exposure, RiskVerdict expected) =>
        Assert.Equal(expected, Entries.Review((ref f) => f.ExposureAfter = exposure));

    [Theory]
    [InlineData(9, true, RiskVerdict.Approved)]
    [InlineData(10, true, RiskVerdict.PositionCountAboveLimit)]
    [InlineData(10, false, RiskVerdict.Approved)]         // an addition opens none
    [InlineData(11, false, RiskVerdict.Approved)]
    public void The_count_of_positions_is_limited_for_new_ones(int before, bool opens, RiskVerdict expected) =>
        Assert.Equal(expected, Entries.Review((ref f) => (f.PositionCount, f.OpensPosition) = (before, opens)));

    [Theory]
    [InlineData(19_999.99, RiskVerdict.Approved)]
    [InlineData(20_000, RiskVerdict.Approved)]
    [InlineData(20_000.01, RiskVerdict.CorrelatedExposureAboveLimit)]
    public void Exposure_of_the_group_is_limited(decimal exposure, RiskVerdict expected) =>
        Assert.Equal(expected, Entries.Review((ref f) => f.GroupExposureAfter = exposure));

    [Theory]
    [InlineData(19_999.99, RiskVerdict.Approved)]
    [InlineData(20_000, RiskVerdict.Approved)]
    [InlineData(20_000.01, RiskVerdict.MeasuredGroupExposureAboveLimit)]
    public void Exposure_of_the_measured_group_is_limited_too(decimal exposure, RiskVerdict expected) =>
        Assert.Equal(expected, Entries.Review((ref f) => f.MeasuredExposureAfter = exposure));

    [Theory]
    [InlineData(29_999.99, RiskVerdict.Approved)]
    [InlineData(30_000, RiskVerdict.Approved)]
    [InlineData(30_000.01, RiskVerdict.TopNConcentrationAboveLimit)]
    public void The_largest_exposures_together_are_limited(decimal exposure, RiskVerdict expected) =>
        Assert.Equal(expected, Entries.Review((ref f) => f.TopNExposureAfter = exposure));

    [Fact]
    public void Limits_that_are_off_refuse_nothing()
    {
        RiskVerdict verdict = Entries.Review((ref f) =>
        {
            (f.MaxOrderNotional, f.MaxTopNConcentrationPct) = (null, null);
            (f.Notional, f.TopNExposureAfter, f.Available) = (90_000m, 99_000m, 100_000m);
        });
        Assert.Equal(RiskVerdict.Approved, verdict);
    }

    [Theory]
    [InlineData(1_012.01, RiskVerdict.Approved)]
    [InlineData(1_012, RiskVerdict.Approved)]
    [InlineData(1_011.99, RiskVerdict.InsufficientCapital)]
    public void Available_capital_covers_notional_and_taker_fee(decimal available, RiskVerdict expected) =>
        Assert.Equal(expected, Entries.Review((ref f) => f.Available = available));
}
