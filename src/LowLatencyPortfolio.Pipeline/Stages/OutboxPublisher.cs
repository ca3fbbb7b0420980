using Disruptor;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Moves Dispatch's control events into the ring without ever waiting: what does not fit stays for the next batch.
/// </summary>
internal sealed class OutboxPublisher(ControlOutbox outbox)
{
    private ValueRingBuffer<TradingEvent>? _ring;

    public void Attach(ValueRingBuffer<TradingEvent> ring) => _ring = ring;

    public int PublishWaiting()
    {
        int moved = 0;
        while (outbox.Count > 0 && _ring!.TryNext(out long sequence))
        {
            outbox.Peek().WriteTo(ref _ring[sequence]);
            outbox.Remove();
            _ring.Publish(sequence);
            moved++;
        }

        return moved;
    }
}
