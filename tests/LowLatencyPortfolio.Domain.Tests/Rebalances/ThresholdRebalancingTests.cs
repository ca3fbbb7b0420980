using LowLatencyPortfolio.Domain.Tests.Portfolio;

namespace LowLatencyPortfolio.Domain.Tests.Rebalances;

public sealed class ThresholdRebalancingTests
{
    private static readonly ProductSpec Product = new("A-USD", 0.01m, 0.01m, minQuantity: 0.1m, minNotional: 5m);
    private static readonly PairConfig Pair = new() { ProductId = "A-USD", PositionSizePct = 2m };
    private static readonly PortfolioConfig Portfolio = new();     // threshold 10 %, limit 5 % of 100,000

    [Theory]
    [InlineData(22.00)]     // drift exactly +10 %
    [InlineData(20.00)]
    [InlineData(18.00)]     // drift exactly −10 %
    public void Within_the_threshold_nothing_is_recommended(decimal quantity) => Assert.Null(Decide(quantity, 100m));

    [Fact]
    public void A_grown_position_is_sold_down_to_its_target()
    {
        RebalanceAction action = Decide(23m, 100m)!.Value;
        Assert.Equal(new RebalanceAction("A-USD", RebalanceKind.Decrease, 3m, 2.3m, 2m, 15m), action);
    }

    [Fact]
    public void A_shrunken_position_is_bought_up_to_its_target()
    {
        RebalanceAction action = Decide(15m, 100m)!.Value;
        Assert.Equal(new RebalanceAction("A-USD", RebalanceKind.Increase, 5m, 1.5m, 2m, -25m), action);
    }

    [Theory]
    [InlineData(23, 99.99, 2.99)]      // gap 299.77 ÷ 99.99 = 2.998
    [InlineData(15, 101, 4.80)]        // gap 485 ÷ 101 = 4.80198
    public void The_quantity_is_rounded_down_to_the_increment(decimal quantity, decimal mark, decimal expected) =>
        Assert.Equal(expected, Decide(quantity, mark)!.Value.Quantity);

    [Theory]
    [InlineData(50.00, null)]
    [InlineData(50.10, 0.10)]
    [InlineData(50.09, null)]          // 0.09 is below the minimum quantity
    [InlineData(60.00, 10.00)]
    public void Above_its_limit_a_position_is_reduced_to_it_whatever_the_drift(decimal quantity, double? expected)
    {
        PairConfig pair = Pair with { PositionSizePct = 5m };
        RebalanceAction? action = Rebalancing.Decide(Product, pair, Portfolio, quantity, 100m, 100_000m);
        Assert.Equal((decimal?)expected, action?.Quantity);
        Assert.Equal(expected is null ? null : RebalanceKind.ReduceToLimit, action?.Kind);
    }

    [Fact]
    public void Reducing_to_the_limit_really_ends_at_or_below_it()
    {
        RebalanceAction action = Decide(60m, 99.99m)!.Value;
        Assert.Equal(RebalanceKind.ReduceToLimit, action.Kind);
        Assert.True((60m - action.Quantity) * 99.99m <= 5_000m);
        Assert.True((60m - action.Quantity + Product.QuantityIncrement) * 99.99m > 5_000m);
    }

    [Fact]
    public void An_increase_never_aims_above_the_limit()
    {
        PairConfig pair = Pair with { PositionSizePct = 5m };
        RebalanceAction action = Rebalancing.Decide(Product, pair, Portfolio, 30m, 100m, equity: 200_000m)!.Value;
        Assert.Equal(RebalanceKind.Increase, action.Kind);
        Assert.Equal(20m, action.Quantity);         // 5 % of equity would be 70 more
    }

    [Theory]
    [InlineData(0.08, null)]           // a gap of 4 is below the minimum notional of 5
    [InlineData(0.1, 5.0)]
    public void Nothing_below_the_minimum_order_is_recommended(double mark, double? expectedNotional)
    {
        ProductSpec product = new("A-USD", 0.01m, 1m, minQuantity: 0m, minNotional: 5m);
        decimal price = (decimal)mark;
        RebalanceAction? action = Rebalancing.Decide(product, Pair, Portfolio, 100m, price, equity: 2_500m * price);
        Assert.Equal((decimal?)expectedNotional, action?.Quantity * price);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Without_equity_or_price_nothing_is_recommended(decimal none)
    {
        Assert.Null(Rebalancing.Decide(Product, Pair, Portfolio, 23m, 100m, equity: none));
        Assert.Null(Rebalancing.Decide(Product, Pair, Portfolio, 23m, mark: none, equity: 100_000m));
    }

    [Fact]
    public void Only_open_positions_that_are_not_being_closed_are_looked_at()
    {
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), "A-USD", "B-USD", "C-USD");
        manager.Buy(0, 30m, 100m);
        manager.Buy(2, 30m, 100m);
        Assert.Equal(["A-USD", "C-USD"], manager.GetRebalanceActions().Select(action => action.ProductId));
        manager.SetExiting(0, true);
        Assert.Equal(["C-USD"], manager.GetRebalanceActions().Select(action => action.ProductId));
        manager.SetExiting(0, false);
        manager.ChangeProduct(2, Portfolios.Product("C-USD", minQuantity: 31m));
        Assert.Equal(["A-USD"], manager.GetRebalanceActions().Select(action => action.ProductId));
    }

    private static RebalanceAction? Decide(decimal quantity, decimal mark) =>
        Rebalancing.Decide(Product, Pair, Portfolio, quantity, mark, equity: 100_000m);
}
