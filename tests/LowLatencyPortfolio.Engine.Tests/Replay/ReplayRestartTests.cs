using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using static LowLatencyPortfolio.Engine.Tests.Replay.ReplayRuns;

namespace LowLatencyPortfolio.Engine.Tests.Replay;

/// <summary>
/// SPEC 14: the same request on the same database goes on where it was and ends in the same final result.
/// </summary>
public sealed class ReplayRestartTests
{
    [Theory]
    [InlineData(11, 0)]
    [InlineData(12, 700)]
    public void Run_stopped_at_any_event_ends_like_an_undisturbed_one(int seed, int latencyMs)
    {
        using ReplayScenario scenario = new(seed, ticks: 60, latencyMs);
        ReplayResult whole = ReplayRunner.Run(scenario.Request("whole"), CancellationToken.None);
        string rows = ReplayScenario.Rows(whole.DatabasePath);
        Assert.True(whole.Counters.Fills > 0, "the scenario trades nothing");
        for (int stopAfter = 1; stopAfter < whole.EventsOfInput; stopAfter++)
        {
            string name = $"stopped-{stopAfter}";
            ReplayResult stopped = RunUntil(scenario.Request(name), stopAfter);
            Assert.False(stopped.Finished);
            ReplayResult finished = ReplayRunner.Run(scenario.Request(name), CancellationToken.None);
            AssertSame(whole, finished, $"seed {seed}, stopped after {stopAfter}");
            Assert.True(
                rows == ReplayScenario.Rows(finished.DatabasePath),
                $"seed {seed}, stopped after {stopAfter}: the tables differ");
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Run_stopped_at_every_few_events_ends_like_an_undisturbed_one(int seed)
    {
        using ReplayScenario scenario = new(seed, ticks: 300, latencyMs: seed == 22 ? 250 : 0);
        ReplayResult whole = ReplayRunner.Run(scenario.Request("whole"), CancellationToken.None);
        ReplayResult last = RunInPieces(scenario.Request("pieces"), seed);
        AssertSame(whole, last, $"seed {seed}");
        Assert.Equal(ReplayScenario.Rows(whole.DatabasePath), ReplayScenario.Rows(last.DatabasePath));
    }

    [Theory]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public void Topology_changes_no_decision_and_no_row(Topology topology)
    {
        using ReplayScenario scenario = new(31, ticks: 400);
        ReplayResult inline = ReplayRunner.Run(scenario.Request("inline"), CancellationToken.None);
        ReplayResult other = ReplayRunner.Run(
            scenario.Request("other") with { Topology = topology }, CancellationToken.None);
        AssertSame(inline, other, $"{topology}");
        Assert.Equal(ReplayScenario.Rows(inline.DatabasePath), ReplayScenario.Rows(other.DatabasePath));
    }

    [Fact]
    public void Finished_run_is_refused()
    {
        using ReplayScenario scenario = new(41, ticks: 20);
        _ = ReplayRunner.Run(scenario.Request("once"), CancellationToken.None);
        JournalException refused = Assert.Throws<JournalException>(
            () => ReplayRunner.Run(scenario.Request("once"), CancellationToken.None));
        Assert.Contains("--db", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_under_another_configuration_is_not_continued()
    {
        using ReplayScenario scenario = new(42, ticks: 40);
        _ = RunUntil(scenario.Request("changed"), 15);
        ReplayRequest request = scenario.Request("changed");
        ReplayRequest changed = request with { Paper = request.Paper with { TakerFee = 0.02m } };
        Assert.Throws<JournalException>(() => ReplayRunner.Run(changed, CancellationToken.None));
        Assert.True(ReplayRunner.Run(request, CancellationToken.None).Finished);
    }

    private static void AssertSame(ReplayResult expected, ReplayResult actual, string when)
    {
        Assert.True(expected.Hash == actual.Hash, $"{when}: hash {actual.Hash} instead of {expected.Hash}");
        Assert.True(expected.Counters == actual.Counters, $"{when}: {actual.Counters} instead of {expected.Counters}");
        Assert.True(expected.Metrics == actual.Metrics, $"{when}: {actual.Metrics} instead of {expected.Metrics}");
        Assert.True(expected.Pairs.SequenceEqual(actual.Pairs), $"{when}: the pairs differ");
    }
}
