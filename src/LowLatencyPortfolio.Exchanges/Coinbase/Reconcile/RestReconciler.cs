using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Asks the venue: about single orders whose state is in doubt, about open orders every few seconds, about fills and
/// balances every minute, and about everything when the user channel was interrupted. Streams lose frames.
/// </summary>
/// <remarks>
/// Thread: one loop of tasks. A question that fails is asked again, by itself: what it would have told is not assumed,
/// and the others go on. The clock comes first, because lists begin at times; then open orders and fills, because what
/// was bought waits for its stop; whether the venue takes a pair's stops comes last, a pair at a time. Entries wait for
/// all of it.
/// </remarks>
internal sealed class RestReconciler
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ProductsAtLeast = TimeSpan.FromSeconds(1);

    private readonly OrderDesk _desk;
    private readonly ICoinbaseQueries _queries;
    private readonly RequestBudget _budget;
    private readonly WorkerSignals _signals;
    private readonly IReadOnlyList<PairSetup> _pairs;
    private readonly CoinbaseGatewayOptions _options;
    private readonly StopLook? _stops;
    private readonly SteadyClock _time;
    private readonly FillSums _fills = new();
    private readonly CoinLook _coins;
    private readonly VenueQuestion _openOrders;
    private readonly VenueQuestion _previews;
    private readonly VenueQuestion[] _questions;
    private readonly VenueSkew _skew;
    private readonly DateTimeOffset _begunAt;
    private DateTimeOffset? _fillsSince;
    private long _roundAt;
    private long _productsAt;
    private int _round = 1;
    private int _begunRound;
    private int _endedRound;

    /// <param name="desk">Whose orders.</param>
    /// <param name="queries">How the venue is asked.</param>
    /// <param name="budget">How often.</param>
    /// <param name="signals">Who is woken, and when it ends.</param>
    /// <param name="pairs">The pairs by index.</param>
    /// <param name="options">Times.</param>
    /// <param name="stops">Who is asked about stops; null for nobody.</param>
    public RestReconciler(
        OrderDesk desk, ICoinbaseQueries queries, RequestBudget budget, WorkerSignals signals,
        IReadOnlyList<PairSetup> pairs, CoinbaseGatewayOptions options, StopLook? stops = null)
    {
        (_desk, _queries, _budget, _signals) = (desk, queries, budget, signals);
        (_pairs, _options, _stops, _time) = (pairs, options, stops, SteadyClock.Over(options.Time));
        _coins = new CoinLook(desk, pairs, options);
        _skew = new VenueSkew(_time, desk, queries);
        _begunAt = _time.GetUtcNow();
        _openOrders = new VenueQuestion(_time, options.OpenOrdersEvery, OpenOrdersAsync);
        _previews = new VenueQuestion(_time, TimeSpan.MaxValue, StopAsync, () => stops is { IsDue: true });
        _questions =
        [
            new VenueQuestion(
                _time, options.FillsEvery, cancel => CompareClocksAsync(RequestPriority.Query, cancel)),
            _openOrders,
            new VenueQuestion(_time, options.FillsEvery, FillsAsync),
            new VenueQuestion(_time, options.FillsEvery, KeyAsync),
            new VenueQuestion(_time, options.FillsEvery, ProductsAsync, AreProductsDue),
            new VenueQuestion(_time, options.FillsEvery, BalancesAsync, _coins.IsDue),
        ];
    }

    /// <summary>Asks for a look at everything as soon as possible; any thread.</summary>
    public void RequestAll() => Interlocked.Increment(ref _round);

    /// <summary>Runs until the gateway stops.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!_signals.IsStopped)
            {
                if (!await StepAsync(_signals.Stopping).ConfigureAwait(false))
                {
                    await Task.Delay(Idle, _signals.Stopping).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_signals.IsStopped)
        {
            // Stopped while waiting.
        }
        catch (Exception e)
        {
            _signals.Fail(e);
        }
    }

    /// <summary>Does what is due now: a look at one order, or each question once, until one fails.</summary>
    /// <returns>Whether there was anything, and it was answered.</returns>
    internal async Task<bool> StepAsync(CancellationToken cancel)
    {
        if (_skew.NoticeJump())
        {
            RequestAll();       // after a suspension the rest of what is known is old too
        }

        if (_desk.NextLook(Clock.NowNs(_time)) is { } look)
        {
            await LookAsync(look, cancel).ConfigureAwait(false);
            WakeEngine();
            return true;
        }

        BeginRound();
        bool any = false;
        foreach (VenueQuestion question in InOrder())
        {
            if (question.IsDue(Volatile.Read(ref _round)))
            {
                any = await IsAnsweredAsync(question, cancel).ConfigureAwait(false);
                if (!any)
                {
                    return false;
                }
            }
        }

        if (_previews.IsDue(round: 0))
        {
            any = await IsAnsweredAsync(_previews, cancel).ConfigureAwait(false);
        }

        EndRound();
        WakeEngine();
        return any;
    }

    // Those that fail come last, the one that has waited longest first: each of them may take as long as a time-out.
    private VenueQuestion[] InOrder() =>
    [
        .. _questions.Where(question => !question.IsFailing),
        .. _questions.Where(question => question.IsFailing).OrderBy(question => question.FailedAt),
    ];

    private void WakeEngine()
    {
        if (_desk.HasReports)
        {
            _signals.WakeEngine();
        }
    }

    // A round ends when everything was asked since it began; the next begins by the clock, or when somebody asks.
    private void BeginRound()
    {
        if (_endedRound == Volatile.Read(ref _round) && IsDue(_roundAt, _options.FillsEvery))
        {
            RequestAll();
        }

        int round = Volatile.Read(ref _round);
        if (_begunRound != round)
        {
            _begunRound = round;
            _stops?.BeginRound();
        }
    }

    private void EndRound()
    {
        int round = Volatile.Read(ref _round);
        bool isEnded = _endedRound != round && Array.TrueForAll(_questions, question => question.Round >= round)
            && _stops is null or { IsComplete: true };
        if (!isEnded)
        {
            return;
        }

        _endedRound = round;
        _roundAt = _time.GetTimestamp();
        _desk.With(state =>
        {
            state.Counts.Reconciliations++;
            bool isCurrent = Volatile.Read(ref _round) == round;       // nothing was interrupted meanwhile
            if (isCurrent && state.Health.IsUserUp)
            {
                state.Health.SetReconciled(Clock.NowNs(_time));
            }
        });
    }

    private async Task LookAsync(LookRequest look, CancellationToken cancel)
    {
        try
        {
            await TakeTokenAsync(look.Priority, cancel).ConfigureAwait(false);
            TimeSpan? skew = _skew.Known;
            CoinbaseOrder? seen = look.OrderId is { } id
                ? await _queries.FindOrderAsync(id, cancel).ConfigureAwait(false)
                : (await _queries.RecentOrdersAsync(look.ProductId, _skew.AtVenue(look.Since), cancel)
                    .ConfigureAwait(false))
                    .FirstOrDefault(order => order.ClientOrderId == look.ClientOrderId);
            _budget.OnAnswered(-1, RequestLane.Questions);
            if (seen is null && look.OrderId is null)
            {
                await CompareClocksAsync(look.Priority, cancel).ConfigureAwait(false);
                if (_skew.IsListTooLate(skew))
                {
                    _desk.OnLookFailed(look.Sequence, Clock.NowNs(_time));
                    return;
                }
            }

            _desk.OnLook(look.Sequence, seen, Clock.NowNs(_time));
            _signals.WakeAll();
        }
        catch (QueryException e)
        {
            OnFailure(e);
            _desk.OnLookFailed(look.Sequence, Clock.NowNs(_time));
        }
    }

    // Entries wait for a key that was refused, so without a stop to move no order would ever find out that it is good
    // again.
    private async Task KeyAsync(CancellationToken cancel)
    {
        bool isRefused = false;
        _desk.With(state => isRefused = state.Health.IsKeyRefused);
        if (!isRefused)
        {
            return;
        }

        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        KeyPermissions key = await _queries.PermissionsAsync(cancel).ConfigureAwait(false);
        if (key.CanTrade)
        {
            _desk.With(state => state.Health.SetKeyRefused(false, Clock.NowNs(_time)));
        }
    }

    private async Task ProductsAsync(CancellationToken cancel)
    {
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        string[] names = [.. _pairs.Select(pair => pair.ProductId)];
        IReadOnlyList<CoinbaseProduct> products =
            await _queries.ProductsAsync(names, cancel).ConfigureAwait(false);
        _desk.With(state =>
        {
            foreach (CoinbaseProduct product in products)
            {
                state.Counts.Malformed += state.Products.Take(product, Clock.NowNs(_time)) ? 0 : 1;
            }

            state.AsksForProducts = false;
        });
        _productsAt = _time.GetTimestamp();
    }

    private async Task StopAsync(CancellationToken cancel)
    {
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        (PairSetup pair, bool? isRefused) = await _stops!.AskAsync(cancel).ConfigureAwait(false);
        if (isRefused is { } told)
        {
            _desk.With(state => state.Products.SetStopsRefused(pair.Index, told, Clock.NowNs(_time)));
        }
    }

    private async Task OpenOrdersAsync(CancellationToken cancel)
    {
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        long askedAtNs = Clock.NowNs(_time);
        IReadOnlyList<CoinbaseOrder> open = await _queries.OpenOrdersAsync(cancel).ConfigureAwait(false);
        HashSet<long> listed = [];
        foreach (CoinbaseOrder order in open)
        {
            _ = listed.Add(_desk.Observe(order, Clock.NowNs(_time), isAsked: true));
        }

        _desk.OnOpenOrders(listed, askedAtNs);
    }

    private async Task FillsAsync(CancellationToken cancel)
    {
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        DateTimeOffset askedAt = _skew.AtVenue(_time.GetUtcNow());
        IReadOnlyList<CoinbaseFill> fills = await _queries
            .FillsAsync(_fillsSince ?? (_skew.AtVenue(_begunAt) - Overlap), cancel).ConfigureAwait(false);
        Dictionary<string, long> ours = [];
        _desk.With(state => state.Book.ListIds(ours));
        foreach (FillSums.Sum sum in _fills.Add(fills))
        {
            if (!sum.IsCorrected && ours.TryGetValue(sum.OrderId, out long sequence))
            {
                _desk.ObserveFills(
                    sequence, sum.Size, sum.Value, sum.Fees, sum.Liquidity, Clock.NowNs(_time));
            }
        }

        if (_skew.Known is not null)      // before, nobody knows what the venue calls now
        {
            _fillsSince = askedAt - Overlap;
            _fills.Forget(askedAt - Overlap);
        }
    }

    private async Task BalancesAsync(CancellationToken cancel)
    {
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        _coins.Begin();
        IReadOnlyList<CoinbaseAccount> accounts = await _queries.AccountsAsync(cancel).ConfigureAwait(false);
        string quote = _pairs[0].Product.QuoteCurrency;
        decimal available = accounts.Where(account => account.Currency == quote).Sum(account => account.Available);
        _desk.With(state => state.Reports.AddBalance(available, Clock.NowNs(_time)));

        // What traded before the balances were taken shows in the orders now.
        await _openOrders.AskAsync(_openOrders.Round, cancel).ConfigureAwait(false);
        _coins.End(accounts);
    }

    private async Task CompareClocksAsync(RequestPriority priority, CancellationToken cancel)
    {
        await TakeTokenAsync(priority, cancel).ConfigureAwait(false);
        await _skew.CompareAsync(cancel).ConfigureAwait(false);
    }

    private async Task<bool> IsAnsweredAsync(VenueQuestion question, CancellationToken cancel)
    {
        try
        {
            await question.AskAsync(Volatile.Read(ref _round), cancel).ConfigureAwait(false);
            _budget.OnAnswered(-1, RequestLane.Questions);
            return true;
        }
        catch (QueryException e)
        {
            OnFailure(e);
            _desk.With(state => state.Counts.FailedQueries++);
            return false;
        }
        finally
        {
            bool areFailing = _previews.IsFailing || Array.Exists(_questions, each => each.IsFailing);
            _desk.With(state => state.Health.SetQuestionsFailing(areFailing, Clock.NowNs(_time)));
            WakeEngine();       // what it found waits for no other question
        }
    }

    private void OnFailure(QueryException e)
    {
        if (e.IsLimited)
        {
            _budget.OnLimited(e.RateReset, RequestLane.Questions);
        }
    }

    // Each question of a round passes here, and a round of many pairs takes long: what became of a sell is found out in
    // between.
    private async Task TakeTokenAsync(RequestPriority priority, CancellationToken cancel)
    {
        while (true)
        {
            if (priority != RequestPriority.Exit)
            {
                await UrgentLooksAsync(cancel).ConfigureAwait(false);
            }

            if (_budget.TryTake(priority, RequestLane.Questions, out TimeSpan wait))
            {
                return;
            }

            await Task.Delay(wait < Idle ? wait : Idle, cancel).ConfigureAwait(false);
        }
    }

    private async Task UrgentLooksAsync(CancellationToken cancel)
    {
        while (_desk.NextLook(Clock.NowNs(_time), isUrgentOnly: true) is { } look)
        {
            await LookAsync(look, cancel).ConfigureAwait(false);
        }
    }

    // A product that takes no orders is looked at as often as the open orders: exits wait for its change.
    private bool AreProductsDue()
    {
        bool isAsked = false;
        bool isClosed = false;
        _desk.With(state => (isAsked, isClosed) = (state.AsksForProducts, state.Products.IsAnyClosed));
        return (isAsked && IsDue(_productsAt, ProductsAtLeast))
            || (isClosed && IsDue(_productsAt, _options.OpenOrdersEvery));
    }

    private bool IsDue(long lastAt, TimeSpan every) => lastAt == 0 || _time.GetElapsedTime(lastAt) >= every;
}
