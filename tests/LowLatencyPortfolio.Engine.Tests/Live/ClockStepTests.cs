using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Tests.Recovery;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>Somebody sets the machine's clock while the engine runs, or between two starts.</summary>
/// <remarks>The number above a test is that of the list of faults.</remarks>
public sealed class ClockStepTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-clock-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "live.db");

    public void Dispose() => _folder.Delete(recursive: true);

    // 77
    [Theory]
    [InlineData(-10)]
    [InlineData(-40)]
    public async Task A_position_whose_stop_is_refused_is_sold_in_time_on_a_clock_that_was_set_back(int minutes)
    {
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator engine = Market.Started(
            Market.Options(pairs => venue = new ScriptedGateway(pairs)) with { Time = _clock }, "BTC-USD");
        venue!.Refusal = RejectReason.Chance;
        venue.Refuses = command => command.Purpose == OrderPurpose.Stop;
        await Until.Done(engine.HandlePriceUpdateAsync("BTC-USD", 100m));
        _ = await Until.Done(engine.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD")]));
        await Until.True(() => TickUntil(engine, pair => pair.Held == 10m), "it is held");
        await Until.True(() => venue.Sent.Any(order => order.Purpose == OrderPurpose.Stop), "a stop was refused");

        _clock.Set(TimeSpan.FromMinutes(minutes));
        int stops = venue.Sent.Count(order => order.Purpose == OrderPurpose.Stop);
        await PassAsync(engine, seconds: 5);
        await Until.True(
            () => venue.Sent.Count(order => order.Purpose == OrderPurpose.Stop) > stops, "the stop is tried again");
        await PassAsync(engine, seconds: 12);
        await Until.True(() => venue.Sent.Any(order => order.Purpose == OrderPurpose.Exit), "it is being sold");
        await Until.True(() => TickUntil(engine, pair => pair.Held == 0m), "it is sold");
    }

    // 77
    [Theory]
    [InlineData(-10)]
    [InlineData(-40)]
    public async Task The_order_budget_refills_and_prices_grow_old_on_a_clock_that_was_set_back(int minutes)
    {
        TradingEngineOptions options = Market.Options() with
        {
            Time = _clock,
            Portfolio = new PortfolioConfig
            {
                MaxCorrelatedExposurePct = 100m, MaxConcurrentEntries = 5, MaxOrdersPerSecond = 1,
            },
        };
        await using MultiPairOrchestrator engine = Market.Started(options, "BTC-USD", "ETH-USD");
        await Until.Done(engine.HandlePriceUpdateAsync("BTC-USD", 100m));
        await Until.Done(engine.HandlePriceUpdateAsync("ETH-USD", 100m));
        Assert.Equal(RiskVerdict.Approved, await VerdictAsync(engine, "BTC-USD"));
        Assert.Equal(RiskVerdict.OrderRateExceeded, await VerdictAsync(engine, "ETH-USD"));
        _clock.Set(TimeSpan.FromMinutes(minutes));
        await PassAsync(engine, seconds: 6);
        Assert.Equal(RiskVerdict.Approved, await VerdictAsync(engine, "ETH-USD"));
        await PassAsync(engine, seconds: 26);
        Assert.Equal(RiskVerdict.PriceStale, await VerdictAsync(engine, "BTC-USD"));
    }

    // 77
    [Fact]
    public async Task After_a_suspended_machine_what_was_waiting_is_due_and_no_old_price_is_bought_at()
    {
        await using MultiPairOrchestrator engine =
            Market.Started(Market.Options() with { Time = _clock }, "BTC-USD");
        await Until.Done(engine.HandlePriceUpdateAsync("BTC-USD", 100m));
        _clock.Set(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Until.True(() => engine.GetPortfolioStatus().At == _clock.GetUtcNow(), "time has moved with the clock");
        Assert.Equal(RiskVerdict.PriceStale, await VerdictAsync(engine, "BTC-USD"));
    }

    // 77
    [Theory]
    [InlineData(false, -10)]
    [InlineData(false, -40)]
    [InlineData(true, -10)]
    [InlineData(true, -40)]
    public async Task A_start_whose_stored_times_are_still_to_come_goes_on_from_now(bool isCrash, int minutes)
    {
        TradingEngineOptions options = Market.Options() with { DatabasePath = Path, Time = _clock };
        await HoldAndEndAsync(options, isCrash);
        _clock.Set(TimeSpan.FromMinutes(minutes));
        await using (MultiPairOrchestrator second = Market.Started(options, "BTC-USD"))
        {
            ReconcileLine told = Assert.Single(
                second.Engine.Reconciliation!.Lines, line => line.Finding == ReconcileFinding.ClockSkew);
            Assert.StartsWith(
                $"the last session wrote times {-minutes * 60}.0 s ahead of this machine's clock", told.Text,
                StringComparison.Ordinal);
            await PassAsync(second, seconds: 2);
            Assert.Equal(_clock.GetUtcNow(), second.GetPortfolioStatus().At);
            await Until.True(() => second.GetPortfolioStatus().Pair("BTC-USD").StopTrigger == 98m, "it has its stop");
            await Until.True(HasWorkingStop, "the stop rests again");
            await Until.Done(second.StopAsync());
        }

        await using MultiPairOrchestrator third = Market.Started(options, "BTC-USD");
        Assert.Null(third.Engine.Reconciliation);
        await Until.Done(third.HandlePriceUpdateAsync("BTC-USD", 97.5m));
        await Until.True(() => third.GetPortfolioStatus().Pair("BTC-USD").Held == 0m, "the stop sold");
    }

    [Fact]
    public async Task A_state_from_less_than_a_second_ahead_is_taken_back()
    {
        TradingEngineOptions options = Market.Options() with { DatabasePath = Path, Time = _clock };
        await HoldAndEndAsync(options, isCrash: false);
        _clock.Set(TimeSpan.FromSeconds(-0.9));
        await using MultiPairOrchestrator second = Market.Started(options, "BTC-USD");
        Assert.Null(second.Engine.Reconciliation);
        Assert.Equal(98m, second.GetPortfolioStatus().Pair("BTC-USD").StopTrigger);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Until.True(
            () => second.GetPortfolioStatus().At == _clock.GetUtcNow(), "time goes on when it has come up with it");
    }

    private static async Task HoldAndEndAsync(TradingEngineOptions options, bool isCrash)
    {
        BreakingPaper? venue = null;
        TradingEngineOptions breaking = options with
        {
            Gateway = pairs => venue = new BreakingPaper(Market.Paper(pairs)),
            Portfolio = options.Portfolio with { MaxOrderNotional = 100_000m },
        };
        await using MultiPairOrchestrator first = Market.Started(breaking, "BTC-USD");
        await Market.HoldAsync(first, "BTC-USD");
        if (isCrash)
        {
            venue!.Breaks = true;
            await Until.Done(first.Engine.Completion);
            Assert.Equal(EngineState.Faulted, first.Engine.State);
        }
        else
        {
            await Until.Done(first.StopAsync());
        }
    }

    // A second at a time, and the engine has seen each: nothing is due that only a later one brings.
    private async Task PassAsync(MultiPairOrchestrator engine, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            DateTimeOffset before = engine.GetPortfolioStatus().At;
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Until.True(
                () => engine.GetPortfolioStatus().At >= before + TimeSpan.FromSeconds(0.98), "time goes on");
        }
    }

    private static bool TickUntil(MultiPairOrchestrator engine, Func<PairStatus, bool> isSo)
    {
        engine.Engine.PublishTick("BTC-USD", 100m, 0m, 0, 0);
        return isSo(engine.GetPortfolioStatus().Pair("BTC-USD"));
    }

    private static async Task<RiskVerdict> VerdictAsync(MultiPairOrchestrator engine, string product) =>
        Assert.Single(await Until.Done(engine.SubmitCoordinatedEntriesAsync([Market.Buy(product, limit: 99m)])))
            .Verdict;

    private bool HasWorkingStop()
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Path);
        return database.Orders().Any(
            order => order is { Purpose: OrderPurpose.Stop, State: OrderState.Working });
    }
}
