namespace LowLatencyPortfolio.Domain.Tests.Portfolio;

public sealed class PortfolioLimitsTests
{
    private static readonly PortfolioConfig Loose = new()
    {
        MaxPositionSizePct = 100m, MaxCorrelatedExposurePct = 100m, MaxPositions = 100,
    };

    [Fact]
    public void Exposure_is_what_is_held_at_the_mark_and_what_may_still_be_bought()
    {
        PortfolioManager manager = Portfolios.With(Loose, "A-USD");
        manager.Buy(0, 2m, 100m);
        manager.SetMark(0, 110m);
        manager.SetWorkingBuys(0, 55m, 56m, quantity: 0.5m);

        Assert.Equal(275m, manager.Exposure(0));
        Assert.Equal(56m, manager.Reserved);
        Assert.Equal((55m, 56m, 0.5m), manager.WorkingBuys(0));
    }

    [Fact]
    public void Dust_is_no_position_but_a_working_buy_is()
    {
        PortfolioManager manager = new(Loose);
        manager.RegisterPair(new PairConfig { ProductId = "A-USD" }, Portfolios.Product("A-USD", 0.5m, 10m));
        Assert.False(manager.HasExposure(0));
        manager.Buy(0, 0.4m, 100m);
        Assert.False(manager.HasExposure(0));       // below the minimum quantity
        manager.Buy(0, 0.1m, 100m);
        Assert.True(manager.HasExposure(0));        // at it
        manager.SetMark(0, 19.99m);
        Assert.False(manager.HasExposure(0));       // 9.995 is below the minimum notional
        manager.SetMark(0, 20m);
        Assert.True(manager.HasExposure(0));
        manager.SetMark(0, 1m);
        manager.SetWorkingBuys(0, 5m, 5m, quantity: 5m);
        Assert.True(manager.HasExposure(0));
        Assert.Equal(1, manager.PositionCount);
        Assert.Equal(0, manager.GetPortfolioMetrics().ActivePositions);
        Assert.Equal(5.5m, manager.Exposure(0));    // dust stays in the exposure
    }

    [Fact]
    public void A_pair_without_a_group_is_a_group_of_its_own()
    {
        PortfolioManager manager = Portfolios.With(Loose, "A-USD", "B-USD", "C-USD", "D-USD");
        for (int i = 0; i < 4; i++)
        {
            manager.Buy(i, 1m, 10m * (i + 1));
        }

        manager.SetGroup(0, "majors");
        manager.SetGroup(2, "majors");
        Assert.Equal([40m, 20m, 40m, 40m], Enumerable.Range(0, 4).Select(manager.GroupExposure));
        manager.SetGroup(2, null);
        manager.SetGroup(3, "majors");
        Assert.Equal([50m, 20m, 30m, 50m], Enumerable.Range(0, 4).Select(manager.GroupExposure));
    }

    [Fact]
    public void Groups_come_from_the_configuration()
    {
        PortfolioManager manager = new(Loose);
        foreach (string id in new[] { "A-USD", "B-USD" })
        {
            manager.RegisterPair(new PairConfig { ProductId = id, CorrelationGroup = "l1" }, Portfolios.Product(id));
        }

        manager.SetWorkingBuys(0, 30m, 31m, quantity: 3m);
        Assert.Equal(30m, manager.GroupExposure(1));
    }

    [Theory]
    [InlineData(1, -1, 0, 50)]
    [InlineData(2, -1, 0, 90)]
    [InlineData(3, -1, 0, 120)]
    [InlineData(9, -1, 0, 150)]
    [InlineData(2, 0, 45, 105)]      // the extra lifts pair 0 (10) over the second
    [InlineData(2, 0, 5, 90)]
    [InlineData(1, 4, 1, 51)]
    public void The_largest_exposures_are_summed_with_the_order_added(int n, int pair, decimal extra, decimal expected)
    {
        PortfolioManager manager = Portfolios.With(Loose, "A-USD", "B-USD", "C-USD", "D-USD", "E-USD");
        decimal[] exposures = [10m, 40m, 20m, 30m, 50m];
        for (int i = 0; i < exposures.Length; i++)
        {
            manager.SetWorkingBuys(i, exposures[i], exposures[i], quantity: 1m);
        }

        Assert.Equal(expected, manager.TopExposure(n, pair, extra));
    }

    [Theory]
    [InlineData(4_999.99, RiskVerdict.Approved)]
    [InlineData(5_000, RiskVerdict.Approved)]
    [InlineData(5_000.01, RiskVerdict.PositionSizeAboveLimit)]
    public void Position_size_is_limited(decimal notional, RiskVerdict expected) =>
        Assert.Equal(expected, Portfolios.With(new PortfolioConfig(), "A-USD").CheckRiskLimits("A-USD", notional));

