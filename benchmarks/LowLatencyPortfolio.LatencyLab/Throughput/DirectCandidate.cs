using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The stages called on the feed's own thread, without a ring: what the work itself costs.</summary>
internal sealed class DirectCandidate(LabSetup setup) : ICandidate
{
    private readonly CountingOrderSink _orders = new();
    private StageSet? _stages;

    public StateHash? Hash => _stages!.Dispatch.Hash;

    public long Orders => _orders.Orders;

    public void Open(TickStream stream)
    {
        _stages = new StageSet(setup.Pairs, setup.Config, setup.Pipeline, _orders, new CountingStateSink());
        Publisher publisher = new(_stages, new TradingEvent[1]);
        stream.PlayOpening(ref publisher);
    }

    public void Run(TickStream stream)
    {
        Publisher publisher = new(_stages!, new TradingEvent[1]);
        stream.Play(ref publisher);
    }

    public void Dispose()
    {
    }

    private readonly struct Publisher(StageSet stages, TradingEvent[] slot) : IEventPublisher
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Tick(int product, long timeNs, long price, long quantity, long tradeKey)
        {
            ref TradingEvent e = ref slot[0];
            TickLine.Write(ref e, product, timeNs, timeNs, price, quantity, tradeKey);
            stages.Handle(ref e);
        }

        public void Other(in TradingEvent source)
        {
            slot[0] = source;
            stages.Handle(ref slot[0]);
        }
    }
}
