using LowLatencyPortfolio.Pipeline.Tests.Simulation;

namespace LowLatencyPortfolio.Pipeline.Tests.Twin;

/// <summary>
/// The same events give the same decisions, whichever threads run the stages and however they are batched.
/// </summary>
public sealed class TopologyTests
{
    public static TheoryData<Topology, int, int, WaitMode> Layouts => new()
    {
        { Topology.Inline, 1024, 1, WaitMode.Yielding },
        { Topology.Inline, 8, 7, WaitMode.Yielding },
        { Topology.Fused, 1024, 64, WaitMode.Yielding },
        { Topology.Fused, 4, 1, WaitMode.Blocking },
        { Topology.Fused, 64, 7, WaitMode.SpinThenBlock },
        { Topology.Staged, 1024, 64, WaitMode.Yielding },
        { Topology.Staged, 16, 3, WaitMode.Blocking },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Closed_loop_comes_to_the_same_hash_and_journal(Topology topology, int ring, int batch, WaitMode wait)
    {
        foreach (int seed in (int[])[3, 7, 11])
        {
            VenueLoop plain = Run(seed, options => options);
            VenueLoop other = Run(seed, options => options with
            {
                Topology = topology, RingCapacity = ring, MaxBatchSize = batch, Wait = wait, RequireCores = false,
            });

            Assert.True(plain.Pipeline.Counters.Fills > 0, $"seed {seed} trades nothing");
            Assert.Equal((seed, plain.Pipeline.Hash), (seed, other.Pipeline.Hash));
            Assert.Equal((seed, plain.Tape.Digest), (seed, other.Tape.Digest));
            Assert.Equal(plain.Pipeline.Counters, other.Pipeline.Counters);
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Stream_without_feedback_comes_to_the_same_hash(Topology topology, int ring, int batch, WaitMode wait)
    {
        const int Seed = 5;
        List<TradingEvent> stream = [];
        World world = World.Draw(Seed);
        VenueLoop? loop = null;
        loop = new VenueLoop(Seed, world, world.Options)
        {
            Feeder = e =>
            {
                stream.Add(e);
                loop!.Pipeline.Publish(in e);
                loop.Pipeline.WaitUntilHandled();
            },
        };
        for (int i = 0; i < 6_000; i++)
        {
            loop.Step();
        }

        // Nobody drains the outbox here: the controls are part of the recorded stream.
        PipelineOptions options = world.Options with
        {
            Topology = topology, RingCapacity = ring, MaxBatchSize = batch, Wait = wait, RequireCores = false,
            OutboxCapacity = 200_000,
        };
        using TradingPipeline pipeline = new(options, world.Portfolio, world.Pairs, new NoVenue(), new JournalTape());
        pipeline.Start();
        foreach (TradingEvent e in stream)
        {
            pipeline.Publish(in e);
        }

        pipeline.WaitUntilHandled();
        Assert.True(loop.Pipeline.Counters.Fills > 0);
        Assert.Equal(loop.Pipeline.Hash, pipeline.Hash);
        Assert.Equal(loop.Pipeline.Counters, pipeline.Counters);
        Assert.True(pipeline.Stop(TimeSpan.FromSeconds(30)));
    }

    private static VenueLoop Run(int seed, Func<PipelineOptions, PipelineOptions> layout)
    {
        World world = World.Draw(seed);
        VenueLoop loop = new(seed, world, layout(world.Options));
        for (int i = 0; i < 1_500; i++)
        {
            loop.Step();
        }

        Assert.True(loop.Pipeline.Stop(TimeSpan.FromSeconds(30)));
        return loop;
    }

    private sealed class NoVenue : IOrderSink
    {
        public void Submit(in OrderCommand command)
        {
        }
    }
}
