using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests;

/// <summary>The recorder sees every event, in its order, before its slot is used again.</summary>
public sealed class RecorderTests
{
    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public void Every_event_is_recorded_in_its_order_through_a_ring_that_turns_many_times(Topology topology)
    {
        Kept kept = new();
        using TradingPipeline pipeline = Make(topology, kept, new Sink());
        pipeline.Start();
        for (int i = 1; i <= 10_000; i++)
        {
            pipeline.PublishTick(0, i, 0, 100_00000000, 1, i);
        }

        pipeline.WaitUntilHandled();
        Assert.Equal(10_000, kept.Keys.Count);
        Assert.True(pipeline.Stop(TimeSpan.FromSeconds(30)));
        Assert.Equal(Enumerable.Range(1, 10_000).Select(i => (long)i), kept.Keys);
    }

    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    public void The_event_that_makes_a_stage_throw_is_recorded(Topology topology)
    {
        Kept kept = new();
        using TradingPipeline pipeline = Make(topology, kept, new Sink { Breaks = true });
        pipeline.Start();
        pipeline.PublishTick(0, 1, 0, 100_00000000, 1, 77);
        TradingEvent entry = new()
        {
            Kind = EventKind.EntryCommand, Count = 1, ReceivedAtNs = 2, TradeKey = 78, OrderType = OrderType.Market,
        };
        pipeline.Publish(in entry);
        Assert.Throws<InvalidOperationException>(pipeline.WaitUntilHandled);
        Assert.True(SpinWait.SpinUntil(() => kept.Count == 2, TimeSpan.FromSeconds(30)));
        Assert.Equal([77L, 78L], kept.Keys);
    }

    private static TradingPipeline Make(Topology topology, Kept kept, Sink sink) => new(
        new PipelineOptions { Topology = topology, RingCapacity = 16, RequireCores = false }, new PortfolioConfig(),
        PairSetup.Arrange([(new ProductSpec("A-USD", 0.01m, 0.0001m), new PairConfig { ProductId = "A-USD" })]),
        sink, sink, kept);

    private sealed class Kept : IEventRecorder
    {
        private int _count;

        public List<long> Keys { get; } = new(10_000);

        public int Count => Volatile.Read(ref _count);

        public void Record(in TradingEvent e)
        {
            Keys.Add(e.TradeKey);
            Volatile.Write(ref _count, Keys.Count);
        }
    }

    private sealed class Sink : IOrderSink, IStateSink
    {
        public bool Breaks { get; init; }

        public void Submit(in OrderCommand command)
        {
        }

        public void Append(in StateChange change)
        {
            if (Breaks)
            {
                throw new InvalidOperationException("the sink broke");
            }
        }
    }
}
