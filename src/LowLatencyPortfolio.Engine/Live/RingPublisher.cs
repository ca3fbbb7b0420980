using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Puts items into the ring: commands wait for room, ticks conflate. For <see cref="Topology.Inline"/> it runs the
/// stages.
/// </summary>
/// <remarks>Thread: the engine's. Allocation: none after warm-up.</remarks>
internal sealed class RingPublisher(TradingPipeline pipeline)
{
    private readonly bool _isInline = pipeline.Options.Topology == Topology.Inline;
    private readonly TickConflator _conflator = new(pipeline.Pairs.Length);
    private readonly PassWatch _passed = new();

    /// <summary>Ticks that lost their own place in the ring because it was full.</summary>
    public long Conflated => _conflator.Conflated;

    /// <summary>Whether somebody waits for an event to pass, or a tick for room.</summary>
    public bool IsAwaited => _passed.Any || _conflator.Any;

    /// <summary>Publishes anything but a tick, waiting for room.</summary>
    public void Publish(in EngineItem item)
    {
        item.WriteTo(ref pipeline.Claim(out long sequence));
        pipeline.Publish(sequence);
        _passed.Add(sequence, item.Passed);
    }

    /// <summary>Publishes anything but a tick if there is room.</summary>
    public bool TryPublish(in EngineItem item)
    {
        if (!TryClaim(out long sequence))
        {
            return false;
        }

        item.WriteTo(ref pipeline.Slot(sequence));
        pipeline.Publish(sequence);
        return true;
    }

    /// <summary>Publishes a tick; while the ring is full it is merged into its pair's survivor.</summary>
    public void PublishTick(in EngineItem item)
    {
        if (_conflator.Holds(item.Product) || !TryClaim(out long sequence))
        {
            _conflator.Add(in item);
            return;
        }

        ref TradingEvent e = ref pipeline.Slot(sequence);
        e.Kind = EventKind.Tick;
        e.Count = 1;
        e.Product = item.Product;
        e.ReceivedAtNs = item.ReceivedAtNs;
        e.VenueTimeNs = item.VenueTimeNs;
        e.Price = item.Price;
        e.Quantity = item.Quantity;
        e.Low = item.Price;
        e.High = item.Price;
        e.TradeKey = item.TradeKey;
        pipeline.Publish(sequence);
        _passed.Add(sequence, item.Passed);
    }

    /// <summary>Publishes the merged ticks for which there is room by now.</summary>
    /// <returns>Whether any was published.</returns>
    public bool PublishSurvivors()
    {
        bool any = false;
        while (_conflator.TryPublish(pipeline, _passed))
        {
            any = true;
        }

        return any;
    }

    /// <summary>Runs the stages when they have no threads of their own.</summary>
    public void RunStages()
    {
        if (!_isInline)
        {
            return;     // Dispatch publishes its control events itself
        }

        do
        {
            _ = pipeline.RunInline();
        }
        while (pipeline.DrainOutbox() > 0);
    }

    /// <summary>Completes those whose event has passed the stages.</summary>
    public void CompletePassed() => _passed.Complete(pipeline.Handled);

    /// <summary>Fails everybody who still waits for an event.</summary>
    public void Abandon(Exception cause)
    {
        _passed.Abandon(cause);
        _conflator.Abandon(cause);
    }

    private bool TryClaim(out long sequence)
    {
        if (pipeline.TryClaim(out sequence))
        {
            return true;
        }

        RunStages();
        return _isInline && pipeline.TryClaim(out sequence);
    }
}
