using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The engine's own ring: Fused or Staged, where another thread runs the stages.</summary>
internal sealed class PipelineCandidate(LabSetup setup) : ICandidate
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly CountingOrderSink _orders = new();
    private TradingPipeline? _pipeline;

    public StateHash? Hash => _pipeline!.Hash;

    public long Orders => _orders.Orders;

    public void Open(TickStream stream)
    {
        _pipeline = new TradingPipeline(setup.Pipeline, setup.Config, setup.Pairs, _orders, new CountingStateSink());
        _pipeline.Start();
        Publisher publisher = new(_pipeline);
        stream.PlayOpening(ref publisher);
        _pipeline.WaitUntilHandled();
    }

    public void Run(TickStream stream)
    {
        Publisher publisher = new(_pipeline!);
        stream.Play(ref publisher);
        _pipeline!.WaitUntilHandled();
    }

    public void Dispose()
    {
        _ = _pipeline?.Stop(StopLimit);
        _pipeline?.Dispose();
    }

    private readonly struct Publisher(TradingPipeline pipeline) : IEventPublisher
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Tick(int product, long timeNs, long price, long quantity, long tradeKey) =>
            pipeline.PublishTick(product, timeNs, timeNs, price, quantity, tradeKey);

        public void Other(in TradingEvent source) => pipeline.Publish(in source);
    }
}
