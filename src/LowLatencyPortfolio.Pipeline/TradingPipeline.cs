using Disruptor;
using Disruptor.Dsl;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// The ring and its four stages: 1 Normalize, 2 Ratchet, 3 RiskGate, 4 Dispatch. Events go in; order commands and state
/// changes come out.
/// </summary>
/// <remarks>
/// Thread: publishing from one thread, or from many when <see cref="PipelineOptions.ManyPublishers"/> says so;
/// everything marked "at quiescence" only while nothing is published and <see cref="WaitUntilHandled"/> has returned.
/// Allocation: none after start. The same events give the same decisions under every topology. Source: DESIGN 2 and 3.
/// </remarks>
public sealed class TradingPipeline : IDisposable
{
    private static readonly TimeSpan StartStopTimeout = TimeSpan.FromSeconds(10);

    private readonly PipelineOptions _options;
    private readonly PairSetup[] _pairs;
    private readonly StageSet _stages;
    private readonly OutboxPublisher _outbox;
    private readonly ControlItem[] _controls;
    private readonly ValueDisruptor<TradingEvent> _disruptor;
    private readonly ValueRingBuffer<TradingEvent> _ring;
    private readonly PipelineFault _fault;
    private readonly RingAdapter.StageWatch<TradingEvent> _watch;
    private readonly InlineStages? _inline;
    private readonly StageAllocations _allocations = new();
    private bool _isRunning;

