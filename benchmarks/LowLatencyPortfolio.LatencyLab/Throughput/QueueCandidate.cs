using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// A queue of the framework between the feed and one consumer that runs the same stages on the same event.
/// </summary>
internal sealed class QueueCandidate(LabSetup setup, Func<StageSet, IEventQueue> makeQueue) : ICandidate
{
    private readonly CountingOrderSink _orders = new();
    private StageSet? _stages;

    public StateHash? Hash => _stages!.Dispatch.Hash;

    public long Orders => _orders.Orders;

    // The opening does not pass the queue: its cost is not asked for, and a queue that is closed at the end of a run
    // starts fresh.
    public void Open(TickStream stream)
    {
        _stages = new StageSet(setup.Pairs, setup.Config, setup.Pipeline, _orders, new CountingStateSink());
        OpeningPublisher publisher = new(_stages);
        stream.PlayOpening(ref publisher);
    }

    public void Run(TickStream stream)
    {
        using IEventQueue queue = makeQueue(_stages!);
        Publisher publisher = new(queue, new TradingEvent[1]);
        stream.Play(ref publisher);
        queue.CloseAndDrain();
    }

    public void Dispose()
    {
    }

    private readonly struct OpeningPublisher(StageSet stages) : IEventPublisher
    {
        public void Tick(int product, long timeNs, long price, long quantity, long tradeKey) =>
            throw new InvalidOperationException("an opening is made of events");

        public void Other(in TradingEvent source)
        {
            TradingEvent e = source;
            stages.Handle(ref e);
        }
    }

    private readonly struct Publisher(IEventQueue queue, TradingEvent[] slot) : IEventPublisher
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Tick(int product, long timeNs, long price, long quantity, long tradeKey)
        {
            ref TradingEvent e = ref slot[0];
            TickLine.Write(ref e, product, timeNs, timeNs, price, quantity, tradeKey);
            queue.Write(in e);
        }

        public void Other(in TradingEvent source) => queue.Write(in source);
    }
}
