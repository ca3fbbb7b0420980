using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine.Tests.Rebalancing;

/// <summary>What rebalances of a live engine measured goes on after a stop in order, and only then.</summary>
public sealed class LiveRebalanceTests : IDisposable
{
    private const string Wild = "BTC-USD";
    private const string Calm = "ETH-USD";
    private const int WarmUp = 24;

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);

    private readonly ManualClock _clock = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-rebalance-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Measured_volatility_goes_on_after_a_stop_and_a_start_with_the_same_settings_alone()
    {
        TradingEngineOptions options = Options();
        IReadOnlyList<RebalanceResult> before;
        await using (MultiPairOrchestrator first = Market.Started(options, Wild, Calm))
        {
            await Market.HoldAsync(first, Wild, Calm);
            await MeasureAsync(first, from: 0, looks: WarmUp + 1);
            before = await Until.Done(first.RebalanceAsync());
            Assert.Equal([RebalanceKind.Decrease, RebalanceKind.Increase], before.Select(one => one.Action.Kind));
            await Until.Done(first.StopAsync());
        }

        await using (MultiPairOrchestrator second = Market.Started(options, Wild, Calm))
        {
            Assert.Equal(before, await Until.Done(second.RebalanceAsync()));
            await Until.Done(second.StopAsync());
        }

        await using (MultiPairOrchestrator third = Market.Started(options, Wild, Calm))
        {
            Assert.Equal(before, await Until.Done(third.RebalanceAsync()));
            await Until.Done(third.StopAsync());
        }

        RebalanceOptions others = options.Rebalance! with { CooldownIntervals = 7 };
        await using MultiPairOrchestrator fourth = Market.Started(options with { Rebalance = others }, Wild, Calm);
        Assert.Empty(await Until.Done(fourth.RebalanceAsync()));
    }

    [Fact]
    public async Task A_start_looks_first_when_an_interval_has_ended_that_it_has_seen()
    {
        TradingEngineOptions options = Options();
        await using (MultiPairOrchestrator first = Market.Started(options, Wild, Calm))
        {
            await Market.HoldAsync(first, Wild, Calm);
            await MeasureAsync(first, from: 0, looks: WarmUp);      // one return is missing
            Assert.Empty(await Until.Done(first.RebalanceAsync()));
            await Until.Done(first.StopAsync());
        }

        _clock.Advance(5 * s_interval);
        await using MultiPairOrchestrator second = Market.Started(options, Wild, Calm);
        await LookAsync(second);
        Assert.Empty(await Until.Done(second.RebalanceAsync()));
        await MeasureAsync(second, from: WarmUp, looks: 1);
        Assert.Equal(2, (await Until.Done(second.RebalanceAsync())).Count);
    }

    private TradingEngineOptions Options() => Market.Options() with
    {
        Time = _clock,
        DatabasePath = Path.Combine(_folder.FullName, "live.db"),
        Rebalance = new RebalanceOptions
        {
            IntervalMinutes = 1,
            Strategy = new RebalanceStrategy
            {
                Method = RebalanceMethod.InverseVolatility, RiskAversion = 1_000m, HorizonDays = 3_650,
            },
        },
    };

    // Both stay where they are, one by bigger steps, none as far down as its stop.
    private async Task MeasureAsync(MultiPairOrchestrator orchestrator, int from, int looks)
    {
        for (int i = from; i < from + looks; i++)
        {
            await Until.Done(orchestrator.HandlePriceUpdateAsync(Wild, i % 2 == 0 ? 100.5m : 99.5m));
            await Until.Done(orchestrator.HandlePriceUpdateAsync(Calm, i % 2 == 0 ? 100.1m : 99.9m));
            await LookAsync(orchestrator);
            _clock.Advance(s_interval);
            await LookAsync(orchestrator);
        }
    }

    private static async Task LookAsync(MultiPairOrchestrator orchestrator)
    {
        _ = await Until.Done(orchestrator.GetPortfolioStatusAsync());
        orchestrator.Rebalances!.LookNow();
    }
}