    [Theory]
    [InlineData(3, RiskVerdict.Approved)]
    [InlineData(2, RiskVerdict.PositionCountAboveLimit)]
    public void A_new_position_counts_and_an_addition_does_not(int most, RiskVerdict expectedForNew)
    {
        PortfolioManager manager = Portfolios.With(Loose with { MaxPositions = most }, "A-USD", "B-USD", "C-USD");
        manager.Buy(0, 1m, 10m);
        manager.SetWorkingBuys(1, 10m, 10m, quantity: 1m);

        Assert.Equal(expectedForNew, manager.CheckRiskLimits("C-USD", 10m));
        Assert.Equal(RiskVerdict.Approved, manager.CheckRiskLimits("A-USD", 10m));
        Assert.Equal(RiskVerdict.Approved, manager.CheckRiskLimits("B-USD", 10m));
    }

    [Theory]
    [InlineData(500, RiskVerdict.Approved)]
    [InlineData(500.01, RiskVerdict.CorrelatedExposureAboveLimit)]
    public void Group_exposure_is_limited(decimal notional, RiskVerdict expected)
    {
        PortfolioManager manager = Portfolios.With(Loose with { MaxCorrelatedExposurePct = 2m }, "A-USD", "B-USD");
        manager.SetGroup(0, "g");
        manager.SetGroup(1, "g");
        manager.Buy(0, 1m, 1_500m);
        Assert.Equal(expected, manager.CheckRiskLimits("B-USD", notional));
    }

    [Theory]
    [InlineData(1_000, RiskVerdict.Approved)]
    [InlineData(1_000.01, RiskVerdict.TopNConcentrationAboveLimit)]
    public void Top_n_concentration_is_limited(decimal notional, RiskVerdict expected)
    {
        PortfolioConfig config = Loose with { MaxTopNConcentrationPct = 3m, TopNConcentration = 2 };
        PortfolioManager manager = Portfolios.With(config, "A-USD", "B-USD", "C-USD");
        manager.Buy(0, 1m, 2_000m);
        manager.Buy(1, 1m, 900m);
        Assert.Equal(expected, manager.CheckRiskLimits("C-USD", notional));
    }

    [Theory]
    [InlineData(1_000, RiskVerdict.Approved)]               // 1,000 · 1.012 is exactly what is left
    [InlineData(1_000.01, RiskVerdict.InsufficientCapital)]
    public void Notional_and_taker_fee_must_be_covered(decimal notional, RiskVerdict expected)
    {
        PortfolioManager manager = Portfolios.With(Loose, "A-USD", "B-USD");
        manager.SetWorkingBuys(1, 0m, 98_988m, quantity: 0m);
        Assert.Equal(expected, manager.CheckRiskLimits("A-USD", notional));
    }

    [Fact]
    public void Nothing_is_violated_at_the_limits()
    {
        PortfolioConfig config = new()
        {
            MaxPositions = 2, MaxCorrelatedExposurePct = 10m, MaxTopNConcentrationPct = 10m,
        };
        PortfolioManager manager = Portfolios.With(config, "A-USD", "B-USD");
        manager.SetGroup(0, "g");
        manager.SetGroup(1, "g");
        manager.Buy(0, 1m, 5_000m);
        manager.Buy(1, 1m, 5_000m);
        manager.ExternalAvailable = 0m;
        Assert.Empty(manager.CheckRiskLimitViolations());
    }

    [Fact]
    public void Prices_alone_can_break_limits_and_each_is_named_with_its_value()
    {
        PortfolioConfig config = new()
        {
            MaxPositions = 2, MaxCorrelatedExposurePct = 10m, MaxTopNConcentrationPct = 12m, TopNConcentration = 2,
        };
        PortfolioManager manager = Portfolios.With(config, "A-USD", "B-USD", "C-USD");
        manager.SetGroup(0, "g");
        manager.SetGroup(1, "g");
        manager.Buy(0, 1m, 5_000m);
        manager.Buy(1, 1m, 5_000m);
        manager.Buy(2, 1m, 100m);
        manager.SetMark(0, 8_000m);
        manager.ExternalAvailable = -1m;

        Assert.Equal(
            [
                new(RiskVerdict.PositionSizeAboveLimit, "A-USD", 8_000m, 5_000m),
                new(RiskVerdict.PositionCountAboveLimit, "portfolio", 3m, 2m),
                new(RiskVerdict.CorrelatedExposureAboveLimit, "g", 13_000m, 10_000m),
                new(RiskVerdict.TopNConcentrationAboveLimit, "portfolio", 13_000m, 12_000m),
                new(RiskVerdict.InsufficientCapital, "portfolio", -1m, 0m),
            ],
            manager.CheckRiskLimitViolations());
        Assert.Equal(
            "PositionSizeAboveLimit: A-USD stands at 8000, allowed 5000",
            manager.CheckRiskLimitViolations()[0].ToString());
    }

