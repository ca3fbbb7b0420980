using System.Threading.Tasks.Dataflow;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>A TPL Dataflow ActionBlock.</summary>
internal sealed class DataflowQueue : IEventQueue
{
    private readonly ActionBlock<TradingEvent> _block;

    private DataflowQueue(StageSet stages, ExecutionDataflowBlockOptions options) =>
        _block = new ActionBlock<TradingEvent>(e => stages.Handle(ref e), options);

    public static DataflowQueue Bounded(StageSet stages, int capacity) =>
        new(stages, new() { BoundedCapacity = capacity });

    public static DataflowQueue Unbounded(StageSet stages) => new(stages, new());

    /// <summary>Its fastest way: unbounded, and told that only one thread posts.</summary>
    public static DataflowQueue OneProducer(StageSet stages) => new(stages, new() { SingleProducerConstrained = true });

    public void Write(in TradingEvent e)
    {
        if (!_block.Post(e))
        {
            _ = _block.SendAsync(e).GetAwaiter().GetResult();     // full: waits for room
        }
    }

    public void CloseAndDrain()
    {
        _block.Complete();
        _block.Completion.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
    }
}
