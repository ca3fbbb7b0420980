using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>The paper venue dies with its program; positions, money and protection do not.</summary>
public sealed class PaperCrashTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-paper-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "live.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Position_is_protected_again_and_can_be_sold()
    {
        await CrashAsync(async engine => await Market.HoldAsync(engine, "BTC-USD"));
        await using MultiPairOrchestrator second = Market.Started(Options(), "BTC-USD", "ETH-USD");
        Assert.Equal(
            [ReconcileFinding.VenueBeganAnew],
            second.Engine.Reconciliation!.Lines.Select(line => line.Finding));
        await Until.True(() => StopsOf() == 1, "the stop rests again");
        await Until.Done(second.HandlePriceUpdateAsync("BTC-USD", 97.5m));
        await Until.True(() => second.GetPortfolioStatus().Pair("BTC-USD").Held == 0m, "it sold");
    }

    [Fact]
    public async Task Entry_that_worked_ended_with_the_venue_and_its_capital_is_free()
    {
        await CrashAsync(async engine =>
        {
            await Until.Done(engine.HandlePriceUpdateAsync("BTC-USD", 100m));
            await Until.Done(engine.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD", limit: 99m)]));
        });
        await using MultiPairOrchestrator second = Market.Started(Options(), "BTC-USD", "ETH-USD");
        await Until.True(
            () => second.GetPortfolioStatus().Metrics.ReservedCapital == 0m, "the capital is free");
        await Market.HoldAsync(second, "BTC-USD");
    }

    [Fact]
    public async Task A_clean_stop_after_a_crash_is_continued_like_any_other()
    {
        await CrashAsync(async engine => await Market.HoldAsync(engine, "BTC-USD"));
        await using (MultiPairOrchestrator second = Market.Started(Options(), "BTC-USD", "ETH-USD"))
        {
            await Until.True(() => StopsOf() == 1, "the stop rests again");
            await Until.Done(second.StopAsync());
        }

        await using MultiPairOrchestrator third = Market.Started(Options(), "BTC-USD", "ETH-USD");
        Assert.Null(third.Engine.Reconciliation);
        Assert.Equal(10m, third.GetPortfolioStatus().Pair("BTC-USD").Held);
    }

    [Fact]
    public async Task Instruction_to_trade_again_waits_for_a_clean_stop()
    {
        await CrashAsync(async engine =>
        {
            await Market.HoldAsync(engine, "BTC-USD");
            await Until.Done(engine.Engine.ControlAsync(ControlAction.Halt));
        });
        JournalException refusal = Assert.Throws<JournalException>(
            () => PortfolioResume.Run(new ResumeRequest { DatabasePath = Path }));
        Assert.Contains("did not stop in order", refusal.Message, StringComparison.Ordinal);
        await using MultiPairOrchestrator second = Market.Started(Options(), "BTC-USD", "ETH-USD");
        Assert.Equal(TradingMode.Halted, second.GetPortfolioStatus().Mode);
    }

    [Fact]
    public async Task Pairs_that_are_missing_are_named()
    {
        await CrashAsync(async engine => await Market.HoldAsync(engine, "BTC-USD"));
        JournalException refusal = Assert.Throws<JournalException>(() => Market.Started(Options(), "ETH-USD"));
        Assert.Contains("BTC-USD", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Money_and_counts_after_any_crash_are_those_before_it_to_the_last_digit(int seed)
    {
        Random random = new(seed);
        int ticks = random.Next(20, 160);
        (PortfolioMetrics before, long[] held) = await CrashAsync(engine => TradeAsync(engine, random, ticks));
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Path);
        PairSetup[] pairs = PairSetup.Arrange(Market.Pairs("BTC-USD", "ETH-USD"));
        StoredSession stored = SessionRecovery.Read(database, pairs);
        TradingEngineOptions options = Options() with { Topology = Topology.Inline };
        using TradingPipeline fresh = new(
            options.PipelineOptions, options.Portfolio, pairs, Market.Paper(pairs), new UnstoredJournal(() => { }));
        fresh.Recover(stored.Portfolio);
        PortfolioMetrics after = fresh.Metrics();
        string repeat = $"seed {seed}, {ticks} ticks";
        Assert.True(
            MoneyOf(before) == MoneyOf(after), $"{repeat}: {MoneyOf(before)} became {MoneyOf(after)}");
        Assert.Equal(held, pairs.Select(pair => CoinCheck.HeldOf(stored, pair)));
        foreach (PositionRow row in database.Positions().Where(row => row.Quantity > 0m && row.StopTrigger is not null))
        {
            StoredPosition position = stored.Portfolio.Positions.Single(
                position => pairs[position.Product].ProductId == row.ProductId);
            decimal highest = pairs[position.Product].Product.PriceOf(position.Highest);
            Assert.True(highest >= row.Highest, repeat);
            Assert.True(decimal.Floor(highest * 0.98m / 0.01m) * 0.01m >= row.StopTrigger, repeat);
        }
    }

    private static (decimal, decimal, decimal, decimal, int, decimal?) MoneyOf(PortfolioMetrics metrics) => (
        metrics.RealizedPnl, metrics.DeployedCapital, metrics.Fees, metrics.TotalCapital + metrics.RealizedPnl
        - metrics.DeployedCapital, (int)metrics.ClosedPositions, metrics.WinRatePct);

    private static async Task TradeAsync(MultiPairOrchestrator engine, Random random, int ticks)
    {
        decimal[] prices = [100m, 50m];
        string[] names = ["BTC-USD", "ETH-USD"];
        for (int i = 0; i < ticks; i++)
        {
            int pair = random.Next(2);
            prices[pair] = decimal.Round(prices[pair] * (1m + ((random.Next(401) - 200) / 20_000m)), 2);
            await Until.Done(engine.HandlePriceUpdateAsync(names[pair], prices[pair]));
            if (random.Next(6) == 0)
            {
                _ = await Until.Done(engine.SubmitCoordinatedEntriesAsync(
                    [Market.Buy(names[pair], prices[pair], 1m + (random.Next(90_000) / 10_000m))]));
            }
            else if (random.Next(40) == 0)
            {
                await Until.Done(engine.Engine.ControlAsync(ControlAction.Liquidate, pair));
            }
        }
    }

    private int StopsOf()
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Path);
        return database.Orders().Count(
            order => order.Purpose == OrderPurpose.Stop && order.State == OrderState.Working);
    }

    private TradingEngineOptions Options() => Market.Options() with { DatabasePath = Path };

    // The engine ends where it stands; what it had written down by then is committed, and nothing else is.
    private async Task<(PortfolioMetrics Metrics, long[] Held)> CrashAsync(Func<MultiPairOrchestrator, Task> trade)
    {
        BreakingPaper? venue = null;
        TradingEngineOptions options = Options() with
        {
            Gateway = pairs => venue = new BreakingPaper(Market.Paper(pairs)),
            Portfolio = Options().Portfolio with { MaxOrderNotional = 100_000m, DailyLossPct = -99m },
        };
        await using MultiPairOrchestrator engine = Market.Started(options, "BTC-USD", "ETH-USD");
        await trade(engine);
        venue!.Breaks = true;
        await Until.Done(engine.Engine.Completion);
        Assert.Equal(EngineState.Faulted, engine.Engine.State);
        TradingPipeline pipeline = engine.Engine.Session.Pipeline;
        return (pipeline.Metrics(), [.. engine.Engine.Pairs.Select(pair => decimal.ToInt64(
            engine.GetPortfolioStatus().Pair(pair.ProductId).Held * pair.Product.QuantityScale))]);
    }
}
