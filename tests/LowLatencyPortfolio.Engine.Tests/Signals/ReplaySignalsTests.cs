using System.Collections.Concurrent;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Engine.Tests.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using static LowLatencyPortfolio.Engine.Tests.Replay.ReplayRuns;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>Signals in a replay: the same entries under every topology, after every stop, and never from the
/// future.</summary>
public sealed class ReplaySignalsTests
{
    private static readonly string[] Products = ["AAA-USD", "BBB-USD", "CCC-USD"];

    [Theory]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public void Topology_changes_no_decision_and_no_row(Topology topology)
    {
        using ReplayScenario scenario = new(51, ticks: 400);
        ReplayResult inline = Run(Request(scenario, "inline"));
        ReplayResult other = Run(Request(scenario, "other") with { Topology = topology });
        AssertTraded(inline);
        AssertSame(inline, other);
    }

    [Theory]
    [InlineData(61, 0)]
    [InlineData(62, 250)]
    public void Run_stopped_at_every_few_events_ends_like_an_undisturbed_one(int seed, int latencyMs)
    {
        using ReplayScenario scenario = new(seed, ticks: 300, latencyMs);
        ReplayResult whole = Run(Request(scenario, "whole"));
        AssertTraded(whole);
        ReplayResult last = RunInPieces(Request(scenario, "pieces"), seed);
        AssertSame(whole, last);
    }

    [Fact]
    public void Every_pair_is_asked_once_a_close_and_shown_only_what_has_ended()
    {
        using ReplayScenario scenario = new(71, ticks: 200);
        ConcurrentBag<MarketSnapshot> shown = [];
        ISignalGenerator generator = Substitute.For<ISignalGenerator>();
        generator.GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(call =>
            {
                shown.Add(call.Arg<MarketSnapshot>());
                return ValueTask.FromResult(new EntrySignal { ProductId = call.Arg<string>() });
            });
        ReplayResult result = Run(Request(scenario, "asked", generator));

        Assert.True(result.Signals!.Rounds > 10, $"{result.Signals.Rounds} rounds");
        Assert.Equal(result.Signals.Rounds * Products.Length, shown.Count);
        Assert.All(
            shown.GroupBy(snapshot => snapshot.At),
            close =>
                Assert.Equal(Products, close.Select(snapshot => snapshot.ProductId).Order(StringComparer.Ordinal)));
        Assert.All(shown, snapshot => Assert.All(
            snapshot.Candles, candle => Assert.True(candle.CloseTime <= snapshot.At, $"{candle} at {snapshot.At}")));
        Assert.Contains(shown, snapshot => snapshot.Candles.Count == 4);
        Assert.Equal(0, result.Signals.Submitted);
    }

    [Fact]
    public void What_comes_later_changes_nothing_of_what_was_shown_before()
    {
        using ReplayScenario scenario = new(72, ticks: 250);
        List<string> whole = Shown(scenario, "whole", long.MaxValue);
        List<string> part = Shown(scenario, "part", 300);
        Assert.InRange(part.Count, 20, whole.Count - 20);
        Assert.Equal(whole.Take(part.Count), part);
    }

