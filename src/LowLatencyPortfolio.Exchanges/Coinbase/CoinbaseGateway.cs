using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Coinbase Advanced Trade as the engine's venue: orders over warm connections, the user channel, queries.
/// </summary>
/// <remarks>
/// Thread: as <see cref="IOrderGateway"/> says; it runs a thread for each order connection, one more for exits, one for
/// the user channel and one loop of queries. Allocation: none on the engine's threads, none for sending orders, after
/// warm-up. A request whose outcome nobody knows is reported as <see cref="ReportKind.Unknown"/> and resolved by
/// asking; a difference between what streams and queries tell becomes the same reports. Entries wait (<see
/// cref="HealthFlag.NotReconciled"/>) until the user channel is up and the venue was asked about everything.
/// </remarks>
public sealed class CoinbaseGateway : IRecoverableGateway, IDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LastRequests = TimeSpan.FromSeconds(2);

    private readonly PairSetup[] _pairs;
    private readonly CoinbaseCredentials _credentials;
    private readonly CoinbaseGatewayOptions _options;
    private readonly RequestBudget _budget;
    private readonly OrderDesk _desk;
    private readonly WorkerSignals _signals = new();
    private readonly EventList _reports = new();
    private readonly CoinbaseQueries? _ownQueries;
    private SignedHeads? _heads;
    private OrderWorker[] _workers = [];
    private readonly AccountLook _account;
    private ClientOrderIds? _lookedFor;
    private UserChannel? _userChannel;
    private StopProbe? _stops;
    private RestReconciler? _reconciler;
    private Task _reconciling = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Makes the gateway; nothing is sent before <see cref="Identify"/>.</summary>
    /// <param name="pairs">The pairs by index, all of one quote currency.</param>
    /// <param name="credentials">Who trades; not disposed here.</param>
    /// <param name="options">Addresses, budget, times.</param>
    /// <param name="queries">How the venue is asked; null for HTTP at the same addresses.</param>
    /// <exception cref="ArgumentException">There is no pair.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is outside its range.</exception>
    public CoinbaseGateway(
        IReadOnlyList<PairSetup> pairs, CoinbaseCredentials credentials, CoinbaseGatewayOptions options,
        ICoinbaseQueries? queries = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(pairs.Count, nameof(pairs));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Connections, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Connections, 8, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.RequestsPerSecond, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Reserve, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Burst, options.Reserve, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.VenueRequestsPerSecond, nameof(options));
        if (options.VenueRequestsPerHour != 0)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(options.VenueRequestsPerHour, 1_000, nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.MoveInterval, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.MoveWait, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MoveWait, TimeSpan.FromDays(1), nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ListsAgreeWithin, TimeSpan.Zero, nameof(options));
        _pairs = [.. pairs];
        _credentials = credentials;
        _options = options = options with { Time = SteadyClock.Over(options.Time) };
        _budget = new RequestBudget(
            options.Time, options.RequestsPerSecond, options.Burst, options.Reserve, options.VenueRequestsPerSecond,
            options.VenueRequestsPerHour);
        _desk = new OrderDesk(_pairs, options, _budget);
        if (queries is null)
        {
            _ownQueries =
                new CoinbaseQueries(options.Endpoints, credentials, options.Time, options.AnswerTimeout);
        }

        Queries = queries ?? _ownQueries!;
        _account = new AccountLook(Queries, _pairs, options);
    }

    /// <summary>How the venue is asked; for the checks and the reconciliation at the start.</summary>
    public ICoinbaseQueries Queries { get; }

    /// <summary>What was counted so far; any thread.</summary>
    public CoinbaseCounters Counters
    {
        get
        {
            CoinbaseCounters counters = default;
            _desk.With(state => counters = new CoinbaseCounters
            {
                Requests = state.Counts.Requests,
                Creates = state.Counts.Creates,
                Cancels = state.Counts.Cancels,
                Edits = state.Counts.Edits,
                HandedBack = state.Counts.HandedBack,
                Lost = state.Counts.Lost,
                RateLimited = _budget.Limits,
                NotAuthorized = state.Counts.NotAuthorized,
                ForeignOrders = state.Counts.Foreign,
                UnknownOrders = state.Counts.UnknownOwn,
                Contradictions = state.Book.Contradictions,
                Regressions = state.Book.Regressions,
                Overfills = state.Book.Overfills,
                Mismatches = state.Counts.Mismatches,
                LateFees = state.Book.LateFees,
                SlowPairs = state.Moving.SlowPairs,
                Malformed = state.Counts.Malformed,
                UserConnects = state.Counts.UserConnects,
                UserGaps = state.Counts.UserGaps,
                Reconciliations = state.Counts.Reconciliations,
                FailedQueries = state.Counts.FailedQueries,
                RequestsLeft = _budget.Left,
                RequestsLeftInHour = _budget.LeftInHour,
            });
            return counters;
        }
    }

    /// <summary>
    /// Asks the venue about everything now instead of at the next round: somebody has seen that something changed
    /// there, such as the feed a product.
    /// </summary>
    /// <remarks>
    /// Thread: any; waits for nothing. Nothing happens before <see cref="Identify"/>, after which all is asked anyway.
    /// </remarks>
    public void LookAgain() => Volatile.Read(ref _reconciler)?.RequestAll();

    /// <inheritdoc/>
    public string Venue => "coinbase";

    /// <inheritdoc/>
    public Action? Wake
    {
        get => _signals.EngineWake;
        set => _signals.EngineWake = value;
    }

    /// <inheritdoc/>
    public long NextDueNs => long.MaxValue;

    /// <inheritdoc/>
    public ReadOnlySpan<TradingEvent> Reports => _reports.Waiting;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    /// <exception cref="ArgumentException">The engine id is not 1 to 40 letters and digits.</exception>
    public void Identify(string engineId, long epoch)
    {
        if (_heads is not null)
        {
            throw new InvalidOperationException("a gateway belongs to one engine; make another one");
        }

        ClientOrderIds ids = new(engineId, epoch);
        JwtSigner signer = new(_credentials, _options.Endpoints.Rest.Authority, _options.Time);
        _heads = new SignedHeads(signer, _options.Endpoints.Rest, _options.Time, _signals.Fail);
        OrderTemplates templates = new(_pairs, ids);
        _desk.Begin(ids, Clock.NowNs(_options.Time));
        _stops = _ownQueries is null ? null : new StopProbe(signer, _options);
        StopLook? stops = _stops is null ? null : new StopLook(_pairs, _stops.IsRefusedAsync);
        RestReconciler reconciler = new(_desk, Queries, _budget, _signals, _pairs, _options, stops);
        Volatile.Write(ref _reconciler, reconciler);
        _userChannel = new UserChannel(_desk, signer, reconciler, _signals, _options);
        _workers = [.. Enumerable.Range(0, _options.Connections + 1).Select(i => NewWorker(templates, i))];
        foreach (OrderWorker worker in _workers)
        {
            worker.Start();
        }

        _userChannel.Start();
        _reconciling = Task.Run(reconciler.RunAsync);
    }

    /// <inheritdoc/>
    /// <exception cref="QueryException">There was no answer that could be read.</exception>
    public Task<VenuePortfolio> LookAsync(
        string engineId, long since, long fillsSince, CancellationToken cancel)
    {
        _lookedFor = new ClientOrderIds(engineId, epoch: 1);
        return _account.RunAsync(engineId, since, fillsSince, cancel);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// Nobody has looked, or the gateway has begun already.
    /// </exception>
    public void Adopt(AdoptedPortfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        if (_heads is not null || _lookedFor is null)
        {
            throw new InvalidOperationException("orders are taken over after a look and before the gateway begins");
        }

        _desk.With(state => state.LastWritten = portfolio.LastWritten);
        _desk.Adopt(
            portfolio.Orders.Select(OrderAdoption.VenueOrderOf),
            OrderAdoption.WithLiquidity(_account.Orders, portfolio.Orders, _pairs), _lookedFor,
            Clock.NowNs(_options.Time));
    }

    /// <inheritdoc/>
    public void Submit(in OrderCommand command)
    {
        _desk.Submit(in command);
        if (_signals.IsSpinnerIdle)
        {
            return;
        }

        _signals.WakeWorker();
        if (command.Kind == OrderCommandKind.Cancel || command.Purpose == OrderPurpose.Exit)
        {
            _signals.WakeExits();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A thread of the gateway was ended by a fault.</exception>
    public bool Poll(long nowNs)
    {
        if (_signals.Fault is { } fault)
        {
            throw new InvalidOperationException("the Coinbase gateway was ended by a fault", fault);
        }

        return _desk.HasReports && _desk.MoveReportsTo(_reports);
    }

    /// <inheritdoc/>
    public void OnTick(in MarketTick tick)
    {
        // The venue matches by itself.
    }

    /// <inheritdoc/>
    public void ClearReports() => _reports.Clear();

    /// <inheritdoc/>
    public bool IsInDoubt => _desk.IsInDoubt();

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _desk.With(state => VenueOrderRecords.Save(state, writer));
    }

    /// <inheritdoc/>
    public void Restore(CheckpointReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _desk.With(state => VenueOrderRecords.Restore(state.Book, reader));
    }

    /// <summary>
    /// Lets what was released leave, for two seconds at most, then ends the threads and closes the connections; resting
    /// orders stay at the venue.
    /// </summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_workers.Length > 0 && _signals.Fault is null)
        {
            _ = SpinWait.SpinUntil(_desk.IsIdle, LastRequests);
        }

        _signals.Stop();
        foreach (OrderWorker worker in _workers)
        {
            _signals.WakeAll();
            worker.Join(StopTimeout);
        }

        _userChannel?.Join(StopTimeout);
        _ = _reconciling.Wait(StopTimeout);
        _heads?.Dispose();
        _stops?.Dispose();
        _ownQueries?.Dispose();
        _signals.Dispose();
    }

    private OrderWorker NewWorker(OrderTemplates templates, int number)
    {
        OrderConnection connection =
            new(_options.Endpoints.Rest, _options.ConnectTimeout, _options.AnswerTimeout);
        OrderSender sender = new(_heads!, templates, connection, _budget);
        return new OrderWorker(_desk, sender, _signals, _options, number);
    }
}
