using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The candidates in the order of the report.</summary>
internal static class Candidates
{
    public const string Direct = "directNs";
    public const string Inline = "inlineNs";
    public const string InlineBursts = "inlineBurstsNs";
    public const string Fused = "fusedNs";
    public const string RingAlone = "ringAloneNs";
    public const string DecimalReference = "decimalReferenceNs";
    public const string ChannelBounded = "channelBoundedNs";
    public const string ChannelUnbounded = "channelUnboundedNs";
    public const string Dataflow = "dataflowNs";
    public const string DataflowUnbounded = "dataflowUnboundedNs";
    public const string DataflowOneProducer = "dataflowSingleProducerNs";
    public const string BlockingCollection = "blockingCollectionNs";

    /// <summary>Bounded queues hold as many events as the ring has slots.</summary>
    public static IReadOnlyList<CandidateKind> Of(LabSetup setup)
    {
        int capacity = setup.Pipeline.RingCapacity;
        return
        [
            new("direct calls", Direct, () => new DirectCandidate(setup)),
            new("Inline", Inline, () => new InlineCandidate(setup, burst: 1)),
            new("Inline, bursts of 64", InlineBursts, () => new InlineCandidate(setup, burst: 64)),
            new("Fused", Fused, () => new PipelineCandidate(setup)),
            new("  the ring alone, no stages", RingAlone, () => new RingAloneCandidate(setup)),
            new("plain-decimal reference", DecimalReference, () => new DecimalReferenceCandidate(setup)),
            new("Channel, bounded", ChannelBounded,
                () => Queue(setup, stages => ChannelQueue.Bounded(stages, capacity))),
            new("Channel, unbounded", ChannelUnbounded, () => Queue(setup, ChannelQueue.Unbounded)),
            new("Dataflow ActionBlock, bounded", Dataflow,
                () => Queue(setup, stages => DataflowQueue.Bounded(stages, capacity))),
            new("  unbounded", DataflowUnbounded, () => Queue(setup, DataflowQueue.Unbounded)),
            new("  unbounded, one producer", DataflowOneProducer, () => Queue(setup, DataflowQueue.OneProducer)),
            new("BlockingCollection, bounded", BlockingCollection,
                () => Queue(setup, stages => new BlockingCollectionQueue(stages, capacity))),
        ];
    }

    private static QueueCandidate Queue(LabSetup setup, Func<StageSet, IEventQueue> make) => new(setup, make);
}
