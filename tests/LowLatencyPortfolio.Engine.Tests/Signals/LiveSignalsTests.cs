using System.Collections.Concurrent;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>A live engine asks its generator at each candle close and submits what it proposes.</summary>
public sealed class LiveSignalsTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly ISignalGenerator _generator = Substitute.For<ISignalGenerator>();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-signals-");

    public LiveSignalsTests() => _generator
        .GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
        .Returns(call => ValueTask.FromResult(Market.Buy(call.Arg<string>())));

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public async Task Every_pair_is_asked_when_a_candle_has_closed_and_what_is_proposed_is_sent(Topology topology)
    {
        await using MultiPairOrchestrator orchestrator = Started(Options() with { Topology = topology });
        await PriceAll(orchestrator);
        Assert.Equal(0, orchestrator.Signals!.Rounds);

        await CloseCandle(orchestrator, rounds: 1);
        await Until.True(() => orchestrator.Signals.Verdicts.Values.Sum() == 5, "all five are answered");
        foreach (string product in Market.Five)
        {
            await _generator.Received(1).GenerateAsync(
                product, Arg.Is<MarketSnapshot>(snapshot => snapshot.Candles.Count == 1), Arg.Any<CancellationToken>());
        }

        Assert.Equal(5, orchestrator.Signals.Verdicts[RiskVerdict.Approved]);
        await Until.True(
            () => orchestrator.GetPortfolioStatus().Pairs.All(pair => pair.Exposure > 0m), "all five are on their way");

        await PriceAll(orchestrator);
        await CloseCandle(orchestrator, rounds: 2);
        await Until.True(() => orchestrator.Signals.HeldBack.Values.Sum() == 5, "nothing is bought twice");
        Assert.Equal(5, orchestrator.Signals.Submitted);
    }

    [Fact]
    public async Task Candles_close_on_a_clock_that_was_set_back()
    {
        await using MultiPairOrchestrator orchestrator = Started(Options());
        await PriceAll(orchestrator);
        await CloseCandle(orchestrator, rounds: 1);
        await Until.True(() => orchestrator.Signals!.Verdicts.Values.Sum() == 5, "all five are answered");
        _clock.Set(TimeSpan.FromMinutes(-40));
        await PriceAll(orchestrator);
        await CloseCandle(orchestrator, rounds: 2);
        await Until.True(
            () => orchestrator.Signals!.HeldBack.Values.Sum() + orchestrator.Signals.Verdicts.Values.Sum() == 10,
            "all five are judged again");
        await _generator.Received(1).GenerateAsync(
            "BTC-USD", Arg.Is<MarketSnapshot>(snapshot => snapshot.Candles.Count == 2), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_pair_that_throws_and_one_that_is_late_are_told_and_hurt_no_other()
    {
        TaskCompletionSource<EntrySignal> never = new();
        _generator.GenerateAsync("BTC-USD", Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Throws(new InvalidOperationException("no idea"));
        _generator.GenerateAsync("SOL-USD", Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(new ValueTask<EntrySignal>(never.Task));
        await using MultiPairOrchestrator orchestrator = Started(Options(), TimeSpan.FromSeconds(5));
        await PriceAll(orchestrator);
        await CloseCandle(orchestrator, rounds: 1);
        await Until.True(() => orchestrator.Signals!.Verdicts.Values.Sum() == 3, "the other three are answered");

        Assert.Equal(
            [
                new PairSignalFaults("BTC-USD", 1, 0, "InvalidOperationException: no idea"),
                new PairSignalFaults("SOL-USD", 0, 1, "no answer within the deadline"),
            ],
            orchestrator.Signals!.Faults);
        Assert.Equal(3, orchestrator.Signals.Verdicts[RiskVerdict.Approved]);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_generator_that_thinks_for_ever()
    {
        TaskCompletionSource<EntrySignal> never = new();
        _generator.GenerateAsync("ADA-USD", Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(new ValueTask<EntrySignal>(never.Task));
        await using MultiPairOrchestrator orchestrator = Started(Options(), TimeSpan.FromHours(1));
        await PriceAll(orchestrator);
        await CloseCandle(orchestrator, rounds: 1);
        await Until.True(() => _generator.ReceivedCalls().Any(), "it was asked");
        await Until.Done(orchestrator.StopAsync());
        Assert.Equal(EngineState.Stopped, orchestrator.Engine.State);
        Assert.Equal(0, orchestrator.Signals!.Submitted);
    }

    [Fact]
    public async Task Candles_go_on_while_the_venue_is_silent_and_no_pair_is_entered_twice()
    {
        ScriptedGateway? venue = null;
        TradingEngineOptions options = Options();
        await using MultiPairOrchestrator orchestrator = Started(options with
        {
            Gateway = pairs => venue = new ScriptedGateway(pairs) { HoldsReports = true },
            Portfolio = options.Portfolio with { MaxConcurrentEntries = 2, MaxOrderNotional = 100_000m },
        });
        for (int round = 1; round <= 8; round++)
        {
            await PriceAll(orchestrator);
            await CloseCandle(orchestrator, round);
        }

        Assert.Equal((0L, 40L), (orchestrator.Signals!.RoundsDropped, orchestrator.Signals.Candles));
        await Until.True(() => orchestrator.Signals.Proposed == 40, "all rounds are judged");
        await Until.True(
            () => orchestrator.Signals.HeldBack.GetValueOrDefault(EntryHold.EntryWorking) == 35, "held back");
        await Until.True(
            () => orchestrator.Signals.Verdicts.Values.Sum() == 2, "two are at the venue, the others wait");
        Assert.Equal(5L, orchestrator.Signals.Submitted);
        Assert.Equal(2, venue!.Sent.Count(order => order.Kind == OrderCommandKind.Place));

        venue.HoldsReports = false;
        await Until.True(
            () =>
            {
                orchestrator.Engine.PublishTick("ADA-USD", 100m, 0m, 0, 0);
                return orchestrator.Signals.Verdicts.Values.Sum() == 5;
            },
            "the other three are answered when the venue speaks again");
    }

    [Fact]
    public async Task Candles_go_on_after_a_stop_and_a_start()
    {
        string database = Path.Combine(_folder.FullName, "live.db");
        _generator.GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(call => ValueTask.FromResult(new EntrySignal { ProductId = call.Arg<string>() }));
        TradingEngineOptions options = Options() with { DatabasePath = database };
        await using (MultiPairOrchestrator first = Started(options))
        {
            await PriceAll(first);
            await CloseCandle(first, rounds: 1);
            await Until.Done(first.StopAsync());
        }

        ConcurrentBag<MarketSnapshot> shown = [];
        _generator.GenerateAsync(Arg.Any<string>(), Arg.Do<MarketSnapshot>(shown.Add), Arg.Any<CancellationToken>())
            .Returns(call => ValueTask.FromResult(new EntrySignal { ProductId = call.Arg<string>() }));
        await using MultiPairOrchestrator second = Started(options);
        Assert.Equal(1, second.Signals!.Rounds);
        _ = await Until.Done(second.CheckAllEntriesAsync());
        Assert.Equal(5, shown.Count);
        Assert.All(shown, snapshot => Assert.Equal(100m, Assert.Single(snapshot.Candles).Close));
    }

    [Fact]
    public async Task A_candle_that_a_stop_cut_off_is_none_after_the_start()
    {
        string database = Path.Combine(_folder.FullName, "live.db");
        ConcurrentBag<MarketSnapshot> shown = [];
        _generator.GenerateAsync(Arg.Any<string>(), Arg.Do<MarketSnapshot>(shown.Add), Arg.Any<CancellationToken>())
            .Returns(call => ValueTask.FromResult(new EntrySignal { ProductId = call.Arg<string>() }));
        TradingEngineOptions options = Options() with { DatabasePath = database };
        await using (MultiPairOrchestrator first = Started(options))
        {
            await PriceAll(first);
            await CloseCandle(first, rounds: 1);

            // In a minute of which nobody sees the end.
            await Until.Done(first.HandlePriceUpdateAsync("BTC-USD", 101m));
            await Until.Done(first.StopAsync());
        }

        _clock.Advance(TimeSpan.FromDays(3));
        await using MultiPairOrchestrator second = Started(options);
        await Until.Done(second.HandlePriceUpdateAsync("BTC-USD", 99m));
        await CloseCandle(second, rounds: 2);
        shown.Clear();
        _ = await Until.Done(second.CheckAllEntriesAsync());
        MarketSnapshot[] bitcoin = [.. shown.Where(snapshot => snapshot.ProductId == "BTC-USD")];
        Assert.NotEmpty(bitcoin);       // the close itself may still be asking
        Assert.All(
            bitcoin, snapshot => Assert.Equal([100m, 99m], snapshot.Candles.Select(candle => candle.Close)));
        Assert.Equal((6L, 0L), (second.Signals!.Candles, second.Signals.LateTicks));
    }

    [Fact]
    public async Task An_engine_in_somebody_elses_host_asks_their_generator_at_each_close()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(_generator).AddLowLatencyPortfolio(options =>
        {
            options.Engine = Options();
            foreach ((ProductSpec product, PairConfig config) in Market.Pairs("BTC-USD"))
            {
                options.AddPair(config, product);
            }
        });
        using IHost host = builder.Build();
        await Until.Done(host.StartAsync());
        MultiPairOrchestrator orchestrator = host.Services.GetRequiredService<MultiPairOrchestrator>();
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        await CloseCandle(orchestrator, rounds: 1);
        await Until.True(() => orchestrator.Signals!.Verdicts.Values.Sum() == 1, "the entry is answered");
        await _generator.Received(1).GenerateAsync(
            "BTC-USD", Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>());
        await Until.Done(host.StopAsync());
        Assert.Equal(EngineState.Stopped, orchestrator.Engine.State);
    }

    [Fact]
    public async Task Left_to_the_caller_the_engine_builds_candles_and_asks_nobody_by_itself()
    {
        TradingEngineOptions options = Options();
        await using MultiPairOrchestrator orchestrator =
            Started(options with { Signals = options.Signals! with { AskAtClose = false } });
        await PriceAll(orchestrator);
        await CloseCandle(orchestrator, rounds: 1);
        await PriceAll(orchestrator);
        await CloseCandle(orchestrator, rounds: 2);
        await _generator.DidNotReceive().GenerateAsync(
            Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>());

        IReadOnlyList<SignalCheck> checks = await Until.Done(orchestrator.CheckAllEntriesAsync());
        await _generator.Received(1).GenerateAsync(
            "BTC-USD", Arg.Is<MarketSnapshot>(snapshot => snapshot.Candles.Count == 2), Arg.Any<CancellationToken>());
        IReadOnlyList<EntryResult> results = await Until.Done(
            orchestrator.SubmitCoordinatedEntriesAsync([.. checks.Select(check => check.Signal!)]));
        Assert.All(results, result => Assert.Equal(RiskVerdict.Approved, result.Verdict));
        Assert.Equal((0L, 0L), (orchestrator.Signals!.Answered, orchestrator.Signals.Submitted));
    }

    [Fact]
    public async Task The_awaited_status_is_of_now_also_between_two_timers()
    {
        await using MultiPairOrchestrator orchestrator = Started(Options());
        for (int i = 1; i <= 50; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(7));
            await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m + i));
            PortfolioStatus status = await Until.Done(orchestrator.GetPortfolioStatusAsync());
            Assert.Equal(100m + i, status.Pair("BTC-USD").LastPrice);
            Assert.Equal(_clock.GetUtcNow(), status.At);
        }
    }

    [Fact]
    public void Faults_of_the_signals_are_told_with_all_others()
    {
        TradingEngineOptions options = Options() with
        {
            Portfolio = new PortfolioConfig { TotalCapital = -1m },
            Signals = new SignalOptions { CooldownCandles = -1, CloseDelayMs = 60_001 },
        };
        ConfigurationException refusal =
            Assert.Throws<ConfigurationException>(() => new TradingEngine(options, Market.Pairs("BTC-USD")));
        Assert.Equal(
            ["portfolio.totalCapital", "signals.cooldownCandles", "signals.closeDelayMs"],
            refusal.Faults.Select(fault => fault.Path));
    }

    private TradingEngineOptions Options() => Market.Options() with
    {
        Time = _clock,
        RequireCores = false,
        MaxPriceAgeSeconds = 600,
        Portfolio = new PortfolioConfig { MaxCorrelatedExposurePct = 100m, MaxConcurrentEntries = 5 },
        Signals = new SignalOptions { Confirmation = new ConfirmationSettings { CandleSeconds = 60 } },
    };

    private MultiPairOrchestrator Started(TradingEngineOptions options, TimeSpan? deadline = null) => Market.Started(
        new MultiPairOrchestrator(
            options, _generator,
            new OrchestratorOptions { SignalDeadline = deadline ?? TimeSpan.FromMinutes(1) }),
        Market.Five);

    private static async Task PriceAll(MultiPairOrchestrator orchestrator)
    {
        foreach (string product in Market.Five)
        {
            await Until.Done(orchestrator.HandlePriceUpdateAsync(product, 100m));
        }
    }

    // The clock stands at 5 s of a minute: its end, what may still be on its way, and the next ten seconds.
    private async Task CloseCandle(MultiPairOrchestrator orchestrator, int rounds)
    {
        _clock.Advance(TimeSpan.FromSeconds(60));
        await Until.True(() => orchestrator.Signals!.Rounds == rounds, $"{rounds} candles closed");
    }
}
