using LowLatencyPortfolio.Domain.Tests.Portfolio;

namespace LowLatencyPortfolio.Domain.Tests.Rebalances;

public sealed class StrategicRebalancingTests
{
    private const long Hour = 3_600_000_000_000;
    private static readonly decimal[] Alike = [0.8m, 0.8m, 0.8m];
    private static readonly decimal[] Unlike = [0.4m, 0.8m, 1.6m];

    private static readonly RebalanceStrategy Free = new() { SlippageBps = 0m };

    [Fact]
    public void The_default_strategy_is_the_plain_threshold()
    {
        PortfolioManager manager = Held(30m, 20m, 15m);
        Assert.Equal(manager.GetRebalanceActions(), manager.GetRebalanceActions(new RebalanceStrategy(), default));
        Assert.Equal(
            [RebalanceKind.Decrease, RebalanceKind.Increase],
            manager.GetRebalanceActions().Select(action => action.Kind));
        Assert.Single(manager.GetRebalanceActions(new RebalanceStrategy { ThresholdPct = 30m }, default));
    }

    [Fact]
    public void A_calendar_trades_once_a_period_back_to_the_configured_sizes()
    {
        PortfolioManager manager = Held(21m, 20m, 19m);
        RebalanceStrategy daily = Free with { Method = RebalanceMethod.Calendar };
        RebalanceInputs due = new() { Volatilities = Alike, LastNs = 23 * Hour, NowNs = 24 * Hour };
        Assert.Equal([1m, 1m], manager.GetRebalanceActions(daily, due).Select(action => action.Quantity));
        RebalanceInputs notDue = new() { Volatilities = Alike, LastNs = 24 * Hour, NowNs = 47 * Hour };
        Assert.Empty(manager.GetRebalanceActions(daily, notDue));
    }

    [Fact]
    public void Equal_weight_shares_what_the_open_positions_weigh_together_by_configuration()
    {
        PortfolioManager manager = Held(30m, 15m, 0m);        // two open, 2 % each
        RebalanceStrategy equal = Free with { Method = RebalanceMethod.EqualWeight };
        IReadOnlyList<RebalanceAction> actions = Ask(manager, equal, Alike);
        Assert.Equal(
            [
                new RebalanceAction("A-USD", RebalanceKind.Decrease, 10m, 3m, 2m, 50m),
                new RebalanceAction("B-USD", RebalanceKind.Increase, 5m, 1.5m, 2m, -25m),
            ],
            actions);
    }

    [Fact]
    public void Equal_weight_can_be_given_a_total()
    {
        PortfolioManager manager = Held(30m, 15m, 15m);
        RebalanceStrategy equal = Free with { Method = RebalanceMethod.EqualWeight, TotalWeightPct = 9m };
        IReadOnlyList<RebalanceAction> actions = Ask(manager, equal, Alike);
        Assert.Equal([("B-USD", 15m), ("C-USD", 15m)], actions.Select(action => (action.ProductId, action.Quantity)));
    }

    [Fact]
    public void Inverse_volatility_gives_the_calm_pair_more()
    {
        PortfolioManager manager = Held(20m, 20m, 20m);
        RebalanceStrategy inverse = Free with { Method = RebalanceMethod.InverseVolatility, TotalWeightPct = 7m };
        IReadOnlyList<RebalanceAction> actions = Ask(manager, inverse, Unlike);
        Assert.Equal(["A-USD", "C-USD"], actions.Select(action => action.ProductId));
        Assert.Equal([4m, 1m], actions.Select(action => decimal.Round(action.TargetPct, 7)));
        Assert.Equal([20m, 10m], actions.Select(action => decimal.Round(action.Quantity, 4)));
    }

    [Fact]
    public void Risk_parity_follows_the_shares_that_were_measured()
    {
        PortfolioManager manager = Held(20m, 20m, 20m);
        RebalanceStrategy parity = Free with { Method = RebalanceMethod.RiskParity };
        IReadOnlyList<RebalanceAction> actions = Ask(manager, parity, Alike, [0.3m, 0.3m, 0.4m]);
        Assert.Equal(
            [RebalanceKind.Decrease, RebalanceKind.Decrease, RebalanceKind.Increase],
            actions.Select(action => action.Kind));
        Assert.Equal([1.8m, 1.8m, 2.4m], actions.Select(action => action.TargetPct));
    }

