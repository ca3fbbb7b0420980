namespace LowLatencyPortfolio.Domain.Tests.Configuration;

public sealed class ConfigurationWarningTests
{
    private static readonly PairConfig Pair = new() { ProductId = "BTC-USD", CorrelationGroup = "majors" };

    [Theory]
    [InlineData(0.017999, true)]
    [InlineData(0.018, false)]
    [InlineData(0.018001, false)]
    public void A_trail_tighter_than_the_fees_of_both_sides_is_warned_of(decimal trail, bool warned)
    {
        IReadOnlyList<string> warnings = Check(Pair with { TrailPct = trail });
        Assert.Equal(warned ? 1 : 0, warnings.Count);
        Assert.All(warnings, warning => Assert.Matches("^pairs[.]BTC-USD[.]trailPct ", warning));
    }

    [Theory]
    [InlineData(200.01, true)]      // 10 × that is above 2 % of 100,000
    [InlineData(200, false)]
    [InlineData(199.99, false)]
    public void A_position_under_ten_minimum_orders_is_warned_of(decimal minNotional, bool warned)
    {
        ProductSpec product = new("BTC-USD", 0.01m, 0.00000001m, 0m, minNotional);
        IReadOnlyList<string> warnings = Check(Pair, product);
        Assert.Equal(warned ? 1 : 0, warnings.Count);
        Assert.All(warnings, warning => Assert.Matches("^pairs[.]BTC-USD[.]positionSizePct ", warning));
    }

    [Fact]
    public void Pairs_without_a_group_are_named_in_one_warning()
    {
        PairConfig[] pairs = [Pair with { CorrelationGroup = null }, Pair with { ProductId = "ETH-USD" },
            Pair with { ProductId = "SOL-USD", CorrelationGroup = null }];
        string warning = Assert.Single(ConfigurationCheck.Check(new PortfolioConfig(), pairs, []).Warnings);
        Assert.Equal("without a correlationGroup, each a group of its own: BTC-USD, SOL-USD", warning);
    }

    private static IReadOnlyList<string> Check(PairConfig pair, params ProductSpec[] products) =>
        ConfigurationCheck.Check(new PortfolioConfig(), [pair], products).Warnings;
}
