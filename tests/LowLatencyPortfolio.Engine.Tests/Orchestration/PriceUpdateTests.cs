using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class PriceUpdateTests
{
    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public async Task Prices_place_the_stop_raise_it_and_sell_at_it(Topology topology)
    {
        TradingEngineOptions options = Market.Options() with { Topology = topology, RequireCores = false };
        await using MultiPairOrchestrator orchestrator = Market.Started(options, "BTC-USD", "ETH-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD");
        PairStatus held = orchestrator.GetPortfolioStatus().Pair("BTC-USD");
        Assert.Equal((10m, 100m, 98m, 1_000m), (held.Held, held.EntryPrice, held.StopTrigger, held.Cost));

        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 110m));
        await Until.True(
            () => orchestrator.GetPortfolioStatus().Pair("BTC-USD").StopTrigger == 107.8m, "the stop was raised");
        await Until.True(() => orchestrator.GetPortfolioStatus().Metrics.UnrealizedPnl == 100m, "the gain shows");

        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 107m));
        await Until.True(() => orchestrator.GetPortfolioStatus().Pair("BTC-USD").Held == 0m, "the stop sold");
        PortfolioStatus status = orchestrator.GetPortfolioStatus();
        Assert.Equal(0, status.Metrics.ActivePositions);
        Assert.Equal(1, status.Metrics.ClosedPositions);
        Assert.Equal(100m, status.Metrics.WinRatePct);
        Assert.Equal(status.Metrics.Equity, status.Metrics.TotalCapital + status.Metrics.TotalPnl);
        Assert.Equal(status.Metrics.RealizedPnl, 70m - status.Metrics.Fees);
        Assert.Equal(status.Metrics.TotalPnl / 1_000m, status.Metrics.TotalReturnPct);
        Assert.Null(status.Pair("BTC-USD").StopTrigger);
    }

    [Fact]
    public async Task A_price_that_cannot_be_used_is_an_argument_fault()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD");
        await Assert.ThrowsAsync<ArgumentException>(() => orchestrator.HandlePriceUpdateAsync("BTC-USD", 0m));
        await Assert.ThrowsAsync<ArgumentException>(() => orchestrator.HandlePriceUpdateAsync("DOGE-USD", 1m));
        Assert.Throws<ArgumentException>(() => orchestrator.GetPortfolioStatus().Pair("DOGE-USD"));
    }

    [Fact]
    public void Nothing_works_before_the_start_and_pairs_are_registered_before_it()
    {
        using MultiPairOrchestrator orchestrator = new(Market.Options());
        Assert.Throws<EngineStoppedException>(() => orchestrator.GetPortfolioStatus());
        Assert.Throws<EngineStoppedException>(() => { _ = orchestrator.EmergencyLiquidatePortfolioAsync(); });
        orchestrator.RegisterPair(Market.Pair("BTC-USD").Config, Market.Pair("BTC-USD").Product);
        orchestrator.Start();
        Assert.Throws<InvalidOperationException>(
            () => orchestrator.RegisterPair(Market.Pair("ETH-USD").Config, Market.Pair("ETH-USD").Product));
        Assert.Throws<InvalidOperationException>(orchestrator.Start);
    }
}
