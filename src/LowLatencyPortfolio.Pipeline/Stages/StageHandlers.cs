using System.Runtime.CompilerServices;
using Disruptor;

namespace LowLatencyPortfolio.Pipeline;

// The ring's processors are generic over the handler; as structs the stages are called without a virtual call.

/// <summary>All four stages on one thread, and whoever follows the market.</summary>
internal readonly struct FusedHandler<TTap>(
    StageSet stages, OutboxPublisher? outbox, StageAllocations allocations, TTap tap) : IValueEventHandler<TradingEvent>
    where TTap : struct, IMarketTap
{
    public void OnStart() => allocations.Begin();

    public void OnShutdown() => allocations.End();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnEvent(ref TradingEvent data, long sequence, bool endOfBatch)
    {
        stages.Handle(ref data, in tap);
        if (endOfBatch)
        {
            outbox?.PublishWaiting();
        }
    }
}

/// <summary>Stage 1 on a thread of its own.</summary>
internal readonly struct NormalizeHandler(NormalizeStage stage, StageAllocations allocations)
    : IValueEventHandler<TradingEvent>
{
    public void OnStart() => allocations.Begin();

    public void OnShutdown() => allocations.End();

    public void OnEvent(ref TradingEvent data, long sequence, bool endOfBatch)
    {
        if (data.Kind == EventKind.Tick)
        {
            stage.OnTick(ref data);
        }
        else
        {
            stage.OnOther(ref data);
        }
    }
}

/// <summary>Stage 2 on a thread of its own.</summary>
internal readonly struct RatchetHandler(RatchetStage stage, StageAllocations allocations)
    : IValueEventHandler<TradingEvent>
{
    public void OnStart() => allocations.Begin();

    public void OnShutdown() => allocations.End();

    public void OnEvent(ref TradingEvent data, long sequence, bool endOfBatch)
    {
        if (data.Kind == EventKind.Tick)
        {
            stage.OnTick(ref data);
        }
        else
        {
            stage.OnOther(ref data);
        }
    }
}

/// <summary>Stage 3 on a thread of its own.</summary>
internal readonly struct RiskGateHandler(RiskGateStage stage, StageAllocations allocations)
    : IValueEventHandler<TradingEvent>
{
    public void OnStart() => allocations.Begin();

    public void OnShutdown() => allocations.End();

    public void OnEvent(ref TradingEvent data, long sequence, bool endOfBatch)
    {
        if (data.Kind == EventKind.Tick)
        {
            stage.OnTick(ref data);
        }
        else
        {
            stage.OnOther(ref data);
        }
    }
}

/// <summary>Stage 4 on a thread of its own.</summary>
internal readonly struct DispatchHandler(DispatchStage stage, OutboxPublisher? outbox, StageAllocations allocations)
    : IValueEventHandler<TradingEvent>
{
    public void OnStart() => allocations.Begin();

    public void OnShutdown() => allocations.End();

    public void OnEvent(ref TradingEvent data, long sequence, bool endOfBatch)
    {
        if (data.Kind == EventKind.Tick)
        {
            stage.OnTick(ref data);
        }
        else
        {
            stage.OnOther(ref data);
        }

        if (endOfBatch)
        {
            outbox?.PublishWaiting();
        }
    }
}

/// <summary>Whoever follows the market on a thread of its own, after stage 1.</summary>
internal readonly struct ObserverHandler(MarketTap tap, StageAllocations allocations)
    : IValueEventHandler<TradingEvent>
{
    public void OnStart() => allocations.Begin();

    public void OnShutdown() => allocations.End();

    public void OnEvent(ref TradingEvent data, long sequence, bool endOfBatch) => tap.OnNormalized(in data);
}
