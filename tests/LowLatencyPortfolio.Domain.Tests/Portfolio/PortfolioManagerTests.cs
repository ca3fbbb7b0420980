namespace LowLatencyPortfolio.Domain.Tests.Portfolio;

public sealed class PortfolioManagerTests
{
    [Fact]
    public void Pairs_are_numbered_in_the_order_of_registration()
    {
        PortfolioManager manager = new(new PortfolioConfig());
        for (int i = 0; i < 40; i++)
        {
            string id = $"C{i}-USD";
            Assert.Equal(i, manager.RegisterPair(new PairConfig { ProductId = id }, Portfolios.Product(id)));
            Assert.Equal(i, manager.IndexOf(id));
        }

        Assert.Equal(40, manager.PairCount);
    }

    [Fact]
    public void A_product_can_be_registered_once_and_only_with_its_own_configuration()
    {
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), "BTC-USD");

        Assert.Throws<ArgumentException>(
            () => manager.RegisterPair(new PairConfig { ProductId = "BTC-USD" }, Portfolios.Product("BTC-USD")));
        Assert.Throws<ArgumentException>(
            () => manager.RegisterPair(new PairConfig { ProductId = "ETH-USD" }, Portfolios.Product("SOL-USD")));
        Assert.Throws<ArgumentException>(() => manager.IndexOf("ETH-USD"));
        Assert.Throws<ArgumentOutOfRangeException>(() => manager.Mark(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => manager.Mark(-1));
        Assert.Equal(1, manager.PairCount);
    }

    [Fact]
    public void Metrics_of_an_untouched_portfolio_are_its_capital_and_zeros()
    {
        PortfolioMetrics metrics = Portfolios.With(new PortfolioConfig(), "BTC-USD").GetPortfolioMetrics();

        Assert.Equal(100_000m, metrics.TotalCapital);
        Assert.Equal(100_000m, metrics.AvailableCapital);
        Assert.Equal(100_000m, metrics.Equity);
        Assert.Null(metrics.WinRatePct);
        Assert.Equal(
            (0m, 0m, 0, 0L, 0m, 0m, 0m, 0m, 0m, 0m, 0m),
            (metrics.DeployedCapital, metrics.ReservedCapital, metrics.ActivePositions, metrics.ClosedPositions,
                metrics.TotalPnl, metrics.UnrealizedPnl, metrics.RealizedPnl, metrics.TotalReturnPct,
                metrics.ConcentrationPct, metrics.MaxDrawdownPct, metrics.Fees));
    }

    [Fact]
    public void Metrics_follow_fills_marks_and_reservations()
    {
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), "BTC-USD", "ETH-USD", "SOL-USD");
        manager.AddPosition("BTC-USD", 0.1m, 40_000m, fee: 24m, timeNs: 1);
        manager.AddPosition("ETH-USD", 1m, 2_000m, fee: 12m, timeNs: 2);
        manager.AddPosition("SOL-USD", 10m, 60m, fee: 3.6m, timeNs: 3);
        manager.UpdatePosition("BTC-USD", 42_000m);
        manager.UpdatePosition("ETH-USD", 1_900m);
        Assert.Equal(610m - 600m - 3.6m - 3.66m, manager.ClosePosition("SOL-USD", 61m, fee: 3.66m, timeNs: 4));
        manager.SetWorkingBuys(2, 500m, 506m, quantity: 8m);

        PortfolioMetrics metrics = manager.GetPortfolioMetrics();
        Assert.Equal(6_000m, metrics.DeployedCapital);
        Assert.Equal(506m, metrics.ReservedCapital);
        Assert.Equal(43.26m, metrics.Fees);
        Assert.Equal(-24m - 12m + 2.74m, metrics.RealizedPnl);
        Assert.Equal(200m - 100m, metrics.UnrealizedPnl);
        Assert.Equal(66.74m, metrics.TotalPnl);
        Assert.Equal(0.06674m, metrics.TotalReturnPct);
        Assert.Equal(100_066.74m, metrics.Equity);
        Assert.Equal(100_000m - 33.26m - 6_000m - 506m, metrics.AvailableCapital);
        Assert.Equal(2, metrics.ActivePositions);
        Assert.Equal(1, metrics.ClosedPositions);
        Assert.Equal(100m, metrics.WinRatePct);
        Assert.Equal(6.1m, metrics.ConcentrationPct);
    }

    [Fact]
    public void Closing_nothing_does_nothing()
    {
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), "BTC-USD");
        Assert.Equal(0m, manager.ClosePosition("BTC-USD", 40_000m, fee: 5m, timeNs: 1));
        Assert.Equal(0m, manager.Fees);
        Assert.Null(manager.GetPortfolioMetrics().WinRatePct);
    }

    [Fact]
    public void The_position_size_is_the_configured_share_of_the_capital()
    {
        PortfolioManager manager = new(new PortfolioConfig { TotalCapital = 50_000m });
        PairConfig pair = new() { ProductId = "A-USD", PositionSizePct = 2.5m };
        manager.RegisterPair(pair, Portfolios.Product("A-USD"));
        Assert.Equal(1_250m, manager.GetPositionSize("A-USD"));
    }

    [Fact]
    public void Only_the_largest_market_values_count_as_concentration()
    {
        PortfolioConfig config = new() { TopNConcentration = 2 };
        PortfolioManager manager = Portfolios.With(config, "A-USD", "B-USD", "C-USD");
        manager.Buy(0, 1m, 1_000m);
        manager.Buy(1, 1m, 3_000m);
        manager.Buy(2, 1m, 2_000m);
        manager.SetWorkingBuys(0, 9_000m, 9_000m, quantity: 9m);

        Assert.Equal(5m, manager.GetPortfolioMetrics().ConcentrationPct);
    }

    [Fact]
    public void The_win_rate_counts_trades_that_ended_flat()
    {
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), "A-USD", "B-USD");
        manager.Buy(0, 1m, 100m);
        manager.Sell(0, 1m, 110m);
        manager.Buy(0, 1m, 100m);
        manager.Sell(0, 1m, 90m);
        manager.Buy(1, 1m, 100m);
        manager.Sell(1, 1m, 100m);
        manager.Buy(1, 2m, 100m);
        manager.Sell(1, 1m, 500m);

        PortfolioMetrics metrics = manager.GetPortfolioMetrics();
        Assert.Equal(3, metrics.ClosedPositions);
        Assert.Equal(100m / 3m, metrics.WinRatePct);
    }

    [Fact]
    public void Available_is_at_most_what_the_venue_has()
    {
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), "A-USD");
        manager.ExternalAvailable = 99_999m;
        Assert.Equal(99_999m, manager.Available);
        manager.ExternalAvailable = 100_001m;
        Assert.Equal(100_000m, manager.Available);
        manager.ExternalAvailable = null;
        Assert.Equal(100_000m, manager.Available);
    }

    [Fact]
    public void Before_the_first_price_a_fill_is_its_own_mark()
    {
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), "A-USD");
        Assert.Equal(0m, manager.Mark(0));
        manager.Buy(0, 3m, 33.33m);
        Assert.Equal(33.33m, manager.Mark(0));
        manager.SetMark(0, 40m);
        manager.Buy(0, 1m, 50m);
        Assert.Equal(40m, manager.Mark(0));
    }

    [Fact]
    public void A_product_changes_only_into_itself()
    {
        PortfolioManager manager = Portfolios.With(new PortfolioConfig(), "A-USD");
        manager.Buy(0, 1m, 100m);
        Assert.True(manager.HasExposure(0));
        manager.ChangeProduct(0, Portfolios.Product("A-USD", minQuantity: 2m));
        Assert.False(manager.HasExposure(0));
        Assert.Throws<ArgumentException>(() => manager.ChangeProduct(0, Portfolios.Product("B-USD")));
    }

    [Fact]
    public void A_restored_portfolio_equals_the_one_that_was_saved()
    {
        PortfolioManager saved = Portfolios.With(new PortfolioConfig(), "A-USD", "B-USD");
        saved.Buy(0, 3m, 100m, fee: 1m);
        saved.Sell(0, 1m, 120m, fee: 1m);
        saved.SetMark(0, 130m);
        saved.SetWorkingBuys(1, 50m, 51m, quantity: 0.5m);
        saved.SetMark(0, 90m);
        (saved.PeakEquity, saved.MaxDrawdownPct) = (101_000m, 2.5m);

        PortfolioManager restored = Portfolios.With(new PortfolioConfig(), "A-USD", "B-USD");
        for (int i = 0; i < saved.PairCount; i++)
        {
            restored.Ledger(i) = saved.Ledger(i);
            restored.SetMark(i, saved.Mark(i));
            (decimal exposure, decimal reserved, decimal quantity) = saved.WorkingBuys(i);
            restored.SetWorkingBuys(i, exposure, reserved, quantity);
        }

        (restored.PeakEquity, restored.MaxDrawdownPct) = (saved.PeakEquity, saved.MaxDrawdownPct);
        Assert.Equal(saved.GetPortfolioMetrics(), restored.GetPortfolioMetrics());
        Assert.Equal((50m, 51m, 0.5m), restored.WorkingBuys(1));
    }
}
