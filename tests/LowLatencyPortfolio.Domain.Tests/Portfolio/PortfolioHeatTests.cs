namespace LowLatencyPortfolio.Domain.Tests.Portfolio;

public sealed class PortfolioHeatTests
{
    [Fact]
    public void Heat_is_the_distance_to_every_stop_times_its_quantity()
    {
        PortfolioHeat heat = PortfolioHeat.Of(
            [Stopped(2m, 100m, 95m), Stopped(0.5m, 43_000.01m, 42_000m), new(0m, 7m)]);
        Assert.Equal(new PortfolioHeat(510.005m, 0m, 0), heat);
        Assert.Equal(5.10005m, heat.PctOf(10_000m));
    }

    [Fact]
    public void A_position_without_a_stop_is_at_risk_with_all_its_value()
    {
        PortfolioHeat heat = PortfolioHeat.Of([Stopped(2m, 100m, 95m), new(3m, 50m)]);
        Assert.Equal(new PortfolioHeat(10m, 150m, 1), heat);
        Assert.Equal(16m, heat.PctOf(1_000m));
    }

    [Fact]
    public void What_a_stop_leaves_uncovered_is_at_risk_with_all_its_value()
    {
        HeldRisk part = new HeldRisk(3m, 50m).CoveredBy(1m, 48m).CoveredBy(1.5m, 46m);
        Assert.Equal(new PortfolioHeat(2m + (1.5m * 4m), 25m, 1), PortfolioHeat.Of([part]));
    }

    [Fact]
    public void Stops_for_more_than_is_held_cover_what_is_held_the_first_one_first()
    {
        HeldRisk twice = new HeldRisk(3m, 50m).CoveredBy(2m, 48m).CoveredBy(3m, 46m).CoveredBy(3m, 44m);
        Assert.Equal((3m, 0m), (twice.Covered, twice.Uncovered));
        Assert.Equal(new PortfolioHeat(4m + 4m, 0m, 0), PortfolioHeat.Of([twice]));
    }

    [Theory]
    [InlineData(95)]
    [InlineData(90)]
    public void A_stop_that_is_being_hit_hides_nothing_of_the_others(decimal mark) =>
        Assert.Equal(10m, PortfolioHeat.Of([Stopped(2m, 100m, 95m), Stopped(4m, mark, 95m)]).Amount);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_equity_there_is_no_share(decimal equity) =>
        Assert.Null(PortfolioHeat.Of([Stopped(2m, 100m, 95m)]).PctOf(equity));

    private static HeldRisk Stopped(decimal quantity, decimal mark, decimal trigger) =>
        new HeldRisk(quantity, mark).CoveredBy(quantity, trigger);
}
