using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab.Tests;

public sealed class StreamTests
{
    private const int Pairs = 4;

    [Fact]
    public void Same_seed_records_the_same_stream_and_another_seed_another()
    {
        TickStream first = Record(seed: 5);
        TickStream again = Record(seed: 5);
        TickStream other = Record(seed: 6);
        Assert.Equal(first.Ticks, again.Ticks);
        Assert.Equal(first.EndHash, again.EndHash);
        Assert.NotEqual(first.EndHash, other.EndHash);
    }

    [Fact]
    public void Every_candidate_with_stages_ends_in_the_state_of_the_recording_and_sends_all_its_orders()
    {
        LabSetup setup = ThroughputCommand.Setup(Pairs, ring: 64);
        TickStream stream = ThroughputCommand.Record(
            new StreamOptions(20_000, Pairs, Seed: 3, WakePct: 2, StepNs: 100_000), setup);
        Assert.True(stream.Orders > 100, $"{stream.Orders} orders");
        foreach (CandidateKind kind in Candidates.Of(setup))
        {
            using ICandidate candidate = kind.Make();
            candidate.Open(stream);
            long opening = candidate.Orders;
            candidate.Run(stream);      // the ring alone compares what it was given with what came out
            if (kind.JsonKey == Candidates.RingAlone)
            {
                Assert.Null(candidate.Hash);
                continue;
            }

            Assert.Equal((kind.Name, stream.EndHash), (kind.Name, candidate.Hash));
            Assert.Equal((kind.Name, stream.Orders), (kind.Name, candidate.Orders - opening));
        }
    }

    [Fact]
    public void Latency_stream_has_exactly_one_order_a_tick()
    {
        LabSetup setup = LatencyRun.Setup(new LatencyOptions(1000, 1, Pairs, Topology.Inline, WaitMode.BusySpin));
        TickStream stream = LatencyRun.Record(setup, ticks: 5_000, stepNs: 1_000_000);
        Assert.Equal(5_000, stream.Orders);
        Assert.Equal(1.0, stream.WakeShare);
    }

    [Fact]
    public void Round_figures_are_medians_with_their_spread()
    {
        CandidateFigures figures = new(
            new CandidateKind("x", "xNs", () => throw new InvalidOperationException("not made here")));
        figures.Add(5, 0, 0);
        figures.Add(1, 8, 2);
        figures.Add(3, 0, 1);
        Assert.Equal(
            (3.0, 1.0, 5.0, 0.0, 3L),
            (figures.MedianNs, figures.LowestNs, figures.HighestNs, figures.MedianBytes, figures.Collections));
        figures.Add(4, 0, 0);
        Assert.Equal(3.5, figures.MedianNs);
    }

    private static TickStream Record(int seed) => ThroughputCommand.Record(
        new StreamOptions(5_000, Pairs, seed, WakePct: 1, StepNs: 100_000), ThroughputCommand.Setup(Pairs, ring: 64));
}
