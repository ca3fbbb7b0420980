using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Trades several pairs as one portfolio: asks for signals, submits entries together, takes prices in, liquidates, and
/// says how things stand.
/// </summary>
/// <remarks>
/// Thread: register the pairs and start from one thread; after that every member from any. Built on a <see
/// cref="TradingEngine"/>, which decides everything; this asks and awaits. Continuations of what it returns never run
/// on an engine's thread. Source: SPEC 9 and 10.
/// </remarks>
public sealed class MultiPairOrchestrator : IAsyncDisposable, IDisposable
{
    private readonly TradingEngineOptions _engineOptions;
    private readonly OrchestratorOptions _options;
    private readonly SignalRound? _signals;
    private readonly EntryCallers _callers = new();
    private readonly List<(ProductSpec Product, PairConfig Config)> _registered = [];
    private TradingEngine? _engine;
    private EntryCoordinator? _entries;
    private LiquidationDesk? _liquidations;
    private LiveSignals? _live;
    private RebalanceDesk? _desk;
    private bool _isStarted;
    private volatile bool _isDisposed;

    /// <summary>Makes an orchestrator; nothing runs before <see cref="Start"/>.</summary>
    /// <param name="engineOptions">Limits, threads, venue, database.</param>
    /// <param name="signals">
    /// Who judges entries; null when <see cref="CheckAllEntriesAsync"/> is not used. With <see
    /// cref="TradingEngineOptions.Signals"/> the engine asks it at each candle close and submits what it proposes;
    /// without one it builds candles and measures groups all the same, where <see cref="SignalOptions.Correlation"/> is
    /// set.
    /// </param>
    /// <param name="options">Deadlines; null takes the defaults.</param>
    public MultiPairOrchestrator(
        TradingEngineOptions engineOptions, ISignalGenerator? signals = null, OrchestratorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engineOptions);
        _engineOptions = engineOptions;
        _options = options ?? new OrchestratorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.SignalDeadline, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.LiquidationDeadline, TimeSpan.Zero);
        _signals = signals is null ? null : new SignalRound(signals, _options.SignalDeadline, engineOptions.Time);
    }

    /// <summary>The engine underneath: feeds publish to it, operators halt and resume it.</summary>
    /// <exception cref="EngineStoppedException">Not started yet.</exception>
    public TradingEngine Engine => _engine ?? throw new EngineStoppedException("start the orchestrator first");

    /// <summary>
    /// What the signals came to so far; null where no candles are built.
    /// </summary>
    public SignalReadings? Signals => _live?.Readings;

    /// <summary>
    /// What the looks at rebalances came to since the start, those that failed among them; null before it.
    /// </summary>
    public RebalanceReadings? Rebalancing => Rebalances?.Readings;

    /// <summary>Answers that entries are awaited for now.</summary>
    internal int AwaitedEntries => _callers.Count;

    /// <summary>Who looks for rebalances; null before the start.</summary>
    internal LiveRebalances? Rebalances { get; private set; }

    internal Func<PairSetup[], ISessionJournal>? JournalForTests { get; init; }

    /// <summary>Adds a pair; before <see cref="Start"/>.</summary>
    /// <param name="config">How it is traded and protected.</param>
    /// <param name="product">Its grid and minimum sizes.</param>
    /// <exception cref="InvalidOperationException">Started already.</exception>
    public void RegisterPair(PairConfig config, ProductSpec product)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(product);
        if (_engine is not null)
        {
            throw new InvalidOperationException($"{config.ProductId}: pairs are registered before the start");
        }

        _registered.Add((product, config));
    }

    /// <summary>
    /// Checks the whole configuration and makes the engine, so that feeds can be made for it before <see
    /// cref="Start"/>, which does the same.
    /// </summary>
    /// <returns><see cref="Engine"/>.</returns>
    /// <exception cref="ConfigurationException">There are faults; the message names all of them.</exception>
    /// <exception cref="ObjectDisposedException">The orchestrator was disposed.</exception>
    public TradingEngine Build()
    {
        if (_engine is not null)
        {
            return _engine;
        }

        ObjectDisposedException.ThrowIf(_isDisposed, this);

        TradingEngine engine = new(_engineOptions, _registered, JournalForTests) { Observer = new OrderNews(this) };
        if (_engineOptions.Signals is { } signals && (_signals is not null || signals.Correlation is not null))
        {
            // Without a generator there is nobody to ask, but groups are measured all the same.
            _live = new LiveSignals(
                this, [.. engine.Pairs], signals with { AskAtClose = signals.AskAtClose && _signals is not null });
            engine.Signals = _live;
        }

        _desk = new RebalanceDesk(
            [.. engine.Pairs], engine.Portfolio, _engineOptions.Paper.TakerFee,
            _engineOptions.Rebalance ?? new RebalanceOptions());
        engine.Rebalances = _desk;
        _engine = engine;
        return engine;
    }

    /// <summary>Checks the whole configuration and starts the engine.</summary>
    /// <exception cref="ConfigurationException">There are faults; the message names all of them.</exception>
    /// <exception cref="Persistence.JournalException">
    /// The database cannot be used, or its last session did not stop in order and traded where nobody can be asked.
    /// </exception>
    /// <exception cref="ArgumentException">The layout does not fit this machine.</exception>
    /// <exception cref="InvalidOperationException">Started already, or disposed.</exception>
    public void Start()
    {
        if (_isStarted)
        {
            throw new InvalidOperationException("an orchestrator is started once; make another one");
        }

        TradingEngine engine = Build();
        _isStarted = true;
        engine.Start();
        _entries = new EntryCoordinator(engine, _callers);
        _liquidations = new LiquidationDesk(engine, _options.LiquidationDeadline);
        _ = engine.Completion.ContinueWith(
            _ => OnEnded(),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _live?.Start();
        Rebalances = new LiveRebalances(engine, _desk!);
    }

    /// <summary>Asks the signal generator about every pair at once.</summary>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>
    /// A check each pair, by product id. A pair that throws or is late says so and does not hurt the others.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is no signal generator.</exception>
    public Task<IReadOnlyList<SignalCheck>> CheckAllEntriesAsync(CancellationToken cancellationToken = default) =>
        CheckAsync(
            _signals ?? throw new InvalidOperationException("no signal generator was given"), cancellationToken);

    /// <summary>Submits entries and awaits what the risk gate says of each.</summary>
    /// <param name="entries">
    /// Signals; those that do not ask to enter come back with <see cref="RiskVerdict.None"/>.
    /// </param>
    /// <param name="maxConcurrent">
    /// Most answers awaited at once, at least 1; never more than <see cref="PortfolioConfig.MaxConcurrentEntries"/>,
    /// which also bounds what the venue has not acknowledged.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; an entry that was submitted may still be sent.</param>
    /// <returns>In the order of the entries: the order's id, sent to the venue, or the limit that refused it.</returns>
    /// <exception cref="ArgumentException">No list, an entry that is null, or fewer than one awaited.</exception>
    /// <exception cref="EngineStoppedException">The engine is not running, or ended before it answered.</exception>
    public Task<IReadOnlyList<EntryResult>> SubmitCoordinatedEntriesAsync(
        IReadOnlyList<EntrySignal> entries, int maxConcurrent = 3, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrent, 1);
        if (entries.Any(entry => entry is null))
        {
            throw new ArgumentException("an entry is null; nothing was submitted", nameof(entries));
        }

        return Started(_entries).SubmitAsync(entries, maxConcurrent, cancellationToken);
    }

    /// <summary>
    /// Submits all entries at once, as the engine does those of a close, and tells what the risk gate says of each when
    /// it does: none waits here for another's answer. Where the gate has no slot for one, it waits there, counted and
    /// reserved.
    /// </summary>
    /// <param name="entries">As above. All have been posted, in their order, when the call returns.</param>
    /// <param name="answered">Told the index of an entry and its answer; from any thread, several at a time.</param>
    /// <param name="cancellationToken">Ends the waiting; an entry that was submitted may still be sent.</param>
    /// <returns>Completes when every answer was told, or cannot come.</returns>
    /// <exception cref="EngineStoppedException">The engine is not running, or ended before it answered.</exception>
    public Task SubmitCoordinatedEntriesAsync(
        IReadOnlyList<EntrySignal> entries, Action<int, EntryResult> answered,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(answered);
        return Started(_entries).SubmitAsync(entries, answered, cancellationToken);
    }

    /// <summary>Takes a price in.</summary>
    /// <param name="productId">A registered product.</param>
    /// <param name="price">Quote per base, above 0, on the ring's unit.</param>
    /// <param name="quantity">Base, at least 0.</param>
    /// <param name="tradeKey">The venue's number of the trade; 0 when unknown.</param>
    /// <param name="venueTimeNs">The venue's time, ns UTC; 0 when unknown.</param>
    /// <param name="cancellationToken">Ends the waiting, not the tick.</param>
    /// <returns>
    /// Completes when the tick has passed the stages: its stop move or exit is then decided and sent.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The product is not registered, or the price or quantity is not usable.
    /// </exception>
    /// <exception cref="EngineStoppedException">The engine is not running, or ended before.</exception>
    public Task HandlePriceUpdateAsync(
        string productId, decimal price, decimal quantity = 0m, long tradeKey = 0, long venueTimeNs = 0,
        CancellationToken cancellationToken = default)
    {
        Task passed = Engine.Input.PublishTickAsync(productId, price, quantity, tradeKey, venueTimeNs)
            ?? throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{productId} at {price}, quantity {quantity}: the product must be registered, the price above 0, "
                + $"both on the product's units"));
        return passed.WaitAsync(cancellationToken);
    }

    /// <summary>Closes a pair now: cancels its entries and its stop and sells what is held at the market.</summary>
    /// <param name="productId">A registered product.</param>
    /// <param name="cancellationToken">Ends the waiting, not the liquidation.</param>
    /// <returns>
    /// When the exit is acknowledged, refused or done, or the deadline has come. The pair stays open for later entries.
    /// </returns>
    /// <exception cref="ArgumentException">The product is not registered.</exception>
    /// <exception cref="EngineStoppedException">The engine is not running, or ended before.</exception>
    public Task<LiquidationResult> EmergencyLiquidatePairAsync(
        string productId, CancellationToken cancellationToken = default) =>
        Engine.TryIndexOf(productId, out int product)
            ? Started(_liquidations).LiquidateAsync(product, cancellationToken)
            : throw new ArgumentException($"product {productId} is not traded here", nameof(productId));

    /// <summary>Closes every pair, largest exposure first, and halts: entries are refused until a resume.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the liquidation.</param>
    /// <returns>When every exit is acknowledged, refused or done, or the deadline has come.</returns>
    /// <exception cref="EngineStoppedException">The engine is not running, or ended before.</exception>
    public Task<LiquidationResult> EmergencyLiquidatePortfolioAsync(CancellationToken cancellationToken = default) =>
        Started(_liquidations).LiquidateAsync(product: -1, cancellationToken);

    /// <summary>
    /// Says what would bring the portfolio back to its targets by <see cref="TradingEngineOptions.Rebalance"/>, or by
    /// the plain threshold without it, and orders it if asked to.
    /// </summary>
    /// <param name="execute">
    /// Whether orders follow; what the options say of orders and of resting in between holds for what the engine does
    /// by itself, not here. What sells goes first, one pair after the other. What is being bought already counts as
    /// held, so that nothing is bought twice. A bid that is not filled is cancelled after
    /// <see cref="PairConfig.MaxEntryWaitCandles"/> candles, or where none are built as many
    /// <see cref="RebalanceOptions.IntervalMinutes"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; what was asked for goes on.</param>
    /// <returns>
    /// One a recommendation, by pair. An approved sell has begun: its stop is being made smaller, the sell follows, and
    /// <see cref="GetPortfolioStatus"/> shows when it was carried out.
    /// </returns>
    /// <exception cref="EngineStoppedException">The engine is not running, or ended before it answered.</exception>
    public async Task<IReadOnlyList<RebalanceResult>> RebalanceAsync(
        bool execute = false, CancellationToken cancellationToken = default)
    {
        RebalanceDesk desk = Started(Rebalances).Desk;
        await Engine.RefreshBoardAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        PortfolioSnapshot snapshot = Snapshot();
        IReadOnlyList<RebalanceAction> actions = desk.Recommend(snapshot, snapshot.Portfolio.AtNs);
        RebalanceResult[] results =
            [.. actions.Select(action => new RebalanceResult(action, RiskVerdict.None, OrderId: null))];
        IEnumerable<int> sellsFirst = Enumerable.Range(0, results.Length)
            .OrderBy(i => actions[i].Kind == RebalanceKind.Increase);
        foreach (int i in execute ? sellsFirst : [])
        {
            results[i] = desk.TryOrder(actions[i], snapshot, out RebalanceOrder order)
                ? await Started(_entries).RebalanceAsync(actions[i], order, cancellationToken).ConfigureAwait(false)
                : results[i] with { Verdict = RiskVerdict.PriceMissing };
        }

        return results;
    }

    /// <summary>How the portfolio stands: newest at each report and ten times a second.</summary>
    /// <returns>Figures of one event; also after the engine has ended.</returns>
    /// <exception cref="EngineStoppedException">Not started yet.</exception>
    public PortfolioStatus GetPortfolioStatus() =>
        StatusReport.Of(Snapshot(), Engine.Pairs, Engine.Portfolio) with { Risk = _live?.Risk };

    /// <summary>How the portfolio stands once all that was given to the engine before has passed.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Figures of now, also where nothing was reported since.</returns>
    /// <exception cref="EngineStoppedException">The engine is not running, or ended before.</exception>
    public async Task<PortfolioStatus> GetPortfolioStatusAsync(CancellationToken cancellationToken = default)
    {
        await Engine.RefreshBoardAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return GetPortfolioStatus();
    }

    /// <summary>Stops the engine in order; see <see cref="TradingEngine.StopAsync"/>.</summary>
    /// <returns>Completes when it has ended.</returns>
    public Task StopAsync()
    {
        Rebalances?.Dispose();
        return _engine?.StopAsync() ?? Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        Rebalances?.Dispose();
        if (_engine is not null)
        {
            await _engine.DisposeAsync().ConfigureAwait(false);
        }

        _live?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static T Started<T>(T? part)
        where T : class => part ?? throw new EngineStoppedException("start the orchestrator first");

    private async Task<IReadOnlyList<SignalCheck>> CheckAsync(SignalRound round, CancellationToken cancellationToken)
    {
        TradingEngine engine = Engine;
        if (_live is not null)
        {
            await _live.CaughtUpAsync(cancellationToken).ConfigureAwait(false);
        }

        return await round.AskAsync(engine.Pairs, Snapshot(), _live?.Shown, cancellationToken).ConfigureAwait(false);
    }

    private PortfolioSnapshot Snapshot()
    {
        PortfolioSnapshot snapshot = Engine.Board.NewSnapshot();
        Engine.Board.Read(snapshot);
        return snapshot;
    }

    private void OnEnded()
    {
        EngineStoppedException cause = new("the engine has ended", Engine.Fault);
        _callers.FailAll(cause);
        _liquidations?.EndAll(cause);
    }

    // What awaiting callers are told by the stages.
    private sealed class OrderNews(MultiPairOrchestrator orchestrator) : IOrderObserver
    {
        public void EntryAnswered(int source, RiskVerdict verdict, long sequence) =>
            orchestrator._callers.Answer(source, verdict, sequence);

        public void ExitProgressed(int product, ExitProgress progress) =>
            orchestrator._liquidations?.Note(product, progress);
    }
}
