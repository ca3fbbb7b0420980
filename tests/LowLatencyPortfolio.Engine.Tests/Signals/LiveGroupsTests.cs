using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Tests.Recovery;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;
using NSubstitute;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>A live engine measures which pairs move together, holds its limit to it, and keeps it over a stop and a
/// crash.</summary>
public sealed class LiveGroupsTests : IDisposable
{
    private static readonly string[] Products = ["BTC-USD", "ETH-USD", "SOL-USD"];
    private static readonly int[] Together = [0, 0, 2];

    private readonly ManualClock _clock = new();
    private readonly ISignalGenerator _generator = Substitute.For<ISignalGenerator>();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-groups-");
    private readonly decimal[] _prices = [100m, 100m, 100m];
    private BreakingPaper? _venue;

    public LiveGroupsTests() => _generator
        .GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
        .Returns(call => ValueTask.FromResult(new EntrySignal { ProductId = call.Arg<string>() }));

    private string Database => Path.Combine(_folder.FullName, "live.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public async Task Pairs_that_move_together_share_the_limit_and_the_verdict_says_so(Topology topology)
    {
        await using MultiPairOrchestrator engine = Started(Options() with { Topology = topology });
        await TradeTogether(engine);
        RiskReadings risk = engine.GetPortfolioStatus().Risk!;
        Assert.Equal([["BTC-USD", "ETH-USD"]], risk.Groups);
        Assert.Equal(1, risk.GroupChanges);

        Assert.Equal(RiskVerdict.Approved, await Buy(engine, 0));
        Assert.Equal(RiskVerdict.MeasuredGroupExposureAboveLimit, await Buy(engine, 1));
        Assert.Equal(RiskVerdict.Approved, await Buy(engine, 2));
        await Until.Done(engine.StopAsync());
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        Assert.Equal("BTC-USD", Assert.Single(database.MeasuredGroups()).GroupId);
        Assert.Equal(
            ("ETH-USD", "BTC-USD"),
            database.History().Where(row => row.Action == HistoryAction.GroupChanged)
                .Select(row => (row.ProductId!, row.Detail!)).Single());
        CorrelationRows stored = database.Correlations()!;
        Assert.Equal(Products, stored.ProductIds);
        Assert.True(stored.Correlations[1] > 0.9, $"{stored.Correlations[1]}");
    }

    [Fact]
    public async Task The_limit_of_measured_groups_holds_also_where_nobody_judges_entries()
    {
        await using MultiPairOrchestrator engine =
            Market.Started(new MultiPairOrchestrator(Options()), Products);
        await TradeTogether(engine);
        Assert.Equal([["BTC-USD", "ETH-USD"]], engine.GetPortfolioStatus().Risk!.Groups);
        Assert.Equal(RiskVerdict.Approved, await Buy(engine, 0));
        Assert.Equal(RiskVerdict.MeasuredGroupExposureAboveLimit, await Buy(engine, 1));
        Assert.Equal(0, engine.Signals!.Answered + engine.Signals.Failed);
    }

    [Fact]
    public async Task Groups_and_what_they_were_measured_of_go_on_after_a_stop_and_a_start()
    {
        await using (MultiPairOrchestrator first = Started(Options()))
        {
            await TradeTogether(first);
            await Until.Done(first.StopAsync());
        }

        await using MultiPairOrchestrator second = Started(Options());
        Assert.Equal(Together, second.Engine.Session.Pipeline.MeasuredGroups());
        long rounds = second.Signals!.Rounds;
        await Close(second, rounds + 1);
        Assert.Equal(rounds + 1, second.GetPortfolioStatus().Risk!.Closes);
        Assert.Equal(1, second.GetPortfolioStatus().Risk!.GroupChanges);
    }

    [Fact]
    public async Task Groups_stand_after_a_crash_and_correlations_begin_anew()
    {
        await using (MultiPairOrchestrator first = Started(Options()))
        {
            await TradeTogether(first);
            Assert.Equal(RiskVerdict.Approved, await Buy(first, 0));
            _venue!.Breaks = true;
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Until.Done(first.Engine.Completion);
            Assert.Equal(EngineState.Faulted, first.Engine.State);
        }

        await using MultiPairOrchestrator second = Started(Options());
        Assert.NotNull(second.Engine.Reconciliation);
        Assert.Equal(Together, second.Engine.Session.Pipeline.MeasuredGroups());
        await Close(second, rounds: 1);
        RiskReadings risk = second.GetPortfolioStatus().Risk!;
        Assert.Equal((1, 0, 0), (risk.Closes, risk.MeasuredPairs, risk.GroupChanges));
        Assert.Equal([["BTC-USD", "ETH-USD"]], risk.Groups);
    }

    [Fact]
    public async Task Groups_are_forgotten_where_nobody_measures_any_more()
    {
        await using (MultiPairOrchestrator first = Started(Options()))
        {
            await TradeTogether(first);
            Assert.Equal(RiskVerdict.Approved, await Buy(first, 0));
            await Until.Done(first.StopAsync());
        }

        TradingEngineOptions options = Options();
        await using MultiPairOrchestrator second =
            Started(options with { Signals = options.Signals! with { Correlation = null } });
        Assert.Equal([0, 1, 2], second.Engine.Session.Pipeline.MeasuredGroups());
        Assert.Null(second.GetPortfolioStatus().Risk);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        Assert.Empty(database.MeasuredGroups());
        Assert.Null(database.Correlations());
    }

    private TradingEngineOptions Options() => Market.Options(
        pairs => _venue = new BreakingPaper(Market.Paper(pairs))) with
    {
        Time = _clock,
        RequireCores = false,
        MaxPriceAgeSeconds = 600,
        DatabasePath = Database,
        Portfolio = new PortfolioConfig { MaxCorrelatedExposurePct = 5m, MaxOrderNotional = 100_000m },
        Signals = new SignalOptions
        {
            Confirmation = new ConfirmationSettings { CandleSeconds = 60 },
            Correlation = new CorrelationOptions { HalfLifeCloses = 20, WarmUpCloses = 4, ConfirmCloses = 1 },
        },
    };

    private MultiPairOrchestrator Started(TradingEngineOptions options) => Market.Started(
        new MultiPairOrchestrator(
            options, _generator, new OrchestratorOptions { SignalDeadline = TimeSpan.FromMinutes(1) }),
        Products);

    // The first two move as one, the third against them.
    private async Task TradeTogether(MultiPairOrchestrator engine)
    {
        int[] steps = [1, -1, 1, 1, -1, -1, 1, -1];
        for (int i = 0; i < steps.Length; i++)
        {
            await Close(engine, i + 1, steps[i]);
        }
    }

    private async Task Close(MultiPairOrchestrator engine, long rounds, int step = 1)
    {
        for (int pair = 0; pair < Products.Length; pair++)
        {
            _prices[pair] += (pair < 2 ? step : -step) * 0.5m;
            await Until.Done(engine.HandlePriceUpdateAsync(Products[pair], _prices[pair]));
        }

        _clock.Advance(TimeSpan.FromSeconds(60));
        await Until.True(
            () => engine.Signals!.Risk?.ClosedAtNs / (60 * EventTime.Second) == Minute(), $"{rounds} candles closed");
        Assert.Equal(rounds, engine.Signals!.Rounds);
    }

    private long Minute() => _clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    private async Task<RiskVerdict> Buy(MultiPairOrchestrator engine, int pair)
    {
        await Until.Done(engine.HandlePriceUpdateAsync(Products[pair], _prices[pair]));
        IReadOnlyList<EntryResult> results = await Until.Done(
            engine.SubmitCoordinatedEntriesAsync([Market.Buy(Products[pair], _prices[pair], quantity: 30m)]));
        return results[0].Verdict;
    }
}
