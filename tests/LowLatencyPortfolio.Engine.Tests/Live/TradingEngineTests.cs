using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class TradingEngineTests
{
    [Fact]
    public void Every_fault_of_a_configuration_is_named_at_once()
    {
        TradingEngineOptions options = Market.Options() with
        {
            Portfolio = new PortfolioConfig { TotalCapital = 0m, MaxPositions = 0 },
            Paper = new PaperConfig { MakerFee = 0.2m },
        };
        ConfigurationException refusal = Assert.Throws<ConfigurationException>(() => new TradingEngine(
            options, [Market.Pair("BTC-USD", pair => pair with { TrailPct = 2m }), Market.Pair("ETH-EUR")]));
        Assert.Equal(
            ["portfolio.totalCapital", "portfolio.maxPositions", "portfolio.quoteCurrency",
                "pairs.BTC-USD.trailPct", "paper.makerFee"],
            refusal.Faults.Select(fault => fault.Path));
        Assert.StartsWith("[0, 0.1]", refusal.Faults[^1].Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_venue_that_may_be_real_requires_a_limit_of_order_size_and_paper_does_not()
    {
        TradingEngineOptions paper = Market.Options() with { Portfolio = new PortfolioConfig() };
        new TradingEngine(paper, Market.Pairs("BTC-USD")).Dispose();

        TradingEngineOptions venue = paper with { Gateway = pairs => new ScriptedGateway(pairs) };
        ConfigurationException refusal =
            Assert.Throws<ConfigurationException>(() => new TradingEngine(venue, Market.Pairs("BTC-USD")));
        Assert.Equal("portfolio.maxOrderNotional", Assert.Single(refusal.Faults).Path);
        PortfolioConfig limited = new() { MaxOrderNotional = 1_000m };
        new TradingEngine(venue with { Portfolio = limited }, Market.Pairs("BTC-USD")).Dispose();
    }

    [Fact]
    public void A_pair_with_the_product_of_another_is_refused()
    {
        ConfigurationException refusal = Assert.Throws<ConfigurationException>(() => new TradingEngine(
            Market.Options(), [(Market.Pair("BTC-USD").Product, Market.Pair("ETH-USD").Config)]));
        Assert.Contains(refusal.Faults, fault => fault is { Path: "pairs.ETH-USD", Value: "BTC-USD" });
    }

    [Fact]
    public async Task Before_the_first_price_the_whole_capital_is_available()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD");
        PortfolioStatus status = orchestrator.GetPortfolioStatus();
        Assert.Equal(100_000m, status.Metrics.AvailableCapital);
        Assert.Equal(100_000m, status.Metrics.Equity);
        Assert.Equal(TradingMode.Trading, status.Mode);
        Assert.Null(status.Pair("BTC-USD").LastPrice);
    }

    [Theory]
    [InlineData("DOGE-USD", "1", "1")]
    [InlineData("BTC-USD", "0", "1")]
    [InlineData("BTC-USD", "-1", "1")]
    [InlineData("BTC-USD", "1", "-1")]
    [InlineData("BTC-USD", "1.000000001", "1")]
    public async Task A_tick_that_cannot_be_said_in_ring_units_is_refused_and_counted(
        string productId, string price, string quantity)
    {
        await using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        engine.Start();
        Assert.False(engine.PublishTick(
            productId, decimal.Parse(price, CultureInfo.InvariantCulture),
            decimal.Parse(quantity, CultureInfo.InvariantCulture), 0, 0));
        Assert.Equal(1, engine.Counters.TicksRefused);
        Assert.Equal(0, engine.Counters.TicksTaken);
    }

    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public async Task Ticks_of_many_threads_all_pass_the_stages(Topology topology)
    {
        const int Each = 5_000;
        TradingEngineOptions options = Market.Options() with
        {
            Topology = topology, RequireCores = false, InboxCapacity = 64, Wait = WaitMode.Yielding,
        };
        await using TradingEngine engine = new(options, Market.Pairs(Market.Five));
        engine.Start();
        await Until.Done(Task.WhenAll(Market.Five.Select(product => Task.Run(() =>
        {
            for (int i = 1; i <= Each; i++)
            {
                Assert.True(engine.PublishTick(product, 100m + (i * 0.001m), 1m, 0, 0));
            }
        }))));
        await Until.Done(engine.StopAsync());
        EngineCounters counters = engine.Counters;
        Assert.Equal(Each * Market.Five.Length, counters.TicksTaken);
        Assert.Equal(counters.TicksTaken, counters.Pipeline.Ticks + counters.TicksConflated);
        Assert.All(engine.Session.Pipeline.ReadPairs(), pair => Assert.Equal(105m, pair.Mark));
    }

    [Fact]
    public async Task
        Ticks_conflate_only_while_the_ring_is_full_and_the_low_of_the_merged_still_stops_the_position_out()
    {
        using ManualResetEventSlim release = new();
        ScriptedGateway? venue = null;
        TradingEngineOptions options =
            Market.Options(pairs => venue = new ScriptedGateway(pairs)) with { RingCapacity = 16 };
        await using MultiPairOrchestrator orchestrator = Market.Started(options, "BTC-USD", "ETH-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD");
        Assert.Equal(0, orchestrator.Engine.Counters.TicksConflated);

        venue!.OnSubmit = _ => release.Wait(TimeSpan.FromSeconds(30));
        // The venue's stop says nothing while the engine stands still.
        venue.HoldsReports = true;
        // A ratchet: Dispatch stands still in the venue.
        orchestrator.Engine.PublishTick("BTC-USD", 110m, 1m, 0, 0);
        for (int i = 0; i < 100; i++)
        {
            orchestrator.Engine.PublishTick("ETH-USD", 50m, 1m, 0, 0);
        }

        await Until.True(() => orchestrator.Engine.Counters.TicksConflated > 0, "the ring is full");
        orchestrator.Engine.PublishTick("BTC-USD", 95m, 1m, 0, 0);          // below the stop
        Task last = orchestrator.HandlePriceUpdateAsync("BTC-USD", 109m, 1m);
        Assert.False(last.IsCompleted);
        release.Set();
        await Until.Done(last);
        venue.HoldsReports = false;
        await Until.True(
            () => Settle(orchestrator).Pair("BTC-USD") is { Held: 0m, IsExiting: false }, "the position is closed");

        EngineCounters counters = orchestrator.Engine.Counters;
        Assert.True(counters.TicksConflated >= 70, $"{counters.TicksConflated} conflated");
        Assert.Equal(50m, orchestrator.GetPortfolioStatus().Pair("ETH-USD").LastPrice);
    }

    [Fact]
    public async Task Order_events_and_commands_wait_for_room_in_the_ring_and_are_never_lost()
    {
        using ManualResetEventSlim release = new();
        ScriptedGateway? venue = null;
        TradingEngineOptions options =
            Market.Options(pairs => venue = new ScriptedGateway(pairs)) with { RingCapacity = 8 };
        await using MultiPairOrchestrator orchestrator = Market.Started(options, "BTC-USD", "ETH-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD");
        venue!.OnSubmit = _ => release.Wait(TimeSpan.FromSeconds(30));
        orchestrator.Engine.PublishTick("BTC-USD", 110m, 1m, 0, 0);
        Task[] commands =
            [.. Enumerable.Range(0, 100).Select(_ => orchestrator.Engine.ControlAsync(ControlAction.CancelEntries, 1))];
        Assert.DoesNotContain(commands, command => command.IsCompleted);
        release.Set();
        await Until.Done(Task.WhenAll(commands));
    }

    [Fact]
    public async Task A_fault_in_a_stage_ends_the_engine_and_everybody_hears_of_it()
    {
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator orchestrator = Market.Started(
            Market.Options(pairs => venue = new ScriptedGateway(pairs)), "BTC-USD");
        TaskCompletionSource<Exception> told = new();
        orchestrator.Engine.Faulted += fault =>
        {
            told.SetResult(fault);
            throw new InvalidOperationException("a listener has a fault of its own; the process goes on");
        };
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        venue!.OnSubmit = _ => throw new InvalidOperationException("the wire is cut");

        EngineStoppedException answer = await Assert.ThrowsAsync<EngineStoppedException>(
            () => Until.Done(orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD")])));
        Exception fault = await Until.Done(told.Task);

        Assert.Equal("the wire is cut", fault.Message);
        Assert.Same(fault, orchestrator.Engine.Fault);
        Assert.Same(fault, answer.InnerException);
        Assert.Equal(EngineState.Faulted, orchestrator.Engine.State);
        EngineStoppedException late = Assert.Throws<EngineStoppedException>(
            () => orchestrator.Engine.PublishTick("BTC-USD", 100m, 0m, 0, 0));
        Assert.Same(fault, late.InnerException);
        await Until.Done(orchestrator.StopAsync());
    }

    [Fact]
    public async Task A_stop_handles_everything_that_was_taken_before_and_nothing_after()
    {
        TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        engine.Start();
        for (int i = 0; i < 3_000; i++)
        {
            Assert.True(engine.PublishTick("BTC-USD", 100m, 1m, 0, 0));
        }

        await Until.Done(engine.StopAsync());
        EngineCounters counters = engine.Counters;
        Assert.Equal(3_000, counters.Pipeline.Ticks + counters.TicksConflated);
        Assert.Equal(EngineState.Stopped, engine.State);
        Assert.Throws<EngineStoppedException>(() => engine.PublishTick("BTC-USD", 100m, 1m, 0, 0));
        await Assert.ThrowsAsync<EngineStoppedException>(() => engine.ControlAsync(ControlAction.Halt));
        await Until.Done(engine.StopAsync());
        await engine.DisposeAsync();
    }

    [Fact]
    public void An_engine_is_started_once_and_takes_nothing_before()
    {
        using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        Assert.Throws<EngineStoppedException>(() => engine.PublishTick("BTC-USD", 100m, 1m, 0, 0));
        Assert.Throws<EngineStoppedException>(() => engine.Counters);
        engine.Start();
        Assert.Throws<InvalidOperationException>(engine.Start);
    }

    [Fact]
    public async Task A_gateway_is_told_whose_orders_these_are_before_it_is_driven()
    {
        ScriptedGateway? venue = null;
        TradingEngineOptions options = Market.Options(pairs => venue = new ScriptedGateway(pairs));
        await using MultiPairOrchestrator portfolio = Market.Started(options, "BTC-USD");
        Assert.NotNull(venue);
        Assert.Equal((portfolio.Engine.EngineId, portfolio.Engine.Epoch), venue.Identity);
    }

    [Fact]
    public async Task Two_engines_in_one_process_know_nothing_of_each_other()
    {
        await using MultiPairOrchestrator one = Market.Started(Market.Options(), "BTC-USD", "ETH-USD");
        await using MultiPairOrchestrator two = Market.Started(
            Market.Options() with { Topology = Topology.Inline }, "BTC-USD");
        await Market.HoldAsync(one, "BTC-USD");
        await Until.Done(two.HandlePriceUpdateAsync("BTC-USD", 55m));
        await Until.Done(two.Engine.ControlAsync(ControlAction.Halt));
        await Until.True(() => two.GetPortfolioStatus().Mode == TradingMode.Halted, "the second is halted");
        Assert.Equal(TradingMode.Trading, one.GetPortfolioStatus().Mode);
        Assert.Equal(0, two.GetPortfolioStatus().Metrics.ActivePositions);
        Assert.Equal(1, one.GetPortfolioStatus().Metrics.ActivePositions);
        Assert.NotEqual(one.Engine.EngineId, two.Engine.EngineId);
    }

    [Fact]
    public async Task Time_is_that_of_the_given_clock()
    {
        ManualClock clock = new();
        await using MultiPairOrchestrator orchestrator = Market.Started(
            Market.Options() with { Time = clock }, "BTC-USD");
        Assert.Equal(clock.GetUtcNow(), orchestrator.GetPortfolioStatus().At);
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        clock.Advance(TimeSpan.FromSeconds(31));
        await Until.True(
            () => orchestrator.GetPortfolioStatus().At == clock.GetUtcNow(), "a timer event told the new time");
        EntryResult result = Assert.Single(
            await Until.Done(orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD")])));
        Assert.Equal(RiskVerdict.PriceStale, result.Verdict);
    }

    [Fact]
    public async Task A_journal_that_fails_refuses_entries_until_it_is_well_again()
    {
        HeldJournal journal = new() { Health = Persistence.JournalHealth.Failed };
        await using MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(Market.Options()) { JournalForTests = _ => journal }, "BTC-USD");
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        Assert.Equal(RiskVerdict.JournalFailed, await VerdictAsync(orchestrator));
        journal.Health = Persistence.JournalHealth.Lagging;
        await Until.True(() => VerdictAsync(orchestrator).Result == RiskVerdict.JournalLag, "lagging is told");
        journal.Health = Persistence.JournalHealth.Ok;
        await Until.True(() => !VerdictIsHealth(orchestrator, journal), "well again is told");
    }

    [Fact]
    public async Task A_stop_that_waits_for_a_commit_in_vain_says_so()
    {
        HeldJournal journal = new();
        MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(Market.Options() with { StopTimeout = TimeSpan.FromMilliseconds(200) })
            {
                JournalForTests = _ => journal,
            },
            "BTC-USD");
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        Task<IReadOnlyList<EntryResult>> entry = orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD")]);
        await Until.True(() => journal.Waiting.Count == 1, "the intent waits for its commit");
        TimeoutException late = await Assert.ThrowsAsync<TimeoutException>(() => Until.Done(orchestrator.StopAsync()));
        Assert.Contains("1 intents", late.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EngineStoppedException>(() => Until.Done(entry));
        await orchestrator.DisposeAsync();
    }

    private static PortfolioStatus Settle(MultiPairOrchestrator orchestrator)
    {
        orchestrator.Engine.PublishTick("BTC-USD", 109m, 1m, 0, 0);
        return orchestrator.GetPortfolioStatus();
    }

    private static async Task<RiskVerdict> VerdictAsync(MultiPairOrchestrator orchestrator) =>
        (await Until.Done(orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD")])))[0].Verdict;

    private static bool VerdictIsHealth(MultiPairOrchestrator orchestrator, HeldJournal journal)
    {
        Task<RiskVerdict> verdict = VerdictAsync(orchestrator);
        SpinWait.SpinUntil(() => verdict.IsCompleted || !journal.Waiting.IsEmpty, TimeSpan.FromSeconds(10));
        if (!journal.Waiting.IsEmpty)
        {
            journal.AnswerOldest();
        }

        return verdict.Result is RiskVerdict.JournalLag or RiskVerdict.JournalFailed;
    }
}
