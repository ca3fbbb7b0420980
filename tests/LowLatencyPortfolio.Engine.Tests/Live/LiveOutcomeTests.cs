using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>What a host that feeds an engine by hand uses: the sink of a feed, entries, and the outcome.</summary>
public sealed class LiveOutcomeTests
{
    [Fact]
    public async Task What_a_feed_says_reaches_the_engine_and_the_outcome_tells_it()
    {
        await using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        engine.Start();
        EngineMarketSink sink = new(engine);
        ProductSpec product = engine.Pairs[0].Product;
        Assert.True(product.TryPriceUnits(100m, out long price));
        Assert.True(product.TryQuantityUnits(1m, out long quantity));
        sink.OnTick(new MarketTick { Product = 0, TimeNs = 1, Price = price, Quantity = quantity, TradeKey = 1 });
        sink.OnFeedState(0, HealthFlag.FeedDown, isBad: true);
        engine.SubmitEntry(0, OrderType.Market, limit: 0, quantity: 0);
        await engine.StopAsync();
        EngineOutcome outcome = engine.ReadOutcome();
        Assert.Equal((1, 1), (outcome.Counters.TicksTaken, outcome.Counters.Pipeline.Ticks));
        Assert.Equal(1, outcome.Counters.Pipeline.RiskRejections);
        Assert.Equal(100m, Assert.Single(outcome.Pairs).Mark);
        Assert.Equal(100_000m, outcome.Metrics.Equity);
        Assert.Throws<EngineStoppedException>(() => sink.OnFeedState(0, HealthFlag.FeedDown, isBad: false));
    }

    [Fact]
    public async Task An_entry_while_the_feed_is_good_is_bought()
    {
        await using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        engine.Start();
        Assert.True(engine.PublishTick("BTC-USD", 100m, 1m, 1, 1));
        engine.SubmitEntry(0, OrderType.Market, limit: 0, quantity: 0);
        await Until.True(
            () =>
            {
                _ = engine.PublishTick("BTC-USD", 100m, 1m, 0, 1);
                return engine.Counters.Pipeline.Fills > 0;
            },
            "a fill");
        await engine.StopAsync();
        Assert.Equal(1, engine.ReadOutcome().Metrics.ActivePositions);
    }

    [Fact]
    public async Task An_engine_that_has_not_ended_has_no_outcome()
    {
        await using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        Assert.Throws<EngineStoppedException>(() => engine.ReadOutcome());
        engine.Start();
        Assert.Throws<InvalidOperationException>(() => engine.ReadOutcome());
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.SubmitEntry(1, OrderType.Market, 0, 0));
    }
}
