using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class RestartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-engine-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "live.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Inline)]
    public async Task A_position_and_its_stop_go_on_after_a_stop_and_a_start(Topology topology)
    {
        TradingEngineOptions options = Market.Options() with { DatabasePath = Path, Topology = topology };
        string firstId;
        await using (MultiPairOrchestrator first = Market.Started(options, "BTC-USD", "ETH-USD"))
        {
            await Market.HoldAsync(first, "BTC-USD");
            firstId = first.Engine.EngineId;
            Assert.Equal(1, first.Engine.Epoch);
            await Until.Done(first.StopAsync());
        }

        await using MultiPairOrchestrator second = Market.Started(options, "BTC-USD", "ETH-USD");
        Assert.Equal(firstId, second.Engine.EngineId);
        Assert.Equal(2, second.Engine.Epoch);
        PairStatus held = second.GetPortfolioStatus().Pair("BTC-USD");
        Assert.Equal(10m, held.Held);
        Assert.Equal(98m, held.StopTrigger);

        await Until.Done(second.HandlePriceUpdateAsync("BTC-USD", 97.5m));      // the venue still has the stop
        await Until.True(() => second.GetPortfolioStatus().Pair("BTC-USD").Held == 0m, "the stop sold");
        await Until.Done(second.StopAsync());
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Path);
        Assert.Equal(
            [HistoryAction.EntrySubmitted, HistoryAction.EntryFilled, HistoryAction.StopPlaced,
                HistoryAction.StopTriggered, HistoryAction.ExitFilled],
            database.History().Select(row => row.Action));
        PositionRow position = Assert.Single(database.Positions());
        Assert.Equal(0m, position.Quantity);
        Assert.StartsWith($"llp-{firstId}-1-", database.Orders()[0].OrderId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_halt_outlives_a_restart()
    {
        TradingEngineOptions options = Market.Options() with { DatabasePath = Path };
        await using (MultiPairOrchestrator first = Market.Started(options, "BTC-USD"))
        {
            await Until.Done(first.Engine.ControlAsync(ControlAction.Halt));
            await Until.Done(first.StopAsync());
        }

        await using MultiPairOrchestrator second = Market.Started(options, "BTC-USD");
        Assert.Equal(TradingMode.Halted, second.GetPortfolioStatus().Mode);
    }

    [Fact]
    public async Task A_session_that_broke_off_after_it_had_sent_orders_is_not_continued()
    {
        ScriptedGateway? venue = null;
        TradingEngineOptions options =
            Market.Options(pairs => venue = new ScriptedGateway(pairs)) with { DatabasePath = Path };
        await using (MultiPairOrchestrator first = Market.Started(options, "BTC-USD"))
        {
            await Market.HoldAsync(first, "BTC-USD");
            venue!.OnSubmit = _ => throw new InvalidOperationException("the wire is cut");
            first.Engine.PublishTick("BTC-USD", 110m, 0m, 0, 0);
            await Until.Done(first.Engine.Completion);
        }

        JournalException refusal = Assert.Throws<JournalException>(() => Market.Started(options, "BTC-USD"));
        Assert.Contains("session live-1 did not stop in order", refusal.Message, StringComparison.Ordinal);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Path);
        Assert.Equal("1", database.Meta()["epoch"]);
        Assert.Equal(TradingMode.Halted, database.Portfolio().Mode);
    }

    [Fact]
    public async Task A_session_that_broke_off_before_its_first_order_is_begun_again_in_its_mode()
    {
        TradingEngineOptions options = Market.Options() with { DatabasePath = Path };
        ScriptedGateway? venue = null;
        await using (MultiPairOrchestrator first = Market.Started(
            Market.Options(pairs => venue = new ScriptedGateway(pairs)) with { DatabasePath = Path }, "BTC-USD"))
        {
            await Until.Done(first.Engine.ControlAsync(ControlAction.ReduceOnly));
            venue!.BreaksAtNextTick = true;
            first.Engine.PublishTick("BTC-USD", 110m, 0m, 0, 0);
            await Until.Done(first.Engine.Completion);
            Assert.Equal(EngineState.Faulted, first.Engine.State);
        }

        await using MultiPairOrchestrator second = Market.Started(options, "BTC-USD");
        Assert.Equal(2, second.Engine.Epoch);
        Assert.Equal(TradingMode.ReduceOnly, second.GetPortfolioStatus().Mode);
    }

    [Fact]
    public async Task A_stopped_engine_that_was_halted_trades_again_after_a_resume()
    {
        TradingEngineOptions options = Market.Options() with { DatabasePath = Path };
        await using (MultiPairOrchestrator first = Market.Started(options, "BTC-USD"))
        {
            await Market.HoldAsync(first, "BTC-USD");
            await Until.Done(first.Engine.ControlAsync(ControlAction.Halt));
            await Until.Done(first.StopAsync());
        }

        ResumeResult result = await Task.Run(() => PortfolioResume.Run(
            new ResumeRequest { DatabasePath = Path, Portfolio = options.Portfolio, Paper = options.Paper }));
        Assert.Equal((TradingMode.Halted, TradingMode.Trading), (result.Before, result.After));
        await using MultiPairOrchestrator second = Market.Started(options, "BTC-USD");
        Assert.Equal(TradingMode.Trading, second.GetPortfolioStatus().Mode);
        Assert.Equal((10m, 98m), (second.GetPortfolioStatus().Pair("BTC-USD").Held,
            second.GetPortfolioStatus().Pair("BTC-USD").StopTrigger));
        await Until.Done(second.StopAsync());
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Path);
        Assert.Single(database.History(), row => row.Action == HistoryAction.Resumed);
    }

    [Fact]
    public async Task Portfolio_that_is_resumed_without_a_configuration_keeps_the_limits_it_was_started_with()
    {
        TradingEngineOptions options = Market.Options() with
        {
            DatabasePath = Path,
            Portfolio = new PortfolioConfig { MaxPositions = 3, EmergencyLiquidationLossPct = -7m },
            Paper = new PaperConfig { TakerFee = 0.004m },
        };
        await using (MultiPairOrchestrator first = Market.Started(options, "BTC-USD"))
        {
            await Until.Done(first.Engine.ControlAsync(ControlAction.Halt));
            await Until.Done(first.StopAsync());
        }

        ResumeResult result = await Task.Run(() => PortfolioResume.Run(new ResumeRequest { DatabasePath = Path }));
        Assert.Equal((TradingMode.Halted, TradingMode.Trading), (result.Before, result.After));
        Assert.Equal(93_000m, result.Floor);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Path);
        Assert.Equal(new LimitsRow(options.Portfolio, 0.004m, AreStored: true), database.Limits());
    }

    [Fact]
    public async Task Portfolio_whose_state_another_program_laid_out_is_resumed_by_the_start_that_recovers_it()
    {
        TradingEngineOptions options = Market.Options() with { DatabasePath = Path };
        await using (MultiPairOrchestrator first = Market.Started(options, "BTC-USD"))
        {
            await Market.HoldAsync(first, "BTC-USD");
            await Until.Done(first.Engine.ControlAsync(ControlAction.Halt));
            await Until.Done(first.StopAsync());
        }

        Recovery.StoredLayout.Change(Path, "engine-2 0123456789abcdef");
        ResumeRequest request = new() { DatabasePath = Path };
        JournalException refusal =
            await Task.Run(() => Assert.Throws<JournalException>(() => PortfolioResume.Run(request)));
        Assert.Contains(
            ": session live-1 stored its state in another layout than this program's, and what its orders became",
            refusal.Message, StringComparison.Ordinal);
        await using (MultiPairOrchestrator second = Market.Started(options, "BTC-USD"))
        {
            Assert.Equal(
                [ReconcileFinding.StateSetAside, ReconcileFinding.VenueBeganAnew],
                second.Engine.Reconciliation!.Lines.Select(line => line.Finding));
            Assert.Equal(TradingMode.Halted, second.GetPortfolioStatus().Mode);
            Assert.Equal(10m, second.GetPortfolioStatus().Pair("BTC-USD").Held);
            await Until.Done(second.StopAsync());
        }

        Assert.Equal(TradingMode.Trading, (await Task.Run(() => PortfolioResume.Run(request))).After);
    }

    [Fact]
    public async Task Other_pairs_than_those_of_the_stored_state_are_refused_by_name()
    {
        TradingEngineOptions options = Market.Options() with { DatabasePath = Path };
        await using (MultiPairOrchestrator first = Market.Started(options, "BTC-USD"))
        {
            await Until.Done(first.StopAsync());
        }

        JournalException refusal = Assert.Throws<JournalException>(() => Market.Started(options, "ETH-USD"));
        Assert.Contains("BTC-USD", refusal.Message, StringComparison.Ordinal);
        await using MultiPairOrchestrator third = Market.Started(options, "BTC-USD");
        Assert.Equal(2, third.Engine.Epoch);
    }

    [Fact]
    public async Task A_second_engine_on_the_same_database_is_refused_and_the_first_goes_on()
    {
        TradingEngineOptions options = Market.Options() with { DatabasePath = Path };
        await using MultiPairOrchestrator first = Market.Started(options, "BTC-USD");
        Assert.Throws<JournalException>(() => Market.Started(options, "BTC-USD"));
        await Market.HoldAsync(first, "BTC-USD");
    }
}