    [Fact]
    public void Every_limit_tells_its_use_and_headroom_and_only_what_is_above_it_is_a_violation()
    {
        PortfolioConfig config = new() { MaxPositions = 2, MaxCorrelatedExposurePct = 10m };
        PortfolioManager manager = Portfolios.With(config, "A-USD", "B-USD", "C-USD");
        manager.SetGroup(0, "g");
        manager.SetGroup(1, "g");
        manager.Buy(0, 1m, 4_000m);
        manager.SetWorkingBuys(1, exposure: 7_000m, reserved: 7_084m, quantity: 7m);

        IReadOnlyList<RiskLimitUse> uses = manager.GetRiskLimitUses();
        Assert.Equal(
            [
                new(RiskVerdict.PositionSizeAboveLimit, "A-USD", 4_000m, 5_000m),
                new(RiskVerdict.PositionSizeAboveLimit, "B-USD", 7_000m, 5_000m),
                new(RiskVerdict.PositionSizeAboveLimit, "C-USD", 0m, 5_000m),
                new(RiskVerdict.PositionCountAboveLimit, "portfolio", 2m, 2m),
                new(RiskVerdict.CorrelatedExposureAboveLimit, "g", 11_000m, 10_000m),
                new(RiskVerdict.CorrelatedExposureAboveLimit, "C-USD", 0m, 10_000m),
            ],
            uses);
        Assert.Equal([1_000m, -2_000m, 5_000m, 0m, -1_000m, 10_000m], uses.Select(use => use.Headroom));
        Assert.Equal([80m, 140m, 0m, 100m, 110m, 0m], uses.Select(use => use.UsedPct));
        Assert.Equal(
            uses.Where(use => use.IsExceeded).Select(use => (use.Limit, use.Subject)),
            manager.CheckRiskLimitViolations().Select(violation => (violation.Limit, violation.Subject)));
    }

    [Theory]
    [InlineData(500, RiskVerdict.Approved)]
    [InlineData(500.01, RiskVerdict.MeasuredGroupExposureAboveLimit)]
    public void Exposure_of_a_measured_group_is_limited_with_what_may_still_be_bought(
        decimal notional, RiskVerdict expected)
    {
        PortfolioManager manager =
            Portfolios.With(Loose with { MaxCorrelatedExposurePct = 2m }, "A-USD", "B-USD", "C-USD");
        manager.Buy(0, 1m, 1_000m);
        manager.SetWorkingBuys(2, exposure: 500m, reserved: 506m, quantity: 5m);
        Assert.Equal(RiskVerdict.Approved, manager.CheckRiskLimits("B-USD", notional));

        manager.SetMeasuredGroup(1, 0);
        manager.SetMeasuredGroup(2, 0);
        Assert.Equal(1_500m, manager.MeasuredExposure(1));
        Assert.Equal(expected, manager.CheckRiskLimits("B-USD", notional));

        manager.SetMeasuredGroup(1, 1);
        Assert.Equal(RiskVerdict.Approved, manager.CheckRiskLimits("B-USD", notional));
    }

    [Fact]
    public void Use_of_a_measured_group_is_told_beside_that_of_configured_ones()
    {
        PortfolioConfig config = new() { MaxPositions = 3, MaxCorrelatedExposurePct = 5m, MaxPositionSizePct = 5m };
        PortfolioManager manager = Portfolios.With(config, "A-USD", "B-USD", "C-USD");
        manager.Buy(0, 1m, 4_000m);
        manager.Buy(2, 1m, 3_000m);
        manager.SetMeasuredGroup(2, 0);
        manager.ExternalAvailable = -1m;

        Assert.Equal(
            [new(RiskVerdict.MeasuredGroupExposureAboveLimit, "A-USD", 7_000m, 5_000m)],
            manager.GetRiskLimitUses().Where(use => use.Limit == RiskVerdict.MeasuredGroupExposureAboveLimit));
        Assert.Equal(
            [RiskVerdict.InsufficientCapital, RiskVerdict.MeasuredGroupExposureAboveLimit],
            manager.CheckRiskLimitViolations().Select(violation => violation.Limit));
    }

    [Fact]
    public void A_measured_group_is_named_after_a_pair_there_is()
    {
        PortfolioManager manager = Portfolios.With(Loose, "A-USD", "B-USD");
        Assert.Equal([0, 1], [manager.MeasuredGroup(0), manager.MeasuredGroup(1)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => manager.SetMeasuredGroup(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => manager.SetMeasuredGroup(0, -1));
    }
}
