using Disruptor;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>The recorder as a consumer of the ring.</summary>
internal readonly struct RecorderHandler(IEventRecorder recorder, StageAllocations allocations)
    : IValueEventHandler<TradingEvent>
{
    public void OnStart() => allocations.Begin();

    public void OnShutdown() => allocations.End();

    public void OnEvent(ref TradingEvent data, long sequence, bool endOfBatch) => recorder.Record(in data);
}
