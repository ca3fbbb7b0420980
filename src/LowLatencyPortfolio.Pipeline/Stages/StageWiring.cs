using Disruptor.Dsl;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What reads the ring, and how it is put in order on the threads of a topology.</summary>
/// <param name="Stages">The four stages.</param>
/// <param name="Outbox">Where Dispatch publishes by itself; null where the feeder drains it.</param>
/// <param name="Allocations">Adds up what the threads allocate.</param>
/// <param name="Observer">Who follows the market; null for nobody.</param>
/// <param name="Recorder">Who keeps what was published; null for nobody.</param>
internal sealed record StageWiring(
    StageSet Stages, OutboxPublisher? Outbox, StageAllocations Allocations, IMarketObserver? Observer,
    IEventRecorder? Recorder)
{
    public FusedHandler<TTap> Fused<TTap>(TTap tap)
        where TTap : struct, IMarketTap => new(Stages, Outbox, Allocations, tap);

    /// <summary>One thread: 1 Normalize, 2 Ratchet, 3 RiskGate, 4 Dispatch, then the observer.</summary>
    public void WireFused(ValueDisruptor<TradingEvent> disruptor)
    {
        _ = Observer is { } observer
            ? disruptor.HandleEventsWith(Fused(new MarketTap(observer)))
            : disruptor.HandleEventsWith(Fused(default(NoMarketTap)));
        WireRecorder(disruptor);
    }

    /// <summary>A thread each.</summary>
    public void WireStaged(ValueDisruptor<TradingEvent> disruptor)
    {
        // 1 Normalize ──► 2 Ratchet ──► 3 RiskGate ──► 4 Dispatch
        //             └─► observer
        ValueEventHandlerGroup<TradingEvent> normalized =
            disruptor.HandleEventsWith(new NormalizeHandler(Stages.Normalize, Allocations));
        _ = normalized
            .Then(new RatchetHandler(Stages.Ratchet, Allocations))
            .Then(new RiskGateHandler(Stages.RiskGate, Allocations))
            .Then(new DispatchHandler(Stages.Dispatch, Outbox, Allocations));
        if (Observer is { } observer)
        {
            _ = normalized.Then(new ObserverHandler(new MarketTap(observer), Allocations));
        }

        WireRecorder(disruptor);
    }

    private void WireRecorder(ValueDisruptor<TradingEvent> disruptor)
    {
        if (Recorder is { } recorder)
        {
            _ = disruptor.HandleEventsWith(new RecorderHandler(recorder, Allocations));
        }
    }
}
