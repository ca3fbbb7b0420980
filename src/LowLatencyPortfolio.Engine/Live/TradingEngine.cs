using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// A live engine in this process: the pipeline, its journal, its venue, and one thread that publishes to the ring for
/// everybody.
/// </summary>
/// <remarks>
/// Thread: every public member from any thread, but <see cref="Start"/> once and before the rest. Several engines live
/// side by side; there are no statics and nothing is printed. Restart: a stop in order stores the whole state, the next
/// start on the same database takes it back. After a crash the rows are compared with the venue first (<see
/// cref="Reconciliation"/>); at a venue that cannot be asked (<see cref="IRecoverableGateway"/>) the start is refused.
/// Source: SPEC 4 and 14.
/// </remarks>
public sealed class TradingEngine : IPriceInput, IAsyncDisposable, IDisposable
{
    private readonly TradingEngineOptions _options;
    private readonly PairSetup[] _pairs;
    private readonly Inbox<EngineItem> _inbox;
    private readonly EngineInput _input;
    private readonly WakeGate _wake = new();
    private readonly EventHub _events;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<PairSetup[], ISessionJournal>? _journalForTests;
    private EngineSession? _session;
    private Exception? _stopFault;
    private int _state;
    private volatile bool _isDisposed;

    /// <summary>Makes an engine; nothing runs and no file is touched before <see cref="Start"/>.</summary>
    /// <param name="options">Limits, threads, venue, database.</param>
    /// <param name="pairs">What is traded, each product once.</param>
    /// <exception cref="ConfigurationException">
    /// The configuration has faults; the message names all of them.
    /// </exception>
    public TradingEngine(TradingEngineOptions options, IEnumerable<(ProductSpec Product, PairConfig Config)> pairs)
        : this(options, pairs, journal: null)
    {
    }