    /// <summary>Wires a pipeline; nothing runs before <see cref="Start"/>.</summary>
    /// <param name="options">Layout.</param>
    /// <param name="portfolio">Limits of the portfolio, validated.</param>
    /// <param name="pairs">From <see cref="PairSetup.Arrange"/>, at least one, at most 32,767.</param>
    /// <param name="orders">Where approved orders go.</param>
    /// <param name="journal">Where state changes go.</param>
    /// <param name="recorder">Who keeps what was published; null for nobody.</param>
    /// <param name="observer">Who follows the market; null for nobody, which costs nothing.</param>
    /// <exception cref="ArgumentException">The layout does not fit: ring not a power of two, too few cores for
    /// <see cref="Topology.Staged"/>.</exception>
    public TradingPipeline(
        PipelineOptions options, PortfolioConfig portfolio, PairSetup[] pairs, IOrderSink orders, IStateSink journal,
        IEventRecorder? recorder = null, IMarketObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pairs);
        TopologyCheck.Require(options, pairs.Length);
        _options = options;
        _pairs = pairs;
        _stages = new StageSet(pairs, portfolio, options, orders, journal);
        _fault = new PipelineFault(journal);
        _watch = new RingAdapter.StageWatch<TradingEvent>(_fault);
        _outbox = new OutboxPublisher(_stages.Dispatch.Outbox);
        _controls = new ControlItem[_stages.Dispatch.Outbox.Capacity];
        _disruptor = new ValueDisruptor<TradingEvent>(
            static () => default, options.RingCapacity, TaskScheduler.Default,
            options.ManyPublishers || (options.SelfPublish && options.Topology != Topology.Inline)
                ? ProducerType.Multi
                : ProducerType.Single,
            RingAdapter.CreateWaitStrategy((RingAdapter.WaitKind)options.Wait));
        _disruptor.SetDefaultExceptionHandler(_watch);
        _ring = _disruptor.RingBuffer;
        _outbox.Attach(_ring);
        StageWiring wiring = new(
            _stages, options.SelfPublish ? _outbox : null, _allocations, observer, recorder);
        switch (options.Topology)
        {
            case Topology.Inline:
                _inline = new InlineStages(_ring, _fault, options.MaxBatchSize, wiring);
                break;
            case Topology.Fused:
                wiring.WireFused(_disruptor);
                break;
            default:
                wiring.WireStaged(_disruptor);
                break;
        }
    }

    /// <summary>The pairs by index.</summary>
    public ReadOnlySpan<PairSetup> Pairs => _pairs;

    /// <summary>The layout.</summary>
    public PipelineOptions Options => _options;

    /// <summary>What stopped the pipeline; null while nothing did.</summary>
    public Exception? Fault => _fault.Cause;

    /// <summary>Hash over all decisions and fills so far; at quiescence.</summary>
    public StateHash Hash => _stages.Dispatch.Hash;

    /// <summary>Told of answers to entries and of the progress of exits; set before <see cref="Start"/>.</summary>
    public IOrderObserver? Observer
    {
        get => _stages.Dispatch.Observer;
        set => _stages.Dispatch.Observer = value;
    }

    /// <summary>
    /// Told of each row of history that is an alarm or ends one (<see cref="AlarmActions"/>); set before
    /// <see cref="Start"/>. Called on the thread that runs Dispatch, which it must not hold up.
    /// </summary>
    public Action<StateChange>? Alarmed
    {
        get => _stages.Dispatch.Alarmed;
        set => _stages.Dispatch.Alarmed = value;
    }

    /// <summary>Where any thread reads how the portfolio stands.</summary>
    public PortfolioBoard Board => _stages.RiskGate.Board;

    /// <summary>What was counted so far.</summary>
    public PipelineCounters Counters => PipelineReadings.CountersOf(_stages);

    /// <summary>
    /// Bytes the stages' and the recorder's own threads allocated from start to stop; 0 for <see
    /// cref="Topology.Inline"/>, which has none.
    /// </summary>
    public long StageAllocatedBytes => _allocations.Bytes;

    /// <summary>
    /// Sequence of the newest event that has passed all stages, the observer and the recorder; −1 before the first.
    /// From any thread.
    /// </summary>
    public long Handled => _ring.GetMinimumGatingSequence();

    /// <summary>The stages with all that they know of prices; at quiescence.</summary>
    internal StageSet Stages
    {
        get
        {
            _stages.Settle();
            return _stages;
        }
    }

    /// <summary>The stages as they are between events.</summary>
    internal StageSet UnsettledStages => _stages;

    /// <summary>Starts the stages' threads; nothing to do for <see cref="Topology.Inline"/>.</summary>
    public void Start()
    {
        if (_options.Topology != Topology.Inline)
        {
            RingAdapter.StartAndWait(_disruptor, StartStopTimeout);
        }

        _isRunning = true;
    }

    /// <summary>
    /// Claims the next slot, waiting while the ring is full; fill every field the kind needs, then
    /// <see cref="Publish(long)"/>.
    /// </summary>
    /// <param name="sequence">The slot's sequence.</param>
    /// <returns>The slot.</returns>
    /// <exception cref="InvalidOperationException">A stage has stopped; see <see cref="Fault"/>.</exception>
    public ref TradingEvent Claim(out long sequence)
    {
        if (_inline is not null)
        {
            while (!_ring.TryNext(out sequence))
            {
                RunInline();        // the publisher is the consumer: make room
            }
        }
        else
        {
            sequence = RingAdapter.Next(_ring, _watch);
        }

        return ref _ring[sequence];
    }

    /// <summary>Claims the next slot if there is one; pipeline threads and gateways publish only this way.</summary>
    /// <param name="sequence">The slot's sequence when true.</param>
    /// <returns>False when the ring is full; nothing happened.</returns>
    public bool TryClaim(out long sequence) => _ring.TryNext(out sequence);

    /// <summary>The slot of a claimed sequence.</summary>
    /// <param name="sequence">From <see cref="TryClaim"/>.</param>
    /// <returns>The slot.</returns>
    public ref TradingEvent Slot(long sequence) => ref _ring[sequence];

    /// <summary>Shows a filled slot to the stages.</summary>
    /// <param name="sequence">From <see cref="Claim"/>.</param>
    public void Publish(long sequence) => _ring.Publish(sequence);

    /// <summary>Publishes a tick; the only thing the hot path of a feed does.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <param name="receivedAtNs">Our time, ns UTC.</param>
    /// <param name="venueTimeNs">The venue's time, ns UTC; 0 when unknown.</param>
    /// <param name="price">Ring units, above 0.</param>
    /// <param name="quantity">Ring units, at least 0.</param>
    /// <param name="tradeKey">The venue's trade number; 0 when unknown.</param>
    public void PublishTick(int product, long receivedAtNs, long venueTimeNs, long price, long quantity, long tradeKey)
    {
        ref TradingEvent e = ref Claim(out long sequence);
        TickLine.Write(ref e, product, receivedAtNs, venueTimeNs, price, quantity, tradeKey);
        _ring.Publish(sequence);
    }

    /// <summary>Publishes a copy of an event.</summary>
    /// <param name="source">All of it is copied; what the stages write of it has no meaning here.</param>
    public void Publish(in TradingEvent source)
    {
        ref TradingEvent e = ref Claim(out long sequence);
        e = source;
        _ring.Publish(sequence);
    }

    /// <summary>
    /// Waits until every published event has passed all stages; for <see cref="Topology.Inline"/> it runs them.
    /// </summary>
    /// <exception cref="InvalidOperationException">A stage has stopped; see <see cref="Fault"/>.</exception>
    public void WaitUntilHandled()
    {
        if (_inline is not null)
        {
            RunInline();
            return;
        }

        SpinWait spin = default;
        while (_ring.GetMinimumGatingSequence() < _ring.Cursor)     // the last stage's, the observer's, the recorder's
        {
            if (_watch.IsDead)
            {
                throw new InvalidOperationException("a stage of the pipeline has stopped", _fault.Cause);
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>For <see cref="Topology.Inline"/>: runs the stages on this thread until nothing is left.</summary>
    /// <returns>Whether anything was handled.</returns>
    public bool RunInline() => _inline!.Run();

    /// <summary>Moves Dispatch's waiting control events into the ring; the feeder's thread, at quiescence.</summary>
    /// <returns>How many were moved.</returns>
    public int DrainOutbox()
    {
        // All are taken before the first is published: from then on Dispatch may add the next, on its own thread.
        int taken = _stages.Dispatch.Outbox.TakeAll(_controls);
        for (int i = 0; i < taken; i++)
        {
            _controls[i].WriteTo(ref Claim(out long sequence));
            Publish(sequence);
        }

        return taken;
    }

    /// <summary>
    /// Forgets Dispatch's waiting control events: where a recording is played, they come from it. At quiescence.
    /// </summary>
    public void DiscardOutbox() => _ = _stages.Dispatch.Outbox.TakeAll(_controls);

    /// <summary>
    /// Writes the rows of open positions with their newest highest price, and that of the portfolio; at quiescence.
    /// </summary>
    public void JournalOpenPositions()
    {
        _stages.Settle();
        _stages.Dispatch.JournalOpenPositions(_stages.Ratchet.Pairs, _stages.Normalize.NowNs, _stages.Normalize.Ticks);
        JournalPortfolio();
    }

    /// <summary>Writes the row of the portfolio: mode, breaker base, equity, realized; at quiescence.</summary>
    public void JournalPortfolio()
    {
        _stages.Settle();
        _stages.Dispatch.JournalPortfolio(_stages.RiskGate.Gate, _stages.Normalize.NowNs, _stages.Normalize.Ticks);
    }

    /// <summary>
    /// Appends the state of all stages; at quiescence. The stages' copies of shared facts are compared.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <exception cref="InvariantException">Two stages disagree.</exception>
    public void Save(CheckpointWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Invariant.Check(_stages.Dispatch.Outbox.Count == 0, InvariantRule.NotQuiescent);
        _stages.Save(writer);
    }

    /// <summary>
    /// Takes back a state that <see cref="Save"/> wrote, with the same pairs and configuration but for the capital;
    /// before anything is published.
    /// </summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="InvalidDataException">The state is cut off, or of another layout.</exception>
    /// <exception cref="InvariantException">Two stages disagree.</exception>
    public void Restore(CheckpointReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _stages.Restore(reader);
    }

    /// <summary>
    /// Takes over what was written down of a portfolio whose engine was not stopped in order; before anything is
    /// published, instead of <see cref="Restore"/>.
    /// </summary>
    /// <param name="stored">Positions, orders, mode.</param>
    /// <exception cref="InvariantException">The orders are more than the pipeline has room for, or number
    /// twice.</exception>
    public void Recover(StoredPortfolio stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        StageRecovery.Apply(_stages, _pairs, stored);
        _stages.CheckCopies();
    }

    /// <summary>What an operator watches; any thread, while it runs too.</summary>
    /// <returns>Figures as they are now.</returns>
    public PipelineVitals ReadVitals() => PipelineReadings.VitalsOf(_stages);

    /// <summary>Whether a pair is held and its feed is down; any thread.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <returns>As it was a moment ago.</returns>
    public bool IsHeldWithoutPrice(int product) => _stages.RiskGate.Pairs[product] is { FeedDown: true, Held: > 0 };

    /// <summary>How many orders the risk gate has refused for one reason since the start; any thread.</summary>
    /// <param name="verdict">The reason.</param>
    /// <returns>At least 0.</returns>
    public long RefusedFor(RiskVerdict verdict) => _stages.Dispatch.Refused[(byte)verdict];

    /// <summary>Metrics in decimals at the newest prices; at quiescence.</summary>
    /// <returns>The portfolio's metrics.</returns>
    public PortfolioMetrics Metrics()
    {
        _stages.Settle();
        _stages.RiskGate.Gate.SyncMarks();
        return _stages.RiskGate.Gate.Portfolio.GetPortfolioMetrics();
    }

    /// <summary>What equity is measured against; at quiescence.</summary>
    /// <returns>The day's first equity, the highest, the largest fall.</returns>
    public EquityBases ReadEquityBases()
    {
        _stages.Settle();
        return _stages.RiskGate.Gate.Bases;
    }

    /// <summary>Which pairs the risk gate takes as moving together; at quiescence.</summary>
    /// <returns>By pair: index of the pair that its measured group is named after.</returns>
    public int[] MeasuredGroups() =>
        [.. Enumerable.Range(0, _pairs.Length).Select(_stages.RiskGate.Gate.Portfolio.MeasuredGroup)];

    /// <summary>How the pairs' protection stands; at quiescence.</summary>
    /// <returns>One reading a pair, by index.</returns>
    public IReadOnlyList<PairReading> ReadPairs() => PipelineReadings.PairsOf(_stages, _pairs);

    /// <summary>How long positions were without a working stop; at quiescence.</summary>
    /// <returns>Counts by length.</returns>
    public NakedTimes ReadNakedTimes() => _stages.Ratchet.Naked;

    /// <summary>Handles what is published, then ends the stages' threads. Stop the publishers first.</summary>
    /// <param name="timeout">How long to wait for the last event.</param>
    /// <returns>False when events were left because a stage had stopped or time was up.</returns>
    public bool Stop(TimeSpan timeout)
    {
        if (!_isRunning)
        {
            return true;
        }

        _isRunning = false;
        if (_inline is null)
        {
            return RingAdapter.ShutdownAndDrain(_disruptor, _watch, timeout);
        }

        if (_fault.Cause is null)
        {
            RunInline();
        }

        return _fault.Cause is null;
    }

    /// <summary>Stops without waiting for more than the event each stage is at.</summary>
    public void Dispose()
    {
        if (_isRunning && _inline is null)
        {
            RingAdapter.Halt(_disruptor, StartStopTimeout);
        }

        _isRunning = false;
    }
}
