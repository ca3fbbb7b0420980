using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Engine.Tests.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;
using static LowLatencyPortfolio.Engine.Tests.Replay.ReplayRuns;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>
/// The fused model in a replay: it learns at the closes and decides entries, the same under every topology and after
/// every stop, and its versions stand in the database.
/// </summary>
public sealed class FusionTests
{
    private static readonly FusionSettings Model = new()
    {
        Enabled = true,
        RequireVotes = false,
        MinProbability = 0.4m,
        VersionCloses = 10,
        Model = new FusionOptions
        {
            HorizonCloses = 2, CostThreshold = 0, Leaders = 1, HalfLifeCloses = 50, Ridge = 1, WarmUpCloses = 5,
        },
    };

    [Theory]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public void Topology_changes_no_decision_no_row_and_nothing_that_is_learned(Topology topology)
    {
        using ReplayScenario scenario = new(151, ticks: 400);
        ReplayResult inline = Run(Request(scenario, "inline"));
        ReplayResult other = Run(Request(scenario, "other") with { Topology = topology });
        AssertTraded(inline);
        AssertSame(inline, other);
    }

    [Theory]
    [InlineData(161, 0)]
    [InlineData(162, 250)]
    public void Run_stopped_at_every_few_events_ends_like_an_undisturbed_one(int seed, int latencyMs)
    {
        using ReplayScenario scenario = new(seed, ticks: 400, latencyMs);
        ReplayResult whole = Run(Request(scenario, "whole"));
        AssertTraded(whole);
        ReplayResult last = RunInPieces(Request(scenario, "pieces"), seed);
        AssertSame(whole, last);
    }

    [Fact]
    public void A_recording_of_it_comes_to_the_same_hash_without_the_model()
    {
        using ReplayScenario scenario = new(163, ticks: 400);
        string file = Path.Combine(scenario.Folder, "run.rec");
        ReplayResult result = Run(Request(scenario, "recorded") with { RecordPath = file });
        AssertTraded(result);
        RecordingResult replayed = RecordingReplay.Run(file);
        Assert.Null(replayed.Fault);
        Assert.Equal(result.Hash, replayed.Hash);
    }

    [Fact]
    public void Versions_rise_by_one_with_their_samples_and_the_last_is_what_the_run_ended_with()
    {
        using ReplayScenario scenario = new(164, ticks: 400);
        ReplayResult result = Run(Request(scenario, "versions"));
        ModelParameters[] versions = Versions(result.DatabasePath);
        Assert.True(versions.Length > 3, $"{versions.Length} versions");
        Assert.Equal(Enumerable.Range(1, versions.Length), versions.Select(row => (int)row.Version));
        Assert.Equal(versions.OrderBy(row => row.Samples).ThenBy(row => row.LearnedAtNs), versions);
        Assert.Equal(result.Signals!.Fusion!.Version, versions[^1].Version);
        Assert.Equal(result.Signals.Fusion.Samples, versions[^1].Samples);
        FusionModel taken = new(3, Model.Model);
        Assert.True(taken.TryTake(versions[^1].Parameters));
        Assert.Equal(result.Signals.Fusion.LearnedCloses, taken.LearnedCloses);
    }

    [Fact]
    public void It_decides_something_and_switched_off_it_leaves_no_row()
    {
        using ReplayScenario scenario = new(165, ticks: 400);
        ReplayResult with = Run(Request(scenario, "with"));
        ReplayResult without = Run(Request(scenario, "without", Model with { Enabled = false }));
        Assert.NotEqual(with.Hash, without.Hash);
        Assert.Null(without.Signals!.Fusion);
        Assert.Empty(Versions(without.DatabasePath));
    }

    [Fact]
    public void The_text_of_the_options_names_the_model_only_where_it_is_on()
    {
        Assert.DoesNotContain("Fusion", new SignalOptions().ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "SignalOptions { Confirmation = ConfirmationSettings { CandleSeconds = 300, ",
            new SignalOptions().ToString(), StringComparison.Ordinal);
        Assert.EndsWith(
            " }, CooldownCandles = 3, CloseDelayMs = 500 }", new SignalOptions { Correlation = null }.ToString(),
            StringComparison.Ordinal);
        SignalOptions on = new() { Fusion = Model, AskAtClose = false };
        Assert.All(
            typeof(SignalOptions).GetProperties(),
            option => Assert.Contains($"{option.Name} = ", on.ToString(), StringComparison.Ordinal));
        Assert.NotEqual(on.ToString(), (on with { Fusion = Model with { MinProbability = 0.41m } }).ToString());
    }

    private static ReplayRequest Request(ReplayScenario scenario, string database, FusionSettings? fusion = null)
    {
        SignalOptions options = new()
        {
            Confirmation = new ConfirmationSettings
            {
                CandleSeconds = 4, HistoryCandles = 4, RsiPeriod = 2, MacdFast = 2, MacdSlow = 3, MacdSignal = 2,
                AtrPeriod = 2, WindowCandles = 2,
            },
            CooldownCandles = 2,
            Fusion = fusion ?? Model,
        };
        return scenario.Request(database) with
        {
            Entries = [],
            Signals = new SignalSource(
                options,
                pairs => new ConfirmationGenerator(
                    options.Confirmation, pairs.Select(pair => (pair.Product, pair.Config)), options.Fusion),
                "test"),
        };
    }

    private static ModelParameters[] Versions(string path)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        return [.. database.ModelVersions("fusion")];
    }

    private static void AssertTraded(ReplayResult result)
    {
        Assert.True(result.Counters.Fills > 4, $"{result.Counters.Fills} fills");
        Assert.True(result.Signals!.Verdicts.GetValueOrDefault(RiskVerdict.Approved) > 2);
        Assert.True(result.Signals.Fusion!.Samples > 50, $"{result.Signals.Fusion.Samples} samples");
    }

    private static void AssertSame(ReplayResult expected, ReplayResult actual)
    {
        Assert.Equal(expected.Hash, actual.Hash);
        Assert.Equal(expected.Counters, actual.Counters);
        Assert.Equal(JsonSerializer.Serialize(expected.Signals), JsonSerializer.Serialize(actual.Signals));
        Assert.Equal(ReplayScenario.Rows(expected.DatabasePath), ReplayScenario.Rows(actual.DatabasePath));
        Assert.Equal(Versions(expected.DatabasePath), Versions(actual.DatabasePath));
    }
}
