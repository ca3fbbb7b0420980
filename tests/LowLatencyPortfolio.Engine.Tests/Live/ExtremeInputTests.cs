using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>Numbers that no market has: they are refused or survived, never the end of an engine.</summary>
public sealed class ExtremeInputTests
{
    private static readonly long[] s_prices = [1, 100_00000000, long.MaxValue / 2, long.MaxValue];
    private static readonly long[] s_quantities = [0, 1, long.MaxValue];
    private static readonly long[] s_times = [long.MinValue, -1, 0, 1, long.MaxValue];
    private static readonly decimal[] s_numbers =
        [decimal.MinValue, -1m, 0m, 0.0000000000000000000000000001m, 1m, 100.123456789m, decimal.MaxValue];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_tick_ends_the_engine(bool holds)
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(
            Market.Options() with { Signals = new SignalOptions() }, "BTC-USD", "ETH-USD");
        if (holds)
        {
            await Market.HoldAsync(orchestrator, "BTC-USD");
        }

        TradingEngine engine = orchestrator.Engine;
        foreach (long price in s_prices)
        {
            foreach (long quantity in s_quantities)
            {
                foreach (long time in s_times)
                {
                    MarketTick tick = new()
                    {
                        Product = 0, TimeNs = time, Price = price, Quantity = quantity, TradeKey = time,
                    };
                    _ = engine.PublishTick(in tick);
                    _ = engine.PublishTick(in tick);        // a jump is confirmed by the next
                }
            }
        }

        foreach (decimal price in s_numbers)
        {
            foreach (decimal quantity in s_numbers)
            {
                _ = engine.PublishTick("ETH-USD", price, quantity, long.MinValue, long.MaxValue);
            }
        }

        Assert.False(engine.PublishTick(null!, 100m, 1m, 0, 0));
        await GoesOnAsync(orchestrator);
    }

    [Fact]
    public async Task No_entry_ends_the_engine()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD", "ETH-USD");
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        foreach (long limit in s_prices)
        {
            foreach (long quantity in s_quantities)
            {
                orchestrator.Engine.SubmitEntry(0, OrderType.Limit, limit, quantity);
                orchestrator.Engine.SubmitEntry(1, OrderType.Limit, limit, quantity);       // has no price
                orchestrator.Engine.SubmitEntry(1, OrderType.Market, limit: 0, quantity);
            }
        }

        foreach (decimal limit in s_numbers)
        {
            foreach (decimal quantity in s_numbers)
            {
                EntryResult result = Assert.Single(await Until.Done(
                    orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD", limit, quantity)])));
                Assert.False(result.IsSent);
            }
        }

        await GoesOnAsync(orchestrator);
    }

    private static async Task GoesOnAsync(MultiPairOrchestrator orchestrator)
    {
        _ = await Until.Done(orchestrator.GetPortfolioStatusAsync());
        Assert.Null(orchestrator.Engine.Fault);
        Assert.Equal(EngineState.Running, orchestrator.Engine.State);
        await Until.Done(orchestrator.StopAsync());
    }
}
