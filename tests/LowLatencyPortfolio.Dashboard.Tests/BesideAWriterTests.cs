using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Tests;

/// <summary>The dashboard while an engine writes.</summary>
public sealed class BesideAWriterTests
{
    private static readonly string[] MayDiffer =
        ["elapsedMs", "ticksPerSecond", "pipelineAllocatedBytes", "gen0Collections"];

    [Fact]
    public void Every_look_at_a_running_replay_balances_and_the_run_does_not_notice()
    {
        using MadeMarket undisturbed = new MadeMarket(seed: 11, ticks: 8_000).Run();
        using MadeMarket market = new(seed: 11, ticks: 8_000);
        using ProgramProcess run = ProgramProcess.Llp(market.ScriptedArguments);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(market.Database), ProgramProcess.Deadline));
        long newest = 0;
        do
        {
            PortfolioPicture picture = Look(market.Database);
            Assert.Equal(picture.Metrics.Equity - picture.Metrics.TotalCapital, picture.Account.Net);
            Assert.True(picture.AtNs >= newest, "time went back");
            newest = picture.AtNs;
        }
        while (!run.HasExited);

        Assert.Equal(0, run.Finish().ExitCode);
        Assert.Equal(Result(undisturbed), Result(market));
        Assert.Equal(
            Dashboard.Text("history --last 0", undisturbed.Database),
            Dashboard.Text("history --last 0", market.Database));
    }

    [Fact]
    public async Task A_position_of_a_live_engine_is_valued_at_its_newest_price_while_the_engine_runs()
    {
        using MadeMarket folder = new(seed: 1, ticks: 4);
        TradingEngineOptions options = new()
        {
            DatabasePath = folder.Database,
            Portfolio = new PortfolioConfig { MaxPositions = 7 },
            Paper = new PaperConfig { SlippageBps = 0m },
            Topology = Topology.Fused,
        };
        ProductSpec product = new("BTC-USD", priceIncrement: 0.01m, quantityIncrement: 0.00000001m);
        PairConfig pair = new() { ProductId = "BTC-USD", TrailPct = 0.2m };
        await using TradingEngine engine = new(options, [(product, pair)]);
        engine.Start();
        Assert.True(engine.PublishTick("BTC-USD", 40_000m, 1m, 0, 0));
        engine.SubmitEntry(0, OrderType.Market, limit: 0, quantity: 0);
        PortfolioSnapshot board = engine.Board.NewSnapshot();
        await UntilAsync(() =>
        {
            _ = engine.PublishTick("BTC-USD", 40_000m, 1m, 0, 0);
            engine.Board.Read(board);
            return board.Pairs[0].Held > 0;
        });
        Assert.True(engine.PublishTick("BTC-USD", 41_000m, 1m, 0, 0));
        await UntilAsync(() => Look(folder.Database).Pairs[0] is { Mark: 41_000m, MarkKnownAtNs: not null });
        PortfolioPicture picture = Look(folder.Database);
        Assert.Equal(picture.Pairs[0].Held * 1_000m, picture.Metrics.UnrealizedPnl);
        Assert.Equal(picture.Metrics.Equity - picture.Metrics.TotalCapital, picture.Account.Net);
        Assert.Equal(7, picture.Limits.Portfolio.MaxPositions);
        Assert.Contains("prices of ", Dashboard.Text("summary", folder.Database), StringComparison.Ordinal);
        await engine.StopAsync();
        Assert.Equal(engine.ReadOutcome().Metrics.Equity, Look(folder.Database).Metrics.Equity);
    }

    private static PortfolioPicture Look(string path)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        return PortfolioPicture.Read(database);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource deadline = new(ProgramProcess.Deadline);
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string Result(MadeMarket market) => string.Join(
        '\n',
        JsonDocument.Parse(File.ReadAllText(market.InFolder("result.json"))).RootElement.EnumerateObject()
            .Where(property => !MayDiffer.Contains(property.Name))
            .Select(property => $"{property.Name}={property.Value}"));
}
