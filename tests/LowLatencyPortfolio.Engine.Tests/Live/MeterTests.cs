using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Live;

/// <summary>What a collector of metrics reads from an engine that runs.</summary>
public sealed class MeterTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Engine, string Name), double> _read = new();
    private readonly ConcurrentDictionary<string, string?> _units = new();

    public MeterTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "LowLatencyPortfolio")
            {
                _units[instrument.Name] = instrument.Unit;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_running_engine_shows_its_figures_and_one_that_has_ended_none()
    {
        ManualClock clock = new();
        MultiPairOrchestrator orchestrator =
            Market.Started(Market.Options() with { Time = clock }, "BTC-USD", "ETH-USD");
        TradingEngine engine = orchestrator.Engine;
        string id = engine.EngineId;
        await using (orchestrator)
        {
            await Market.HoldAsync(orchestrator, "BTC-USD");
            engine.PublishFeedState(1, HealthFlag.FeedDown, isBad: true);
            EntrySignalRefused(await Until.Done(orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("ETH-USD")])));
            await Until.Done(engine.RefreshBoardAsync());
            clock.Advance(TimeSpan.FromSeconds(7));
            await Until.Done(engine.RefreshBoardAsync());
            await Until.True(() => Read(id, "llp.feed.age") == 7, "the price is seven seconds old");

            PortfolioStatus status = await Until.Done(orchestrator.GetPortfolioStatusAsync());
            Assert.Equal((double)status.Metrics.Equity, Read(id, "llp.equity"));
            Assert.Equal((double)status.Metrics.DeployedCapital, Read(id, "llp.deployed"));
            Assert.Equal(1, Read(id, "llp.positions"));
            Assert.Equal(1, Read(id, "llp.orders.open"));               // its stop
            Assert.Equal(7, Read(id, "llp.feed.age.held"));
            Assert.Equal(1, Read(id, "llp.feed.pairs_down"));
            Assert.Equal(1, Read(id, "llp.user_channel.up"));
            Assert.Equal(1, Read(id, "llp.reconciled"));
            Assert.Equal(0, Read(id, "llp.naked"));
            Assert.Equal(0, Read(id, "llp.mode"));
            Assert.Equal(0, Read(id, "llp.journal.health"));
            Assert.Equal(2, Read(id, "llp.orders"));
            Assert.Equal(1, Read(id, "llp.fills"));
            Assert.Equal(1, Read(id, "llp.stops.placed"));
            Assert.Equal(1, Read(id, "llp.orders.refused/PRICE_MISSING"));
            Assert.Equal(engine.Counters.Pipeline.Ticks, Read(id, "llp.ticks"));
            await Until.Done(engine.ControlAsync(ControlAction.Halt));
            await Until.True(() => Read(id, "llp.mode") == 2, "it is halted");
        }

        _read.Clear();
        _listener.RecordObservableInstruments();
        Assert.DoesNotContain(_read.Keys, key => key.Engine == id);
    }

    [Fact]
    public async Task Every_name_and_unit_stands_in_the_map()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD");
        string[] map = await File.ReadAllLinesAsync(
            Path.Combine(ReadmeTests.Root(), "src", "LowLatencyPortfolio.Engine", "README.md"),
            TestContext.Current.CancellationToken);
        Assert.NotEmpty(_units);
        Assert.All(_units, instrument => Assert.Contains(
            map, line => line.Contains($"`{instrument.Key}`", StringComparison.Ordinal)
                && line.Contains(instrument.Value == "USD" ? "quote" : instrument.Value!, StringComparison.Ordinal)));
    }

    private static void EntrySignalRefused(IReadOnlyList<EntryResult> results) =>
        Assert.Equal(RiskVerdict.PriceMissing, Assert.Single(results).Verdict);

    private double? Read(string engine, string name)
    {
        _listener.RecordObservableInstruments();
        return _read.TryGetValue((engine, name), out double value) ? value : null;
    }

    // Engines of other tests have the same meter.
    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string engine = string.Empty;
        string name = instrument.Name;
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            engine = tag.Key == "engine" ? (string)tag.Value! : engine;
            name += tag.Key == "limit" ? "/" + (string)tag.Value! : string.Empty;
        }

        _read[(engine, name)] = value;
    }
}
