using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Rebalancing;

/// <summary>What a live engine orders by itself when an interval ends, and what holds it back.</summary>
public sealed class LiveRebalanceOrderTests
{
    private const string Product = "BTC-USD";

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_grown_position_is_sold_down_and_rests_for_its_cool_down()
    {
        await using MultiPairOrchestrator engine = await MeasuredAsync(sizePct: 0.9m, cooldown: 3);
        await LookAsync(engine);        // 1 % held, 0.9 % wanted
        await SoldAsync(engine, 10m);
        await CoveredAsync(engine);
        decimal first = Held(engine);

        // It has grown again, beyond the threshold and the band, and is left alone for three whole intervals.
        for (int i = 0; i < 3; i++)
        {
            await LookAsync(engine, price: 104m);
            Assert.Equal(first, Held(engine));
            Assert.Equal(1, Ordered(engine));
        }

        await LookAsync(engine, price: 104m);
        await SoldAsync(engine, first, price: 104m);
        Assert.Equal(2, Ordered(engine));
    }

    [Fact]
    public async Task A_position_that_is_too_small_is_bought_more_of_and_the_new_part_is_covered()
    {
        await using MultiPairOrchestrator engine = await MeasuredAsync(sizePct: 1.2m);
        await LookAsync(engine);
        await BidAsync(engine);
        await Until.True(
            () =>
            {
                engine.Engine.PublishTick(Product, 99.5m, 0m, 0, 0);
                return Held(engine) > 10m;
            },
            "the bid is filled");
        await CoveredAsync(engine);
    }

    [Fact]
    public async Task A_pair_whose_entry_works_is_held_back_until_the_entry_has_waited_its_intervals()
    {
        await using MultiPairOrchestrator engine = await MeasuredAsync(sizePct: 0.9m, waitIntervals: 2);
        AssertApproved(await Until.Done(
            engine.SubmitCoordinatedEntriesAsync([Market.Buy(Product, limit: 98.5m, quantity: 1m)])));
        await BidAsync(engine);
        await LookAsync(engine);
        Assert.Equal((10m, 0), (Held(engine), Ordered(engine)));

        // After two intervals the entry is cancelled, and nothing holds the pair back any more.
        await LookAsync(engine);
        await Until.True(() => Status(engine).Exposure == Status(engine).MarketValue, "the entry has ended");
        await LookAsync(engine);
        await SoldAsync(engine, 10m);
    }

    [Theory]
    [InlineData(ControlAction.Halt, 0.9)]
    [InlineData(ControlAction.Halt, 1.2)]
    [InlineData(ControlAction.ReduceOnly, 1.2)]
    public async Task What_the_mode_forbids_is_not_asked_for_before_a_resume(ControlAction action, decimal sizePct)
    {
        await using MultiPairOrchestrator engine = await MeasuredAsync(sizePct);
        await Until.Done(engine.Engine.ControlAsync(action));
        for (int i = 0; i < 3; i++)
        {
            await LookAsync(engine);
        }

        Assert.Equal((10m, 0m), (Held(engine), Status(engine).Exposure - Status(engine).MarketValue));
        Assert.Equal(0, Ordered(engine));
        await Until.Done(engine.Engine.ControlAsync(ControlAction.Resume));
        await LookAsync(engine);
        Assert.Equal(1, Ordered(engine));
        await (sizePct < 1m ? SoldAsync(engine, 10m) : BidAsync(engine));
    }

    [Fact]
    public async Task Where_only_reductions_are_allowed_a_grown_position_is_reduced()
    {
        await using MultiPairOrchestrator engine = await MeasuredAsync(sizePct: 0.9m);
        await Until.Done(engine.Engine.ControlAsync(ControlAction.ReduceOnly));
        await LookAsync(engine);
        await SoldAsync(engine, 10m);
        await CoveredAsync(engine);
    }

