namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// How the pipeline is laid out and what the stages need to know beyond the portfolio's configuration.
/// </summary>
public sealed record PipelineOptions
{
    /// <summary>Which threads run the stages.</summary>
    public Topology Topology { get; init; } = Topology.Inline;

    /// <summary>How waiting stages wait; of no meaning for <see cref="Topology.Inline"/>.</summary>
    public WaitMode Wait { get; init; } = WaitMode.Yielding;

    /// <summary>Slots of the ring, a power of two. 1,024 slots of 256 bytes stay in the second-level cache.</summary>
    public int RingCapacity { get; init; } = 1024;

    /// <summary>
    /// Most events <see cref="Topology.Inline"/> handles in one poll, at least 1: what Dispatch asks for enters the
    /// ring between two polls. Stages with threads of their own take whatever is there.
    /// </summary>
    public int MaxBatchSize { get; init; } = 64;

    /// <summary>
    /// Whether more than one thread publishes, beside Dispatch's own under <see cref="SelfPublish"/>.
    /// </summary>
    public bool ManyPublishers { get; init; }

    /// <summary>
    /// Whether Dispatch itself moves its control events into the ring at the end of a batch (live); else the feeder
    /// drains them (replay).
    /// </summary>
    public bool SelfPublish { get; init; }

    /// <summary>Unfinished and recently finished orders each stage remembers.</summary>
    public int OrderCapacity { get; init; } = 4096;

    /// <summary>Control events that may wait between two batches; 16 a pair when that is more.</summary>
    public int OutboxCapacity { get; init; } = 8192;

    /// <summary>Taker fee rate that reservations include, fraction in [0, 0.1].</summary>
    public decimal TakerFee { get; init; } = 0.012m;

    /// <summary>
    /// Oldest price an entry may rely on where the pair's configuration does not say, seconds.
    /// </summary>
    public int DefaultMaxPriceAgeSeconds { get; init; } = 30;

    /// <summary>
    /// Length of the candles in which <see cref="Domain.PairConfig.MaxEntryWaitCandles"/> counts, seconds; without
    /// candles the interval of rebalances that order. 0 with neither: entries may wait as long as they are let then.
    /// </summary>
    public int CandleSeconds { get; init; }

    /// <summary>
    /// Whether measured groups of an earlier session are taken over; false where nobody measures any more, since they
    /// would stand for ever.
    /// </summary>
    public bool KeepsMeasuredGroups { get; init; } = true;

    /// <summary>
    /// Refuse <see cref="Topology.Staged"/> when there are fewer cores than stages and two more. Tests switch it off.
    /// </summary>
    public bool RequireCores { get; init; } = true;
}