    [Fact]
    public void A_drift_within_the_band_is_left_alone_and_a_trade_ends_at_its_edge()
    {
        PortfolioManager manager = Held(30m, 25m, 20m);                       // taker fee 0.012: band 0.625 %
        RebalanceStrategy equal = Free with { Method = RebalanceMethod.EqualWeight };
        RebalanceStrategy costly = equal with { TotalWeightPct = 6m };
        PortfolioManager charged = HeldAtFee(0.012m, [30m, 25m, 20m]);
        RebalanceInputs inputs = new() { Volatilities = Alike };
        Assert.Equal([10m, 5m], manager.GetRebalanceActions(equal, inputs).Select(action => action.Quantity));
        RebalanceAction only = Assert.Single(charged.GetRebalanceActions(costly, inputs));
        Assert.Equal(("A-USD", 3.75m), (only.ProductId, decimal.Round(only.Quantity, 4)));      // 3 % to 2.625 %
    }

    [Fact]
    public void Where_orders_follow_the_threshold_is_held_to_the_band_too()
    {
        PortfolioManager charged = HeldAtFee(0.012m, [30m, 15m, 60m]);      // band 0.625 %, threshold 10 %
        (string, RebalanceKind, decimal)[] AskFor(bool orders, decimal[] volatilities) =>
        [.. charged.GetRebalanceActions(
                Free, new RebalanceInputs { Volatilities = volatilities, ForOrders = orders })
            .Select(action => (action.ProductId, action.Kind, decimal.Round(action.Quantity, 2)))];
        (string, RebalanceKind, decimal) limit = ("C-USD", RebalanceKind.ReduceToLimit, 10m);

        Assert.Equal(charged.GetRebalanceActions().Count, AskFor(orders: false, []).Length);
        Assert.Equal(
            [RebalanceKind.Decrease, RebalanceKind.Increase, RebalanceKind.ReduceToLimit],
            AskFor(orders: false, Alike).Select(action => action.Item2));
        (string, RebalanceKind, decimal)[] ordered = AskFor(orders: true, Alike);
        Assert.Equal(2, ordered.Length);                                    // 0.5 % too little is not worth its fee
        Assert.InRange(ordered[0].Item3, 3.6m, 3.9m);                       // 1 % too much is sold to the band's edge
        Assert.Equal(limit, ordered[1]);
        Assert.Equal([limit], AskFor(orders: true, []));
    }

    [Fact]
    public void A_pair_without_a_volatility_is_left_alone_and_keeps_its_share()
    {
        PortfolioManager manager = Held(30m, 20m, 30m);
        RebalanceStrategy inverse = Free with { Method = RebalanceMethod.InverseVolatility };
        RebalanceAction[] actions =
            [.. manager.GetRebalanceActions(inverse, new RebalanceInputs { Volatilities = [0.8m, 0.8m] })];
        Assert.Equal(("A-USD", 2m), (Assert.Single(actions).ProductId, actions[0].TargetPct));
        foreach (RebalanceMethod method in Enum.GetValues<RebalanceMethod>().Except([RebalanceMethod.Threshold]))
        {
            Assert.Empty(manager.GetRebalanceActions(Free with { Method = method }, default));
        }
    }

    [Fact]
    public void Risk_parity_without_a_share_of_every_open_position_recommends_nothing()
    {
        PortfolioManager manager = Held(30m, 20m, 10m);
        RebalanceStrategy parity = Free with { Method = RebalanceMethod.RiskParity };
        Assert.Empty(manager.GetRebalanceActions(parity, new RebalanceInputs { Volatilities = Alike }));
        Assert.Empty(Ask(manager, parity, Alike, [1m, 0m, 1m]));
        Assert.Equal(2, Ask(manager, parity, Alike, [1m, 1m, 1m]).Count);
    }

    [Theory]
    [InlineData(RebalanceMethod.Threshold)]
    [InlineData(RebalanceMethod.Calendar)]
    [InlineData(RebalanceMethod.EqualWeight)]
    [InlineData(RebalanceMethod.InverseVolatility)]
    [InlineData(RebalanceMethod.RiskParity)]
    public void Above_its_maximum_a_position_is_reduced_whatever_the_method_and_what_is_known(RebalanceMethod method)
    {
        PortfolioManager manager = Held(60m, 20m, 20m);       // limit 5 % of 100,000
        RebalanceInputs notDue = new() { LastNs = 24 * Hour, NowNs = 25 * Hour };
        RebalanceAction action = Assert.Single(manager.GetRebalanceActions(Free with { Method = method }, notDue));
        Assert.Equal(("A-USD", RebalanceKind.ReduceToLimit, 10m), (action.ProductId, action.Kind, action.Quantity));
    }

