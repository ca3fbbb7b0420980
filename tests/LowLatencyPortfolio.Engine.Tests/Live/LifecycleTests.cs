using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>Calls that come too early, too late, twice, or while another one is at work.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task A_stop_before_the_start_has_nothing_to_stop()
    {
        await using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        await Until.Done(engine.StopAsync());
        Assert.Equal(EngineState.Created, engine.State);
        engine.Start();
        Assert.Equal(EngineState.Running, engine.State);
    }

    [Fact]
    public void An_engine_that_was_disposed_is_not_started_any_more()
    {
        TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        engine.Dispose();
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(engine.Start);
        Assert.Equal(EngineState.Stopped, engine.State);
        Assert.True(engine.Completion.IsCompleted);
        Assert.Throws<EngineStoppedException>(() => engine.PublishTick("BTC-USD", 100m, 1m, 0, 0));
    }

    [Fact]
    public async Task An_orchestrator_that_was_disposed_or_not_started_says_so()
    {
        MultiPairOrchestrator orchestrator = new(Market.Options());
        (ProductSpec product, PairConfig config) = Market.Pair("BTC-USD");
        orchestrator.RegisterPair(config, product);
        Assert.Throws<EngineStoppedException>(() => orchestrator.Engine);
        Assert.Throws<EngineStoppedException>(() => orchestrator.GetPortfolioStatus());
        await Assert.ThrowsAsync<EngineStoppedException>(
            () => orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD")]));
        await Assert.ThrowsAsync<EngineStoppedException>(() => orchestrator.EmergencyLiquidatePortfolioAsync());
        await Until.Done(orchestrator.StopAsync());
        orchestrator.Dispose();
        orchestrator.Dispose();
        Assert.Throws<ObjectDisposedException>(orchestrator.Start);
    }

    [Fact]
    public async Task An_entry_that_is_none_is_refused_before_any_is_submitted()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD");
        await Assert.ThrowsAsync<ArgumentException>(
            "entries", () => orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD"), null!]));
        Assert.Equal(0, orchestrator.AwaitedEntries);
    }

    [Fact]
    public async Task A_stop_that_comes_while_the_engine_starts_ends_it()
    {
        using ManualResetEventSlim opening = new();
        using ManualResetEventSlim goOn = new();
        TradingEngineOptions options = Market.Options(pairs =>
        {
            opening.Set();
            Assert.True(goOn.Wait(TimeSpan.FromSeconds(30)));
            return new ScriptedGateway(pairs);
        });
        await using TradingEngine engine = new(options, Market.Pairs("BTC-USD"));
        Task starting = Task.Run(engine.Start);
        Assert.True(opening.Wait(TimeSpan.FromSeconds(30)));
        Task stopping = engine.StopAsync();
        goOn.Set();
        await Until.Done(stopping);
        Assert.Equal(EngineState.Stopped, engine.State);
        await Assert.ThrowsAsync<EngineStoppedException>(() => Until.Done(starting));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]      // the alarm may be told only by the engine's end then
    public async Task A_handler_of_alarms_may_end_the_engine_and_wait_for_it(bool endsAtOnce)
    {
        TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        TaskCompletionSource ended = new();
        engine.Alarmed += _ =>
        {
            engine.Dispose();
            ended.TrySetResult();
        };
        engine.Start();
        await Until.Done(engine.ControlAsync(ControlAction.Halt));
        Task stopping = endsAtOnce ? engine.StopAsync() : Task.CompletedTask;
        await Until.Done(ended.Task);
        await Until.Done(stopping);
        Assert.Equal(EngineState.Stopped, engine.State);
    }

    [Fact]
    public async Task Stops_from_many_threads_are_one_stop()
    {
        await using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        engine.Start();
        await Until.Done(Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(engine.StopAsync))));
        Assert.Equal(EngineState.Stopped, engine.State);
        await Until.Done(engine.StopAsync());
    }

    [Fact]
    public void What_was_not_given_is_named()
    {
        Assert.Throws<ArgumentNullException>("options", () => new TradingEngine(null!, Market.Pairs("BTC-USD")));
        Assert.Throws<ArgumentNullException>("pairs", () => new TradingEngine(Market.Options(), null!));
        Assert.Throws<ArgumentNullException>(
            "pairs[1].Config",
            () => new TradingEngine(
                Market.Options(), [Market.Pair("BTC-USD"), (Market.Pair("ETH-USD").Product, null!)]));
        Assert.Throws<ArgumentNullException>(
            "options.Paper",
            () => new TradingEngine(Market.Options() with { Paper = null! }, Market.Pairs("BTC-USD")));
    }

    [Fact]
    public void What_would_fail_at_the_start_is_a_fault_of_the_configuration_before_it()
    {
        TradingEngineOptions options = Market.Options() with
        {
            RingCapacity = 1_000, InboxCapacity = 0, MaxPriceAgeSeconds = 0, StopTimeout = TimeSpan.Zero,
            ReconcileConfirmAfter = TimeSpan.FromSeconds(-1), FillsOverlap = TimeSpan.FromSeconds(-1),
            ReconcileTimeout = Timeout.InfiniteTimeSpan,
        };
        ConfigurationException refusal =
            Assert.Throws<ConfigurationException>(() => new TradingEngine(options, Market.Pairs("BTC-USD")));
        Assert.Equal(
            ["engine.ringCapacity", "engine.inboxCapacity", "engine.maxPriceAgeSeconds", "engine.stopTimeout",
                "engine.reconcileConfirmAfter", "engine.fillsOverlap", "engine.reconcileTimeout"],
            refusal.Faults.Select(fault => fault.Path));
        Assert.Contains(
            "engine.ringCapacity is 1000; allowed: a power of two", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_of_alarms_that_throws_does_not_keep_the_others_from_hearing()
    {
        await using TradingEngine engine = new(Market.Options(), Market.Pairs("BTC-USD"));
        TaskCompletionSource<EngineAlarm> told = new();
        engine.Alarmed += _ => throw new InvalidOperationException("a listener has a fault of its own");
        engine.Alarmed += alarm => told.TrySetResult(alarm);
        engine.Start();
        await Until.Done(engine.ControlAsync(ControlAction.Halt));
        Assert.Equal(HistoryAction.Halted, (await Until.Done(told.Task)).Action);
    }
}
