namespace LowLatencyPortfolio.Domain.Tests.Portfolio;

public sealed class PortfolioHeatTests
{
    [Fact]
    public void Heat_is_the_distance_to_every_stop_times_its_quantity()
    {
        PortfolioHeat heat = PortfolioHeat.Of([new(2m, 100m, 95m), new(0.5m, 43_000.01m, 42_000m), new(0m, 7m, null)]);
        Assert.Equal(new PortfolioHeat(510.005m, 0m, 0), heat);
        Assert.Equal(5.10005m, heat.PctOf(10_000m));
    }

    [Fact]
    public void A_position_without_a_stop_is_at_risk_with_all_its_value()
    {
        PortfolioHeat heat = PortfolioHeat.Of([new(2m, 100m, 95m), new(3m, 50m, null)]);
        Assert.Equal(new PortfolioHeat(10m, 150m, 1), heat);
        Assert.Equal(16m, heat.PctOf(1_000m));
    }

    [Theory]
    [InlineData(95)]
    [InlineData(90)]
    public void A_stop_that_is_being_hit_hides_nothing_of_the_others(decimal mark) =>
        Assert.Equal(10m, PortfolioHeat.Of([new(2m, 100m, 95m), new(4m, mark, 95m)]).Amount);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_equity_there_is_no_share(decimal equity) =>
        Assert.Null(PortfolioHeat.Of([new(2m, 100m, 95m)]).PctOf(equity));
}
