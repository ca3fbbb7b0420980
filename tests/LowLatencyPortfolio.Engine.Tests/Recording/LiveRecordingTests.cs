using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recording;

/// <summary>Live, an event's place in the ring is its truth; a recording keeps it.</summary>
public sealed class LiveRecordingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-live-rec-");

    private string File => Path.Combine(_folder.FullName, "live.rec");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Inline)]
    public async Task Two_sessions_on_one_database_are_each_replayed_to_their_own_hash(Topology topology)
    {
        TradingEngineOptions options = Market.Options() with
        {
            DatabasePath = Path.Combine(_folder.FullName, "live.db"), RecordPath = File, Topology = topology,
        };
        string engineId;
        await using (MultiPairOrchestrator first = Market.Started(options, "BTC-USD", "ETH-USD"))
        {
            engineId = first.Engine.EngineId;
            await Market.HoldAsync(first, "BTC-USD", "ETH-USD");
            await Until.Done(first.StopAsync());
        }

        RecordingResult opened = Played(engineId);
        await using (MultiPairOrchestrator second = Market.Started(options, "BTC-USD", "ETH-USD"))
        {
            await Until.Done(second.HandlePriceUpdateAsync("BTC-USD", 97.5m));
            await Until.True(() => second.GetPortfolioStatus().Pair("BTC-USD").Held == 0m, "the stop sold");
            LiquidationResult closed = await Until.Done(second.EmergencyLiquidatePortfolioAsync());
            await Until.Done(second.HandlePriceUpdateAsync("ETH-USD", 99m));
            await Until.Done(closed.Flat);
            await Until.Done(second.StopAsync());
        }

        Assert.NotEqual(opened.Hash, Played(engineId).Hash);
    }

    [Fact]
    public async Task An_engine_that_faulted_leaves_a_recording_that_is_played_up_to_the_fault()
    {
        TradingEngineOptions options = Market.Options(pairs => new ScriptedGateway(pairs)
        {
            OnSubmit = _ => throw new InvalidOperationException("the venue broke"),
        }) with { RecordPath = File };
        await using (MultiPairOrchestrator engine = Market.Started(options, "BTC-USD"))
        {
            await Until.Done(engine.HandlePriceUpdateAsync("BTC-USD", 100m));
            engine.Engine.Input.PostEntry(0, OrderType.Limit, 100_0000_0000, 10_0000_0000, source: 0);
            await Until.Done(engine.Engine.Completion);
            Assert.Equal(EngineState.Faulted, engine.Engine.State);
        }

        RecordingResult played = RecordingReplay.Run(File);
        Assert.Contains("it has no end, so its run was broken off", played.Fault, StringComparison.Ordinal);
        Assert.True(played.Events >= 3, "the price, the entry and its commit");
        Assert.NotEqual(default, played.Hash);
    }

    private RecordingResult Played(string engineId)
    {
        RecordingResult result = RecordingReplay.Run(File);
        Assert.Null(result.Fault);
        Assert.Equal((engineId, result.Hash), (result.EngineId, result.RecordedHash));
        Assert.Equal(result.Hash, RecordingReplay.Run(File, Topology.Fused).Hash);
        return result;
    }
}
