using System.Runtime.CompilerServices;
using Disruptor;
using Disruptor.Dsl;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// The engine's ring and nothing behind it: the other thread reads each event's prices and adds them up. What the way
/// from core to core costs here and now, below which no two threads come.
/// </summary>
internal sealed class RingAloneCandidate(LabSetup setup) : ICandidate
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Total _received = new();
    private ValueDisruptor<TradingEvent>? _disruptor;
    private bool _isStopped;

    /// <summary>Nothing is decided.</summary>
    public StateHash? Hash => null;

    public long Orders => 0;

    public void Open(TickStream stream)
    {
        _disruptor = new ValueDisruptor<TradingEvent>(
            static () => default, setup.Pipeline.RingCapacity, TaskScheduler.Default, ProducerType.Single,
            RingAdapter.CreateWaitStrategy((RingAdapter.WaitKind)setup.Pipeline.Wait));
        _ = _disruptor.HandleEventsWith(new AddingHandler(_received));
        _disruptor.Start().WaitAsync(StopLimit).GetAwaiter().GetResult();
    }

    public void Run(TickStream stream)
    {
        Publisher publisher = new(_disruptor!.RingBuffer);
        stream.Play(ref publisher);
        Stop();
        if (_received.Sum != publisher.Sum)
        {
            throw new InvalidOperationException(
                $"the ring was given events that add up to {publisher.Sum}, and gave out {_received.Sum}");
        }
    }

    public void Dispose()
    {
        if (_disruptor is not null)
        {
            Stop();
        }
    }

    private void Stop()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            _disruptor!.Shutdown(StopLimit).GetAwaiter().GetResult();
        }
    }

    private static long Add(long sum, in TradingEvent e) => sum + e.Product + e.ReceivedAtNs + e.Price + e.TradeKey;

    private sealed class Total
    {
        public long Sum { get; set; }
    }

    // Adds on its own stack; the total is written when the thread ends.
    private struct AddingHandler(Total total) : IValueEventHandler<TradingEvent>
    {
        private long _sum;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void OnEvent(ref TradingEvent data, long sequence, bool endOfBatch) => _sum = Add(_sum, in data);

        public readonly void OnShutdown() => total.Sum = _sum;
    }

    private struct Publisher(ValueRingBuffer<TradingEvent> ring) : IEventPublisher
    {
        public long Sum { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Tick(int product, long timeNs, long price, long quantity, long tradeKey)
        {
            long sequence = ring.Next();
            ref TradingEvent e = ref ring[sequence];
            TickLine.Write(ref e, product, timeNs, timeNs, price, quantity, tradeKey);
            ring.Publish(sequence);
            Sum += product + timeNs + price + tradeKey;
        }

        public void Other(in TradingEvent source)
        {
            long sequence = ring.Next();
            ring[sequence] = source;
            ring.Publish(sequence);
            Sum = Add(Sum, in source);
        }
    }
}