    internal TradingEngine(
        TradingEngineOptions options, IEnumerable<(ProductSpec Product, PairConfig Config)> pairs,
        Func<PairSetup[], ISessionJournal>? journal)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pairs);
        (ProductSpec Product, PairConfig Config)[] given = [.. pairs];
        Warnings = EngineCheck.Require(options, given);
        _options = options with { Time = SteadyClock.Over(options.Time) };
        _pairs = PairSetup.Arrange(given);
        _events = new EventHub(_pairs);
        _inbox = new Inbox<EngineItem>(options.InboxCapacity);
        _input = new EngineInput(this, _inbox, _wake);
        _journalForTests = journal;
    }

    /// <summary>
    /// Raised once, on the engine's thread, when a fault has ended the engine; <see cref="Fault"/> says which. Who
    /// comes later than that looks at <see cref="Completion"/>. What a handler throws is dropped.
    /// </summary>
    public event Action<Exception>? Faulted;

    /// <summary>
    /// Raised for what a person should know of when it happens: a position without a stop, entries that are halted, an
    /// exit that waits; the rows of history say the same.
    /// </summary>
    /// <remarks>
    /// Thread: a timer's, one alarm after another, at most a fifth of a second late; at <see cref="Start"/> the calling
    /// one, for what an earlier session left. What a handler throws is dropped. The stages wait for nobody, the
    /// engine's end ten seconds for the handlers.
    /// </remarks>
    public event Action<EngineAlarm>? Alarmed;

    /// <summary>What was allowed but probably not meant, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The pairs by index.</summary>
    public IReadOnlyList<PairSetup> Pairs => _pairs;

    /// <summary>Capital and limits.</summary>
    public PortfolioConfig Portfolio => _options.Portfolio;

    /// <summary>Where the engine is in its life.</summary>
    public EngineState State => (EngineState)Volatile.Read(ref _state);

    /// <summary>What ended the engine; null while nothing did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Completes, never faulted, when the engine has ended, in order or not.</summary>
    public Task Completion => _ended.Task;

    /// <summary>
    /// Where any thread reads how the portfolio stands; newest at each report and ten times a second.
    /// </summary>
    /// <exception cref="EngineStoppedException">The engine was never started.</exception>
    public PortfolioBoard Board => Session.Pipeline.Board;

    /// <summary>The engine's part of its order ids.</summary>
    /// <exception cref="EngineStoppedException">The engine was never started.</exception>
    public string EngineId => Session.EngineId;

    /// <summary>Number of this start on its database, from 1.</summary>
    /// <exception cref="EngineStoppedException">The engine was never started.</exception>
    public long Epoch => Session.Epoch;

    /// <summary>
    /// What the start found different at the venue after a session that did not stop in order; null after one that did.
    /// </summary>
    /// <exception cref="EngineStoppedException">The engine was never started.</exception>
    public ReconcileReport? Reconciliation => Session.Reconciliation;

    /// <summary>
    /// Whether something at the venue was in doubt when the engine was stopped: the next start asks there first.
    /// </summary>
    /// <exception cref="EngineStoppedException">The engine was never started.</exception>
    public bool IsLeftInDoubt => Session.IsLeftInDoubt;

    /// <summary>What was counted so far.</summary>
    /// <exception cref="EngineStoppedException">The engine was never started.</exception>
    public EngineCounters Counters => new()
    {
        TicksTaken = _input.TicksTaken,
        TicksRefused = _input.TicksRefused,
        TicksConflated = Session.Loop.Conflated,
        Pipeline = Session.Pipeline.Counters,
    };

    internal EngineSession Session => _session ?? throw new EngineStoppedException("the engine was never started");

    /// <summary>What builds candles and judges them; set before <see cref="Start"/>, null for nobody.</summary>
    internal LiveSignals? Signals { get; set; }

    /// <summary>What it knows is stored and taken back; set before <see cref="Start"/>, null for nobody.</summary>
    internal RebalanceDesk? Rebalances { get; set; }

    /// <summary>Told of answers to entries and of exits; the orchestrator's, set before <see cref="Start"/>.</summary>
    internal IOrderObserver? Observer { get; set; }

    /// <summary>The way in, for what the engine's own parts publish.</summary>
    internal EngineInput Input => _input;

    internal TimeProvider Time => _options.Time;

    /// <summary>Index of a product's pair.</summary>
    /// <param name="productId">Any text.</param>
    /// <param name="index">The index when true.</param>
    /// <returns>False when the engine does not trade it.</returns>
    public bool TryIndexOf(string productId, out int index) => _input.TryIndexOf(productId, out index);

    /// <summary>The id under which the venue knows one of our orders.</summary>
    /// <param name="sequence">Our number of the order, from 1.</param>
    /// <returns><c>llp-engineId-epoch-sequence</c>.</returns>
    public string OrderIdOf(long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"llp-{EngineId}-{Epoch}-{sequence}");

    /// <summary>
    /// Opens the database, takes the last session's state back, starts the threads; returns when the first event has
    /// passed.
    /// </summary>
    /// <exception cref="Persistence.JournalException">
    /// The database cannot be used, or its last session did not stop in order and traded at a venue that cannot be
    /// asked.
    /// </exception>
    /// <exception cref="ReconcileException">
    /// After a crash: the venue could not be asked, or says what cannot be; nothing was changed.
    /// </exception>
    /// <exception cref="ArgumentException">The layout does not fit this machine.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="InvalidOperationException">
    /// The engine was started before; an <see cref="EngineStoppedException"/> when it was stopped, or ended by a fault,
    /// in its first events.
    /// </exception>
    public void Start()
    {
        if (!TryEnter(EngineState.Running, from: EngineState.Created))
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            throw new InvalidOperationException("an engine is started once; make another one");
        }

        try
        {
            _session = EngineSession.Open(
                _options, _pairs, EngineSession.GatewayOf(_options, _pairs), _inbox, _wake, Observer, Signals,
                Rebalances, _events, Tell, _journalForTests);
        }
        catch
        {
            End(EngineState.Stopped);
            throw;
        }

        Interlocked.MemoryBarrier();        // a stop that came meanwhile sees the session, or is seen here
        if (State == EngineState.Stopping)
        {
            _session.Loop.RequestStop();
        }

        new Thread(RunSession) { Name = "llp engine", IsBackground = true }.Start();
        foreach ((ControlAction action, ExitReason reason) in _session.Instructions)
        {
            _ = _input.PostControlAsync(action, product: -1, reason);
        }

        RefreshBoardAsync().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public bool PublishTick(string productId, decimal price, decimal quantity, long tradeKey, long venueTimeNs) =>
        _input.PublishTick(productId, price, quantity, tradeKey, venueTimeNs);

    /// <inheritdoc/>
    public bool PublishTick(in MarketTick tick) => _input.PublishTick(in tick);

    /// <summary>Tells the stages that something entries rely on went bad, or is good again.</summary>
    /// <param name="product">
    /// Index of the pair; −1 is the whole portfolio, and the only value for anything but <see
    /// cref="HealthFlag.FeedDown"/>, which alone is kept for each pair.
    /// </param>
    /// <param name="flag">
    /// <see cref="HealthFlag.FeedDown"/>, <see cref="HealthFlag.ClockSkew"/> or <see cref="HealthFlag.NotReconciled"/>;
    /// the engine watches its journal itself.
    /// </param>
    /// <param name="isBad">True closes the gate for entries; false opens it if nothing else keeps it closed.</param>
    /// <remarks>
    /// Thread: any. Allocation: none. Waits only while the inbox is full. It keeps its place among the ticks of the
    /// calling thread, but while the ring is full a tick before it may be merged into one that follows it.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such pair, or the flag is not one of these or not kept for each pair.
    /// </exception>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public void PublishFeedState(int product, HealthFlag flag, bool isBad) =>
        _input.PublishFeedState(product, flag, isBad);

    /// <summary>Gives an instruction about a pair or the portfolio.</summary>
    /// <param name="action">
    /// Of the portfolio: <see cref="ControlAction.Halt"/>, <see cref="ControlAction.ReduceOnly"/>, <see
    /// cref="ControlAction.Resume"/>, <see cref="ControlAction.ResumeRebased"/>. Of the portfolio or one pair: <see
    /// cref="ControlAction.Liquidate"/>, which halts when it is of the portfolio, and <see
    /// cref="ControlAction.CancelEntries"/> for entries at the venue; one that waits for its turn goes on.
    /// </param>
    /// <param name="product">Index of the pair; −1 is the portfolio.</param>
    /// <returns>
    /// Completes when the instruction has passed the stages; what it leads to follows. A resume that the loss limit
    /// forbids changes nothing: the mode on the board stays.
    /// </returns>
    /// <exception cref="ArgumentException">No such instruction, no such pair, or not one of a pair.</exception>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public Task ControlAsync(ControlAction action, int product = -1) => _input.ControlAsync(action, product);

    /// <summary>Gives an instruction about a pair.</summary>
    /// <param name="action"><see cref="ControlAction.Liquidate"/> or <see cref="ControlAction.CancelEntries"/>.</param>
    /// <param name="productId">A product that is traded here.</param>
    /// <returns>As <see cref="ControlAsync(ControlAction, int)"/>.</returns>
    /// <exception cref="ArgumentException">Not an instruction about a pair, or no such product.</exception>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public Task ControlAsync(ControlAction action, string productId) => TryIndexOf(productId, out int product)
        ? ControlAsync(action, product)
        : throw new ArgumentException($"product {productId} is not traded here", nameof(productId));

    /// <summary>Asks the risk gate for an entry; whether it was sent or why not stands in the journal.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <param name="type"><see cref="OrderType.Limit"/> or <see cref="OrderType.Market"/>.</param>
    /// <param name="limit">Limit, ring units of the product, above 0; 0 for a market order.</param>
    /// <param name="quantity">Quantity, ring units; 0 takes the size from the pair's configuration.</param>
    /// <remarks>Thread: any. Waits only while the inbox is full.</remarks>
    /// <exception cref="ArgumentException">No such pair, another type, or a number that is not allowed.</exception>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public void SubmitEntry(int product, OrderType type, long limit, long quantity) =>
        _input.SubmitEntry(product, type, limit, quantity);

    /// <summary>
    /// Listens to what happens: orders, fills, stops, positions closed, refusals, changes of mode, alarms.
    /// </summary>
    /// <param name="capacity">Events that may wait to be read, above 0; more are missed and counted.</param>
    /// <returns>
    /// The listener's own stream from now on; it ends with the engine. Before <see cref="Start"/> it hears all.
    /// </returns>
    /// <remarks>
    /// Thread: any; several listen side by side. The stages wait for none of them and allocate nothing for them.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not above 0.</exception>
    public EngineEvents Listen(int capacity = 1_024) => _events.Listen(capacity);

    /// <summary>Reads what the engine came to.</summary>
    /// <returns>Hash, counters and money at its end.</returns>
    /// <exception cref="InvalidOperationException">The engine has not ended.</exception>
    /// <exception cref="EngineStoppedException">The engine was never started.</exception>
    public EngineOutcome ReadOutcome()
    {
        TradingPipeline pipeline = Session.Pipeline;
        return Completion.IsCompleted
            ? new EngineOutcome(
                pipeline.Hash, Counters, pipeline.Metrics(), pipeline.ReadPairs(), pipeline.StageAllocatedBytes)
            : throw new InvalidOperationException("the engine has not ended; stop it first");
    }

    /// <summary>
    /// Takes nothing more, finishes what is under way, stores the state, commits, ends the threads. Positions and stops
    /// stay. From any thread, more than once; before the start there is nothing to stop.
    /// </summary>
    /// <returns>Completes when all of that is done; also after a fault.</returns>
    /// <exception cref="Persistence.JournalException">Something could not be committed.</exception>
    /// <exception cref="TimeoutException">
    /// What was under way did not end in time; the next start will find no stored state.
    /// </exception>
    public async Task StopAsync()
    {
        if (State == EngineState.Created)
        {
            return;
        }

        if (TryEnter(EngineState.Stopping, from: EngineState.Running))
        {
            _session?.Loop.RequestStop();
        }

        await Completion.ConfigureAwait(false);
        if (_stopFault is not null)
        {
            throw _stopFault;
        }
    }

    /// <summary>Stops as <see cref="StopAsync"/> does, without its exceptions; it cannot be started any more.</summary>
    /// <returns>Completes when the engine has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (TryEnter(EngineState.Stopped, from: EngineState.Created))
        {
            End(EngineState.Stopped);
        }

        try
        {
            await StopAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (ReferenceEquals(e, _stopFault))
        {
            // Whoever needs to know calls StopAsync; a dispose often runs while another exception is on its way.
        }

        _events.Dispose();
        _wake.Dispose();
    }

    /// <summary>As <see cref="DisposeAsync"/>, waiting.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Publishes a timer event, so that the board shows what was published before it.</summary>
    internal Task RefreshBoardAsync() => _input.RefreshBoardAsync();

    /// <summary>Why nothing is taken.</summary>
    internal EngineStoppedException NotRunning() => State switch
    {
        EngineState.Created => new EngineStoppedException("the engine has not been started"),
        EngineState.Faulted => new EngineStoppedException($"the engine was ended by a fault: {Fault?.Message}", Fault),
        _ => new EngineStoppedException("the engine has been stopped"),
    };

    private void RunSession()
    {
        EngineSession session = Session;
        (Fault, _stopFault) = session.Run(_options.StopTimeout, isStopping: () => State == EngineState.Stopping);
        End(Fault is null ? EngineState.Stopped : EngineState.Faulted);
        session.Loop.Abandon(NotRunning());
        if (Fault is { } fault)
        {
            Listeners.Tell(Faulted, fault);
        }
    }

    private void Tell(EngineAlarm alarm)
    {
        _events.Add(alarm);
        Listeners.Tell(Alarmed, alarm);
    }

    private bool TryEnter(EngineState state, EngineState from) =>
        Interlocked.CompareExchange(ref _state, (int)state, (int)from) == (int)from;

    private void End(EngineState state)
    {
        Volatile.Write(ref _state, (int)state);
        _ = _ended.TrySetResult();
        _events.Dispose();
    }
}
