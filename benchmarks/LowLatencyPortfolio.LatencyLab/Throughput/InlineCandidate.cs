using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// The engine's ring with one thread: the feed publishes and runs the stages itself, after every tick as a replay does,
/// or after a burst as a feed does that found several messages in its socket.
/// </summary>
internal sealed class InlineCandidate(LabSetup setup, int burst) : ICandidate
{
    private readonly CountingOrderSink _orders = new();
    private TradingPipeline? _pipeline;

    public StateHash? Hash => _pipeline!.Hash;

    public long Orders => _orders.Orders;

    public void Open(TickStream stream)
    {
        PipelineOptions options = setup.Pipeline with { Topology = Topology.Inline };
        _pipeline = new TradingPipeline(options, setup.Config, setup.Pairs, _orders, new CountingStateSink());
        _pipeline.Start();
        Publisher publisher = new(_pipeline, burst: 1);
        stream.PlayOpening(ref publisher);
    }

    public void Run(TickStream stream)
    {
        Publisher publisher = new(_pipeline!, burst);
        stream.Play(ref publisher);
        _ = _pipeline!.RunInline();
    }

    public void Dispose() => _pipeline?.Dispose();

    private struct Publisher(TradingPipeline pipeline, int burst) : IEventPublisher
    {
        private int _waiting;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Tick(int product, long timeNs, long price, long quantity, long tradeKey)
        {
            pipeline.PublishTick(product, timeNs, timeNs, price, quantity, tradeKey);
            if (++_waiting >= burst)
            {
                _waiting = 0;
                _ = pipeline.RunInline();
            }
        }

        public void Other(in TradingEvent source)
        {
            pipeline.Publish(in source);
            _ = pipeline.RunInline();
        }
    }
}