    [Fact]
    public void An_increase_never_aims_above_the_limit()
    {
        PortfolioManager manager = Held(40m, 0m, 0m);
        RebalanceStrategy equal = Free with { Method = RebalanceMethod.EqualWeight, TotalWeightPct = 50m };
        RebalanceAction action = Assert.Single(Ask(manager, equal, Alike));
        Assert.Equal((RebalanceKind.Increase, 10m), (action.Kind, action.Quantity));
    }

    [Theory]
    [InlineData(15, 0, RebalanceKind.Increase, 5)]
    [InlineData(15, 2, RebalanceKind.Increase, 3)]
    [InlineData(15, 3, null, 0)]                    // 18 is within the threshold of 10 %
    [InlineData(15, 5, null, 0)]
    [InlineData(15, 50, null, 0)]                   // too much is on its way, but it is not held yet
    [InlineData(30, 5, RebalanceKind.Decrease, 10)]
    [InlineData(60, 5, RebalanceKind.ReduceToLimit, 10)]
    public void What_is_being_bought_counts_as_held_for_an_increase_alone(
        int held, int buying, RebalanceKind? kind, int quantity)
    {
        RebalancePosition position = new(Portfolios.Product("A-USD", minQuantity: 0.0001m), 2m, held, 100m)
        {
            Buying = buying,
        };
        IReadOnlyList<RebalanceAction> actions = PortfolioRebalancer.Recommend(
            new RebalanceStrategy(), new PortfolioConfig(), 0m, 100_000m, [position], default);
        Assert.Equal(
            kind is null ? [] : [(kind.Value, (decimal)quantity)],
            actions.Select(action => (action.Kind, action.Quantity)));
    }

    [Fact]
    public void The_manager_counts_what_is_being_bought()
    {
        PortfolioManager manager = Held(15m, 0m, 0m);
        Assert.Equal(5m, Assert.Single(manager.GetRebalanceActions()).Quantity);
        manager.SetWorkingBuys(0, exposure: 200m, reserved: 202m, quantity: 2m);
        Assert.Equal(3m, Assert.Single(manager.GetRebalanceActions()).Quantity);
        manager.SetWorkingBuys(0, exposure: 500m, reserved: 505m, quantity: 5m);
        Assert.Empty(manager.GetRebalanceActions());
    }

    [Fact]
    public void Closing_positions_and_orders_below_the_minimum_are_left_out()
    {
        PortfolioManager manager = Held(30m, 15m, 15m);
        RebalanceStrategy equal = Free with { Method = RebalanceMethod.EqualWeight, TotalWeightPct = 6m };
        manager.SetExiting(1, true);
        manager.ChangeProduct(2, new ProductSpec("C-USD", 0.01m, 1m, minNotional: 1_501m));      // 15 · 100 is below it
        RebalanceInputs inputs = new() { Volatilities = Alike };
        RebalanceAction action = Assert.Single(manager.GetRebalanceActions(equal, inputs));
        Assert.Equal(("A-USD", 6m), (action.ProductId, action.TargetPct));      // it alone is open now
        manager.ChangeProduct(2, new ProductSpec("C-USD", 0.01m, 4m));
        IReadOnlyList<RebalanceAction> both = manager.GetRebalanceActions(equal, inputs);
        Assert.Equal(["C-USD"], both.Select(found => found.ProductId));          // A is at its 3 % again
        Assert.Equal(12m, both[0].Quantity);                                     // 15 on an increment of 4
    }

    private static IReadOnlyList<RebalanceAction> Ask(
        PortfolioManager manager, RebalanceStrategy strategy, decimal[] volatilities, decimal[]? shares = null) =>
        manager.GetRebalanceActions(
            strategy, new RebalanceInputs { Volatilities = volatilities, RiskShares = shares });

    private static PortfolioManager Held(params decimal[] quantities) => HeldAtFee(0m, quantities);

    private static PortfolioManager HeldAtFee(decimal takerFee, decimal[] quantities)
    {
        PortfolioManager manager = new(new PortfolioConfig(), takerFee);
        string[] names = ["A-USD", "B-USD", "C-USD"];
        for (int i = 0; i < names.Length; i++)
        {
            ProductSpec product = Portfolios.Product(names[i], minQuantity: 0.0001m);
            manager.RegisterPair(new PairConfig { ProductId = names[i] }, product);
            if (quantities[i] > 0m)
            {
                manager.Buy(i, quantities[i], 100m);
            }
        }

        return manager;
    }
}
