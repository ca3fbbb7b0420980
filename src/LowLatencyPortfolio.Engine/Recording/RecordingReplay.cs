using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Recording;

/// <summary>
/// Publishes a recording's events in their order to stages that reach neither a venue nor a database: what they decide
/// must be what was decided when it was recorded, under every topology.
/// </summary>
/// <remarks>Thread: the calling one publishes.</remarks>
public static class RecordingReplay
{
    // What the stages ask for between two looks at the outbox has room in it, whatever the number of pairs.
    private const int TicksBetweenLooks = 64;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Plays a recording to its end, or as far as it goes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="topology">Which threads run the stages.</param>
    /// <param name="requireCores">Whether a topology with more threads than cores is refused.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="RecordingException">Nothing can be played: not a recording, a newer one, a damaged
    /// one.</exception>
    /// <exception cref="ArgumentException">This machine has too few cores for the topology.</exception>
    public static RecordingResult Run(string path, Topology topology = Topology.Inline, bool requireCores = true)
    {
        using RecordingFile file = RecordingFile.Open(path);
        Nowhere nowhere = new();
        PipelineOptions options = new()
        {
            Topology = topology,
            RequireCores = requireCores,
            TakerFee = file.Setup.TakerFee,
            DefaultMaxPriceAgeSeconds = file.Setup.MaxPriceAgeSeconds,
            OrderCapacity = file.Setup.OrderCapacity,
            CandleSeconds = file.Setup.CandleSeconds,
        };
        using TradingPipeline pipeline = new(options, file.Setup.Portfolio, file.Pairs, nowhere, nowhere);
        Restore(pipeline, file, path);
        pipeline.Start();
        (long events, long ticks, string? fault) = Play(pipeline, file);
        _ = pipeline.Stop(StopTimeout);
        fault ??= file.Fault;
        if (fault is null && (events != file.End!.Events || ticks != file.End.Ticks))
        {
            fault = $"its run had {file.End.Events} events with {file.End.Ticks} ticks, it has {events} with {ticks}";
        }

        return new RecordingResult
        {
            EngineId = file.Setup.EngineId,
            Pairs = file.Pairs.Length,
            Events = events,
            Ticks = ticks,
            Hash = pipeline.Hash,
            RecordedHash = file.End is { } end ? new StateHash(end.Hash) : null,
            Fault = fault is null ? null : $"{path}: {fault}; {events} events were played",
        };
    }

    private static void Restore(TradingPipeline pipeline, RecordingFile file, string path)
    {
        if (file.Setup.Layout is { } layout && layout != CheckpointLayout.Mark)
        {
            throw new RecordingException(
                $"{path}: the state it begins with is laid out by another version of this program; use that one");
        }

        try
        {
            pipeline.Restore(new CheckpointReader(file.State));
        }
        catch (Exception e) when (e is InvalidDataException or InvariantException or ArgumentException
            or OverflowException)
        {
            throw new RecordingException($"{path}: the state it begins with cannot be taken: {e.Message}", e);
        }
    }

    private static (long Events, long Ticks, string? Fault) Play(TradingPipeline pipeline, RecordingFile file)
    {
        long events = 0;
        long ticks = 0;
        try
        {
            while (file.TryRead(out ReadOnlySpan<byte> record))
            {
                ref TradingEvent e = ref pipeline.Claim(out long sequence);
                record.CopyTo(RecordingFormat.ProducerPartOf(ref e));
                bool isTick = e.Kind == EventKind.Tick;
                e.MarketEvent = isTick ? e.MarketEvent : 0;
                pipeline.Publish(sequence);
                events++;
                ticks += isTick ? 1 : 0;
                if (!isTick || ticks % TicksBetweenLooks == 0)
                {
                    Settle(pipeline);
                }
            }

            Settle(pipeline);
            return (events, ticks, null);
        }
        catch (Exception e) when (e is InvalidOperationException or InvariantException)
        {
            return (events, ticks, $"the stages stopped at event {events}: {(pipeline.Fault ?? e).Message}");
        }
    }

    private static void Settle(TradingPipeline pipeline)
    {
        pipeline.WaitUntilHandled();
        pipeline.DiscardOutbox();
    }

    private sealed class Nowhere : IOrderSink, IStateSink
    {
        public void Submit(in OrderCommand command)
        {
        }

        public void Append(in StateChange change)
        {
        }
    }
}
