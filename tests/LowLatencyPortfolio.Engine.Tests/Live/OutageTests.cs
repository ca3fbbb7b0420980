using System.Collections.Concurrent;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Live;

/// <summary>A person is told once that something has been away for too long, and once that it is back.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("llp-outage-").FullName;
    private readonly ManualClock _clock = new();
    private readonly ConcurrentQueue<EngineAlarm> _alarms = new();

    private string Database => Path.Combine(_folder, "llp.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(HealthFlag.FeedDown, 30, "FEED", "no prices come;", "prices come again, after 41 s")]
    [InlineData(HealthFlag.ClockSkew, 15, "CLOCK", "our clock and the venue's differ", "agree again, after 26 s")]
    public async Task An_outage_is_told_when_it_lasts_and_when_it_is_over(
        HealthFlag flag, int quietSeconds, string detail, string began, string ended)
    {
        await using (MultiPairOrchestrator orchestrator = Started("BTC-USD", "ETH-USD"))
        {
            TradingEngine engine = orchestrator.Engine;
            for (int reconnect = 0; reconnect < 3; reconnect++)
            {
                await TellAsync(engine, flag, isBad: true, seconds: quietSeconds - 1);
                await TellAsync(engine, flag, isBad: false, seconds: 6);
            }

            await TellAsync(engine, flag, isBad: true, seconds: quietSeconds + 1);
            await Until.True(() => _alarms.Count == 1, "it is told");

            // What comes and goes is one outage.
            await TellAsync(engine, flag, isBad: false, seconds: 4);
            await TellAsync(engine, flag, isBad: true, seconds: 6);
            await TellAsync(engine, flag, isBad: false, seconds: 6);
            await Until.True(() => _alarms.Count == 2, "its end is told");
            await TellAsync(engine, flag, isBad: false, seconds: 60);
        }

        Assert.Equal([HistoryAction.OutageBegan, HistoryAction.OutageEnded], _alarms.Select(alarm => alarm.Action));
        Assert.Equal([false, true], _alarms.Select(alarm => alarm.IsOver));
        Assert.All(_alarms, alarm => Assert.Null(alarm.ProductId));
        Assert.Contains(began, _alarms.First().Text, StringComparison.Ordinal);
        Assert.EndsWith(ended, _alarms.Last().Text, StringComparison.Ordinal);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        Assert.Equal(
            [(HistoryAction.OutageBegan, detail), (HistoryAction.OutageEnded, detail)],
            database.History().Select(row => (row.Action, row.Detail)));
    }

    [Fact]
    public async Task One_pair_without_a_price_is_told_of_when_it_is_held_and_the_others_have_theirs()
    {
        await using MultiPairOrchestrator orchestrator = Started("BTC-USD", "ETH-USD", "SOL-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD");
        TradingEngine engine = orchestrator.Engine;
        engine.PublishFeedState(0, HealthFlag.FeedDown, isBad: true);
        engine.PublishFeedState(1, HealthFlag.FeedDown, isBad: true);
        await PassAsync(engine, seconds: 299);
        await PassAsync(engine, seconds: 2);
        await Until.True(() => !_alarms.IsEmpty, "it is told");
        await PassAsync(engine, seconds: 1_000);
        engine.PublishFeedState(0, HealthFlag.FeedDown, isBad: false);
        await PassAsync(engine, seconds: 6);
        await Until.True(() => _alarms.Count == 2, "its end is told");
        Assert.Equal(["BTC-USD", "BTC-USD"], _alarms.Select(alarm => alarm.ProductId));
        Assert.Contains("its stop rests where it is", _alarms.First().Text, StringComparison.Ordinal);
        Assert.EndsWith("prices come again, after 1301 s", _alarms.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_no_pair_has_a_price_that_is_told_once()
    {
        await using MultiPairOrchestrator orchestrator = Started("BTC-USD", "ETH-USD");
        await Market.HoldAsync(orchestrator, "BTC-USD", "ETH-USD");
        TradingEngine engine = orchestrator.Engine;
        engine.PublishFeedState(-1, HealthFlag.FeedDown, isBad: true);
        await PassAsync(engine, seconds: 4_000);
        await PassAsync(engine, seconds: 4_000);
        engine.PublishFeedState(-1, HealthFlag.FeedDown, isBad: false);
        await PassAsync(engine, seconds: 6);
        await Until.True(() => _alarms.Count == 2, "its end is told");
        Assert.All(_alarms, alarm => Assert.Null(alarm.ProductId));
    }

    private MultiPairOrchestrator Started(params string[] products)
    {
        MultiPairOrchestrator orchestrator = new(
            Market.Options() with { Time = _clock, DatabasePath = Database });
        foreach ((Domain.ProductSpec product, Domain.PairConfig config) in Market.Pairs(products))
        {
            orchestrator.RegisterPair(config, product);
        }

        orchestrator.Build().Alarmed += _alarms.Enqueue;
        orchestrator.Start();
        return orchestrator;
    }

    private Task TellAsync(TradingEngine engine, HealthFlag flag, bool isBad, int seconds)
    {
        engine.PublishFeedState(-1, flag, isBad);
        return PassAsync(engine, seconds);
    }

    // What was published has passed before the clock moves; a tenth of a second later the engine has seen it.
    private async Task PassAsync(TradingEngine engine, int seconds)
    {
        TimeSpan first = TimeSpan.FromMilliseconds(100);
        await Until.Done(engine.RefreshBoardAsync());
        await AdvanceAsync(engine, first);
        await AdvanceAsync(engine, TimeSpan.FromSeconds(seconds) - first);
    }

    // Until the engine's own timer has passed: nothing else writes the board.
    private async Task AdvanceAsync(TradingEngine engine, TimeSpan by)
    {
        _clock.Advance(by);
        PortfolioSnapshot snapshot = engine.Board.NewSnapshot();
        await Until.True(
            () =>
            {
                engine.Board.Read(snapshot);
                return snapshot.Portfolio.AtNs >= EngineLoop.NowNs(_clock);
            },
            "a timer has passed");
    }
}
