using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>An exception in a stage stops the pipeline, is remembered with its event, and producers notice.</summary>
public sealed class FaultTests
{
    [Fact]
    public void Exception_inline_stops_the_pipeline_and_names_its_event()
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Enter(100m, 1m);
        rig.ThrowOnSubmit = new InvalidOperationException("gateway broke");
        Assert.Throws<InvalidOperationException>(() => rig.Durable(1));
        Assert.Same(rig.ThrowOnSubmit, rig.Pipeline.Fault);
        Assert.Contains(
            "IntentDurable product 0", (string)rig.Pipeline.Fault!.Data["event"]!, StringComparison.Ordinal);
        Assert.Contains(
            rig.Journal, change => change.Kind == StateChangeKind.Mode && change.Mode == TradingMode.Halted);
        Assert.False(rig.Pipeline.Stop(TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public void Exception_on_a_stages_thread_is_noticed_by_the_publisher(Topology topology)
    {
        Rig model = new();
        Throwing venue = new();
        PipelineOptions options = new() { Topology = topology, RingCapacity = 16, RequireCores = false };
        using TradingPipeline pipeline = new(
            options, new PortfolioConfig(), model.Pipeline.Pairs.ToArray(), venue, model);
        pipeline.Start();
        pipeline.Publish(model.NewTick(100m));
        pipeline.Publish(
            model.New(EventKind.EntryCommand, 0) with { Price = Rig.Units(100m), Quantity = Rig.Units(1m) });
        pipeline.Publish(model.New(EventKind.IntentDurable, 0) with { OrderSequence = 1 });
        Assert.Throws<InvalidOperationException>(pipeline.WaitUntilHandled);
        Assert.IsType<DivideByZeroException>(pipeline.Fault);
        Assert.Contains("IntentDurable", (string)pipeline.Fault!.Data["event"]!, StringComparison.Ordinal);

        // A full ring that nobody empties any more must not keep the publisher for ever.
        Assert.ThrowsAny<Exception>(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                pipeline.Publish(model.NewTick(100m));
            }
        });
        Assert.False(pipeline.Stop(TimeSpan.FromSeconds(5)));
    }

    private sealed class Throwing : IOrderSink
    {
        public void Submit(in OrderCommand command) => throw new DivideByZeroException();
    }
}
