namespace LowLatencyPortfolio.Engine.Tests.Rebalancing;

/// <summary>Looks of a live engine's rebalances, with a clock by hand; their interval is a minute.</summary>
internal static class Looks
{
    /// <summary>Looks after which a volatility is known.</summary>
    public const int WarmUp = 25;

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    /// <summary>Looks so many times at a price that moves a little, never down to a stop.</summary>
    public static async Task MeasureAsync(MultiPairOrchestrator engine, ManualClock clock, int looks, string product)
    {
        await OnceAsync(engine);
        for (int i = 0; i < looks; i++)
        {
            await Until.Done(engine.HandlePriceUpdateAsync(product, i % 2 == 0 ? 100.5m : 100m));
            await NextAsync(engine, clock);
        }
    }

    /// <summary>An interval ends, and it is looked.</summary>
    public static Task NextAsync(MultiPairOrchestrator engine, ManualClock clock)
    {
        clock.Advance(s_interval);
        return OnceAsync(engine);
    }

    /// <summary>Looks, if an interval has ended, and returns when what was asked has passed the stages.</summary>
    public static async Task OnceAsync(MultiPairOrchestrator engine)
    {
        _ = await Until.Done(engine.GetPortfolioStatusAsync());
        engine.Rebalances!.LookNow();
        _ = await Until.Done(engine.GetPortfolioStatusAsync());
    }
}
