using Disruptor;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>The recorder and the four stages on the publisher's own thread, which polls instead of waiting.</summary>
/// <remarks>Two pollers of which one is there: the handler's type decides at compile time whether anybody
/// observes.</remarks>
internal sealed class InlineStages
{
    private readonly ValueRingBuffer<TradingEvent> _ring;
    private readonly PipelineFault _fault;
    private readonly RingAdapter.StagePoller<TradingEvent, FusedHandler<NoMarketTap>>? _plain;
    private readonly RingAdapter.StagePoller<TradingEvent, FusedHandler<MarketTap>>? _observed;
    private readonly RingAdapter.StagePoller<TradingEvent, RecorderHandler>? _recorder;

    public InlineStages(
        ValueRingBuffer<TradingEvent> ring, PipelineFault fault, int maxBatchSize, StageWiring wiring)
    {
        _ring = ring;
        _fault = fault;
        if (wiring.Observer is { } observer)
        {
            _observed = new(ring, wiring.Fused(new MarketTap(observer)), maxBatchSize);
        }
        else
        {
            _plain = new(ring, wiring.Fused(default(NoMarketTap)), maxBatchSize);
        }

        _recorder = wiring.Recorder is { } recorder
            ? new(ring, new RecorderHandler(recorder, wiring.Allocations))
            : null;
    }

    /// <summary>Runs the stages until nothing is left.</summary>
    /// <returns>Whether anything was handled.</returns>
    public bool Run() => _plain is { } plain ? Run(plain) : Run(_observed!);

    private bool Run<THandler>(RingAdapter.StagePoller<TradingEvent, THandler> stages)
        where THandler : struct, IValueEventHandler<TradingEvent>
    {
        if (stages.Sequence >= _ring.Cursor)
        {
            return false;
        }

        try
        {
            // Asks the cursor whether more came meanwhile: a poll that finds nothing costs as much as handling a tick.
            bool any = false;
            // The recorder first: it also keeps the event that makes a stage throw.
            while (stages.Sequence < _ring.Cursor
                && _recorder?.Poll() is null or EventPoller.PollState.Processing
                && stages.Poll() == EventPoller.PollState.Processing)
            {
                any = true;
            }

            return any;
        }
        catch (Exception exception)
        {
            long failed = stages.Sequence + 1;
            _fault.Remember(exception, ref _ring[failed]);
            throw;
        }
    }
}