    [Fact]
    public void Entries_of_one_close_go_out_by_confidence_and_then_by_product()
    {
        using ReplayScenario scenario = new(81, ticks: 100);
        ISignalGenerator generator = Substitute.For<ISignalGenerator>();
        foreach (string product in Products)
        {
            generator.GenerateAsync(product, Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
                .Returns(call => ValueTask.FromResult(new EntrySignal
                {
                    ProductId = product, ShouldEnter = call.Arg<MarketSnapshot>().LastPrice is not null,
                    Confidence = product == "BBB-USD" ? 0.9m : 0.5m, LimitPrice = call.Arg<MarketSnapshot>().LastPrice,
                }));
        }

        ReplayResult result = Run(Request(scenario, "order", generator));
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(result.DatabasePath);
        Assert.Equal(
            ["BBB-USD", "AAA-USD", "CCC-USD"],
            database.Orders().OrderBy(order => order.OrderSequence).Take(3).Select(order => order.ProductId));
    }

    [Fact]
    public void A_pair_whose_generator_throws_is_told_and_hurts_no_other()
    {
        using ReplayScenario scenario = new(82, ticks: 200);
        ISignalGenerator generator = Substitute.For<ISignalGenerator>();
        RisingCandle rising = new();
        generator.GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(call => rising.GenerateAsync(call.Arg<string>(), call.Arg<MarketSnapshot>(), default));
        generator.GenerateAsync("BBB-USD", Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Throws(new InvalidOperationException("no candles\nat all"));
        ReplayResult result = Run(Request(scenario, "throws", generator));

        SignalReadings signals = result.Signals!;
        PairSignalFaults faults = Assert.Single(signals.Faults);
        Assert.Equal(
            new PairSignalFaults("BBB-USD", signals.Rounds, 0, "InvalidOperationException: no candles at all"), faults);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(result.DatabasePath);
        Assert.Equal(
            ["AAA-USD", "CCC-USD"],
            database.Orders().Select(order => order.ProductId).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_pair_that_is_held_or_has_just_sold_is_not_entered_again()
    {
        using ReplayScenario scenario = new(83, ticks: 600);
        SignalReadings signals = Run(Request(scenario, "held")).Signals!;
        Assert.True(signals.HeldBack[EntryHold.PositionHeld] > 0);
        Assert.True(signals.HeldBack[EntryHold.CoolingDown] > 0);
        Assert.Equal(signals.Proposed, signals.Submitted + signals.HeldBack.Values.Sum());
        Assert.Equal(signals.Submitted, signals.Verdicts.Values.Sum());
    }

    [Fact]
    public void An_entry_that_is_not_filled_is_cancelled_and_the_journal_says_why()
    {
        using ReplayScenario scenario = new(84, ticks: 200);
        ReplayResult result = Run(Request(scenario, "waits", new RisingCandle(limitFactor: 0.6m)));
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(result.DatabasePath);
        HistoryRow[] cancelled =
            [.. database.History().Where(row => row.Action == HistoryAction.OrderCancelled)];
        Assert.NotEmpty(cancelled);
        Assert.All(cancelled, row => Assert.Equal("WAITED_TOO_LONG", row.Detail));
        Assert.True(result.Signals!.HeldBack[EntryHold.EntryWorking] > 0);
    }

    [Fact]
    public void A_recording_of_it_comes_to_the_same_hash_without_its_generator()
    {
        using ReplayScenario scenario = new(85, ticks: 200);
        string file = Path.Combine(scenario.Folder, "run.rec");
        ReplayResult result = Run(Request(scenario, "waits", new RisingCandle(0.99m)) with { RecordPath = file });
        Assert.True(result.Signals!.Risk!.GroupChanges > 0);
        foreach (Topology topology in Enum.GetValues<Topology>())
        {
            RecordingResult replayed = RecordingReplay.Run(file, topology, requireCores: false);
            Assert.Null(replayed.Fault);
            Assert.Equal(result.Hash, replayed.Hash);
        }
    }

    [Fact]
    public void Groups_are_part_of_the_hash_of_the_rows_and_of_the_gate()
    {
        using ReplayScenario scenario = new(51, ticks: 400);
        ReplayRequest request = Request(scenario, "measured");
        ReplayResult measured = Run(request);
        ReplayResult other = Run(Request(scenario, "other") with
        {
            Signals = request.Signals! with { Options = request.Signals.Options with { Correlation = null } },
        });
        Assert.Null(other.Signals!.Risk);
        Assert.NotEqual(other.Hash, measured.Hash);
        Assert.False(other.Signals.Verdicts.ContainsKey(RiskVerdict.MeasuredGroupExposureAboveLimit));
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(measured.DatabasePath);
        Assert.Equal(
            measured.Signals!.Risk!.GroupChanges,
            database.History().Count(row => row.Action == HistoryAction.GroupChanged));
        Dictionary<string, string> newest = database.History()
            .Where(row => row.Action == HistoryAction.GroupChanged)
            .GroupBy(row => row.ProductId!)
            .ToDictionary(rows => rows.Key, rows => rows.Last().Detail!);
        Assert.Equal(
            newest, database.MeasuredGroups().ToDictionary(row => row.ProductId, row => row.GroupId));
        CorrelationRows stored = database.Correlations()!;
        Assert.Equal(measured.Signals.Risk.Closes, stored.Closes);
        Assert.Equal(Products, stored.ProductIds);
    }

    [Fact]
    public void A_resume_between_two_runs_keeps_what_the_signals_know()
    {
        using ReplayScenario scenario = new(86, ticks: 300);
        long whole = Run(Request(scenario, "whole")).Signals!.Rounds;
        ReplayRequest request = Request(scenario, "resumed");
        request = request with { Portfolio = request.Portfolio with { DailyLossPct = -0.0001m } };
        long before = RunUntil(request, 450).Signals!.Rounds;
        Assert.InRange(before, 5, whole - 5);
        ResumeResult resumed = PortfolioResume.Run(new ResumeRequest
        {
            DatabasePath = request.DatabasePath, Portfolio = request.Portfolio, Paper = request.Paper,
        });
        Assert.Equal((TradingMode.ReduceOnly, TradingMode.Trading), (resumed.Before, resumed.After));
        Assert.Equal(whole, Run(request).Signals!.Rounds);
    }

    private static ReplayRequest Request(ReplayScenario scenario, string database, ISignalGenerator? generator = null)
    {
        SignalOptions options = new()
        {
            Confirmation = new ConfirmationSettings { CandleSeconds = 4, HistoryCandles = 4 }, CooldownCandles = 2,
            // So quick that chance alone makes and parts groups all along.
            Correlation = new CorrelationOptions
            {
                HalfLifeCloses = 5, WarmUpCloses = 4, JoinCorrelation = 0.2, LeaveCorrelation = 0.1, ConfirmCloses = 1,
                HistoryCloses = 30,
            },
        };
        ReplayRequest request = scenario.Request(database);
        return request with
        {
            Portfolio = request.Portfolio with { MaxCorrelatedExposurePct = 7m },
            Entries = [],
            Signals = new SignalSource(options, _ => generator ?? new RisingCandle(), "test"),
        };
    }

    private static List<string> Shown(ReplayScenario scenario, string database, long untilEvents)
    {
        List<string> shown = [];
        ISignalGenerator generator = Substitute.For<ISignalGenerator>();
        generator.GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(call =>
            {
                MarketSnapshot snapshot = call.Arg<MarketSnapshot>();
                lock (shown)
                {
                    shown.Add(
                        $"{snapshot.At:O} {snapshot.ProductId} {snapshot.LastPrice} {snapshot.Votes} "
                        + $"{snapshot.Indicators} {string.Join(" ", snapshot.Candles)}");
                }

                return ValueTask.FromResult(new EntrySignal { ProductId = snapshot.ProductId });
            });
        _ = RunUntil(Request(scenario, database, generator), untilEvents);
        shown.Sort(StringComparer.Ordinal);
        return shown;
    }

    private static void AssertTraded(ReplayResult result)
    {
        Assert.True(result.Counters.Fills > 4, $"{result.Counters.Fills} fills");
        Assert.True(result.Signals!.Verdicts.GetValueOrDefault(RiskVerdict.Approved) > 2);
        Assert.True(result.Signals.Risk!.GroupChanges > 1, $"{result.Signals.Risk.GroupChanges} changes of group");
        Assert.True(result.Signals.Verdicts.GetValueOrDefault(RiskVerdict.MeasuredGroupExposureAboveLimit) > 0);
    }

    private static void AssertSame(ReplayResult expected, ReplayResult actual)
    {
        Assert.Equal(expected.Hash, actual.Hash);
        Assert.Equal(expected.Counters, actual.Counters);
        Assert.Equal(JsonSerializer.Serialize(expected.Signals), JsonSerializer.Serialize(actual.Signals));
        Assert.Equal(ReplayScenario.Rows(expected.DatabasePath), ReplayScenario.Rows(actual.DatabasePath));
    }
}