    [Fact]
    public async Task A_look_that_fails_is_told_and_the_next_interval_is_looked_at()
    {
        await using MultiPairOrchestrator engine = await MeasuredAsync(sizePct: 0.9m);
        long looks = engine.Rebalancing!.Looks;
        engine.Rebalances!.Looking = () => throw new InvalidOperationException("no\nsense");
        await LookAsync(engine);
        Assert.Equal(
            new RebalanceReadings(looks, 0, 1, "InvalidOperationException: no sense"), engine.Rebalancing);
        Assert.Equal((10m, EngineState.Running), (Held(engine), engine.Engine.State));

        engine.Rebalances!.Looking = null;
        await LookAsync(engine);
        await SoldAsync(engine, 10m);
        Assert.Equal(looks + 1, engine.Rebalancing!.Looks);
    }

    // Holds 10 at 100, which is 1 % of the portfolio; nothing was asked for while its volatility was not known.
    private async Task<MultiPairOrchestrator> MeasuredAsync(decimal sizePct, int cooldown = 0, int waitIntervals = 5)
    {
        TradingEngineOptions options = Market.Options() with
        {
            Time = _clock,
            MaxPriceAgeSeconds = 600,
            Rebalance = new RebalanceOptions
            {
                Orders = true,
                IntervalMinutes = 1,
                CooldownIntervals = cooldown,
                EntryOffsetBps = 20m,
                Strategy = new RebalanceStrategy { ThresholdPct = 2m, RiskAversion = 1_000m, HorizonDays = 3_650 },
            },
        };
        MultiPairOrchestrator engine = new(options);
        (ProductSpec product, PairConfig config) = Market.Pair(
            Product,
            pair => pair with { PositionSizePct = sizePct, MaxEntryWaitCandles = waitIntervals, TrailPct = 0.1m });
        engine.RegisterPair(config, product);
        engine.Start();
        await TickAsync(engine, 100m);
        AssertApproved(await Until.Done(engine.SubmitCoordinatedEntriesAsync([Market.Buy(Product)])));
        await Until.True(() => Status(engine).Exposure > 0m, "the entry is on its way");
        await Until.True(
            () =>
            {
                engine.Engine.PublishTick(Product, 100m, 0m, 0, 0);
                return Status(engine) is { Held: 10m, StopTrigger: not null };
            },
            "it is held and covered");
        await Looks.MeasureAsync(engine, _clock, Looks.WarmUp - 1, Product);
        Assert.Equal((10m, 0), (Held(engine), Ordered(engine)));
        return engine;
    }

    private static void AssertApproved(IReadOnlyList<EntryResult> results) =>
        Assert.Equal(RiskVerdict.Approved, Assert.Single(results).Verdict);

    private static Task TickAsync(MultiPairOrchestrator engine, decimal price) =>
        Until.Done(engine.HandlePriceUpdateAsync(Product, price));

    private static PairStatus Status(MultiPairOrchestrator engine) => engine.GetPortfolioStatus().Pair(Product);

    private static long Ordered(MultiPairOrchestrator engine) => engine.Rebalancing!.Ordered;

    private static decimal Held(MultiPairOrchestrator engine) => Status(engine).Held;

    private static Task BidAsync(MultiPairOrchestrator engine) => Until.True(
        () => Status(engine).Exposure > Status(engine).MarketValue, "a bid rests");

    // The paper venue sells with the next price.
    private static Task SoldAsync(MultiPairOrchestrator engine, decimal below, decimal price = 100m) => Until.True(
        () =>
        {
            engine.Engine.PublishTick(Product, price, 0m, 0, 0);
            return Held(engine) < below;
        },
        "a part is sold");

    private static Task CoveredAsync(MultiPairOrchestrator engine) =>
        Until.True(() => Status(engine).StopTrigger is not null, "it is covered");

    // The price first: whoever looks when the interval has ended, this thread or the timer's, looks at the same.
    private async Task LookAsync(MultiPairOrchestrator engine, decimal price = 100m)
    {
        await TickAsync(engine, price);
        await Looks.NextAsync(engine, _clock);
    }
}
