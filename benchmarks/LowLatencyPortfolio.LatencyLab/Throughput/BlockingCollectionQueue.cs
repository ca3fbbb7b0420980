using System.Collections.Concurrent;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>A BlockingCollection over a ConcurrentQueue, bounded, with a thread of its own behind it.</summary>
internal sealed class BlockingCollectionQueue : IEventQueue
{
    private readonly BlockingCollection<TradingEvent> _collection;
    private readonly Thread _consumer;

    public BlockingCollectionQueue(StageSet stages, int capacity)
    {
        _collection = new BlockingCollection<TradingEvent>(capacity);
        _consumer = new Thread(() => Consume(stages)) { IsBackground = true, Name = "blocking collection" };
        _consumer.Start();
    }

    public void Write(in TradingEvent e) => _collection.Add(e);

    public void CloseAndDrain()
    {
        _collection.CompleteAdding();
        _consumer.Join();
    }

    public void Dispose() => _collection.Dispose();

    private void Consume(StageSet stages)
    {
        foreach (TradingEvent taken in _collection.GetConsumingEnumerable())
        {
            TradingEvent e = taken;
            stages.Handle(ref e);
        }
    }
}
