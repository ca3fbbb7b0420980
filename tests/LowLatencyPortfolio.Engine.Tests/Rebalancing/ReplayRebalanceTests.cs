using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Engine.Tests.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;
using static LowLatencyPortfolio.Engine.Tests.Replay.ReplayRuns;

namespace LowLatencyPortfolio.Engine.Tests.Rebalancing;

/// <summary>Rebalances in a replay: the same under every topology, after every stop, and from its recording.</summary>
public sealed class ReplayRebalanceTests
{
    [Theory]
    [InlineData(RebalanceMethod.Threshold, Topology.Fused)]
    [InlineData(RebalanceMethod.EqualWeight, Topology.Staged)]
    [InlineData(RebalanceMethod.Calendar, Topology.Fused)]
    public void Topology_changes_no_decision_and_no_row(RebalanceMethod method, Topology topology)
    {
        using ReplayScenario scenario = new(151, ticks: 3_000);
        ReplayResult inline = Run(Request(scenario, "inline", method));
        ReplayResult other = Run(Request(scenario, "other", method) with { Topology = topology });
        AssertRebalanced(inline);
        AssertSame(inline, other);
    }

    [Theory]
    [InlineData(RebalanceMethod.Threshold, 0, 161)]
    [InlineData(RebalanceMethod.InverseVolatility, 250, 161)]
    [InlineData(RebalanceMethod.RiskParity, 0, 161)]
    [InlineData(RebalanceMethod.Calendar, 0, 151)]      // something is held at midnight, when its date begins
    public void Run_stopped_at_every_few_events_ends_like_an_undisturbed_one(
        RebalanceMethod method, int latencyMs, int seed)
    {
        using ReplayScenario scenario = new(seed, ticks: 3_000, latencyMs);
        ReplayResult whole = Run(Request(scenario, "whole", method));
        AssertRebalanced(whole);
        ReplayResult last = RunInPieces(Request(scenario, "pieces", method), seed, apart: 900);
        AssertSame(whole, last);
    }

    [Fact]
    public void Run_with_signals_and_rebalances_comes_to_the_same_hash_from_its_recording()
    {
        using ReplayScenario scenario = new(171, ticks: 3_000);
        string file = Path.Combine(scenario.Folder, "run.rec");
        SignalOptions signals = new()
        {
            Confirmation = new ConfirmationSettings { CandleSeconds = 4, HistoryCandles = 4 }, CooldownCandles = 2,
        };
        ReplayResult result = Run(Request(scenario, "recorded", RebalanceMethod.Threshold) with
        {
            Entries = [], Signals = new SignalSource(signals, _ => new RisingCandle(), "test"), RecordPath = file,
        });
        AssertRebalanced(result);
        RecordingResult replayed = RecordingReplay.Run(file);
        Assert.Null(replayed.Fault);
        Assert.Equal(result.Hash, replayed.Hash);
    }

    [Fact]
    public void Switched_off_it_is_the_run_that_it_was()
    {
        using ReplayScenario scenario = new(181, ticks: 1_000);
        ReplayRequest request = Request(scenario, "off", RebalanceMethod.Threshold);
        ReplayResult off = Run(request with { Rebalance = request.Rebalance! with { Orders = false } });
        ReplayResult none = Run(request with { Rebalance = null, DatabasePath = scenario.Database("none") });
        AssertSame(none, off);
        Assert.Empty(Rows(off));
    }

    [Fact]
    public void A_resume_between_two_runs_keeps_what_the_rebalance_measured()
    {
        using ReplayScenario scenario = new(191, ticks: 2_500);
        ReplayRequest request = Request(scenario, "resumed", RebalanceMethod.InverseVolatility);
        _ = RunUntil(request, 3_500);
        ReplayRequest copied = Copy(request, Path.Combine(scenario.Folder, "copy.db"));
        ResumeResult resumed = PortfolioResume.Run(new ResumeRequest
        {
            DatabasePath = request.DatabasePath, Portfolio = request.Portfolio, Paper = request.Paper,
        });
        Assert.Equal(TradingMode.Trading, resumed.After);
        HistoryAction[] expected = Rows(Run(copied));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Rows(Run(request)));
    }

    private static ReplayRequest Copy(ReplayRequest request, string database)
    {
        File.Copy(request.DatabasePath, database);
        return request with { DatabasePath = database };
    }

    // Limit entries that wait would keep their pairs from being reduced.
    private static ReplayRequest Request(ReplayScenario scenario, string database, RebalanceMethod method)
    {
        ReplayRequest usual = scenario.Request(database);
        return usual with
        {
            Entries = [.. usual.Entries.Where(entry => entry.Type == OrderType.Market)],
            Pairs = [.. usual.Pairs.Select(pair => pair with { Config = pair.Config with { TrailPct = 0.06m } })],
            Portfolio = usual.Portfolio with { MaxPositionSizePct = 12m },
            CheckpointInterval = 500,
            Rebalance = new RebalanceOptions
            {
                Orders = true,
                IntervalMinutes = 1,
                CooldownIntervals = 0,
                EntryOffsetBps = 5m,
                Strategy = new RebalanceStrategy
                {
                    Method = method, ThresholdPct = 0.5m, RiskAversion = 1_000m, HorizonDays = 3_650,
                },
            },
        };
    }

    private static HistoryAction[] Rows(ReplayResult result)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(result.DatabasePath);
        return [.. database.History().Select(row => row.Action).Where(action => action is
            HistoryAction.RebalanceStarted or HistoryAction.RebalanceRefused
            or HistoryAction.RebalanceSelling or HistoryAction.RebalanceEnded)];
    }

    private static void AssertRebalanced(ReplayResult result)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(result.DatabasePath);
        Assert.Contains(HistoryAction.RebalanceStarted, Rows(result));
        OrderRow[] orders = [.. database.Orders()];
        Assert.Contains(orders, order => order is { Purpose: OrderPurpose.Reduce, FilledQuantity: > 0m });
        HashSet<long> begun =
        [.. database.History().Where(row => row.Action == HistoryAction.RebalanceStarted)
            .Select(row => row.OrderSequence ?? 0)];
        Assert.All(
            database.History().Where(row => row.Action == HistoryAction.RebalanceStarted),
            row => Assert.Equal(row.Price is null, row.Detail is "DECREASE" or "REDUCE_TO_LIMIT"));
        Assert.Contains(
            orders,
            order => order is { Side: OrderSide.Buy, FilledQuantity: > 0m } && begun.Contains(order.OrderSequence));
        Assert.Equal(
            result.Metrics.RealizedPnl, database.Positions().Sum(position => position.Realized));
    }

    private static void AssertSame(ReplayResult expected, ReplayResult actual)
    {
        Assert.Equal(expected.Hash, actual.Hash);
        Assert.Equal(expected.Counters, actual.Counters);
        Assert.Equal(ReplayScenario.Rows(expected.DatabasePath), ReplayScenario.Rows(actual.DatabasePath));
    }
}
