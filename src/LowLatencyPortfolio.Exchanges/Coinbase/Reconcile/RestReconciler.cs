using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Asks the venue: about single orders whose state is in doubt, about open orders every few seconds, about fills and
/// balances every minute, and about everything when the user channel was interrupted. Streams lose frames.
/// </summary>
/// <remarks>
/// Thread: one loop of tasks. A question that fails is asked again; what it would have told is not assumed.
/// </remarks>
internal sealed class RestReconciler(
    OrderDesk desk, ICoinbaseQueries queries, RequestBudget budget, WorkerSignals signals,
    IReadOnlyList<PairSetup> pairs, CoinbaseGatewayOptions options, StopProbe? stops = null)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ProductsAtLeast = TimeSpan.FromSeconds(1);

    private readonly FillSums _fills = new();
    private readonly CoinLook _coins = new(desk, pairs, options);
    private readonly SteadyClock _time = SteadyClock.Over(options.Time);
    private readonly DateTimeOffset _begunAt = options.Time.GetUtcNow();
    private DateTimeOffset? _fillsSince;
    private TimeSpan _skew;
    private long _jumpsSeen;
    private long _openOrdersAt;
    private long _everythingAt;
    private long _productsAt;
    private int _asked = 1;
    private bool _isSkewed;

    /// <summary>Asks for a look at everything as soon as possible; any thread.</summary>
    public void RequestAll() => Interlocked.Increment(ref _asked);

    /// <summary>Runs until the gateway stops.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!signals.IsStopped)
            {
                if (!await StepAsync(signals.Stopping).ConfigureAwait(false))
                {
                    await Task.Delay(Idle, signals.Stopping).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (signals.IsStopped)
        {
            // Stopped while waiting.
        }
        catch (Exception e)
        {
            signals.Fail(e);
        }
    }

    /// <summary>Does what is due now.</summary>
    /// <returns>Whether anything was.</returns>
    internal async Task<bool> StepAsync(CancellationToken cancel)
    {
        bool any = false;
        NoticeJump();
        if (desk.NextLook(Clock.NowNs(_time)) is { } look)
        {
            await LookAsync(look, cancel).ConfigureAwait(false);
            any = true;
        }
        else if (Volatile.Read(ref _asked) > 0 || IsDue(_everythingAt, options.FillsEvery))
        {
            any = await EverythingAsync(cancel).ConfigureAwait(false);
        }
        else if (AreProductsDue())
        {
            any = await GuardedAsync(() => ProductsAsync(cancel)).ConfigureAwait(false);
        }
        else if (_coins.IsDue())
        {
            any = await GuardedAsync(() => BalancesAsync(cancel)).ConfigureAwait(false);
        }
        else if (IsDue(_openOrdersAt, options.OpenOrdersEvery))
        {
            any = await GuardedAsync(() => OpenOrdersAsync(cancel)).ConfigureAwait(false);
        }

        if (desk.HasReports)
        {
            signals.WakeEngine();
        }

        return any;
    }

    private async Task LookAsync(LookRequest look, CancellationToken cancel)
    {
        try
        {
            await TakeTokenAsync(look.Priority, cancel).ConfigureAwait(false);
            TimeSpan skew = _skew;
            CoinbaseOrder? seen = look.OrderId is { } id
                ? await queries.FindOrderAsync(id, cancel).ConfigureAwait(false)
                : (await queries.RecentOrdersAsync(look.ProductId, AtVenue(look.Since), cancel).ConfigureAwait(false))
                    .FirstOrDefault(order => order.ClientOrderId == look.ClientOrderId);
            budget.OnAnswered(-1, RequestLane.Questions);
            if (seen is null && look.OrderId is null
                && await AskedTooLateAsync(skew, look, cancel).ConfigureAwait(false))
            {
                desk.OnLookFailed(look.Sequence, Clock.NowNs(_time));
                return;
            }

            desk.OnLook(look.Sequence, seen, Clock.NowNs(_time));
            signals.WakeAll();
        }
        catch (QueryException e)
        {
            OnFailure(e);
            desk.OnLookFailed(look.Sequence, Clock.NowNs(_time));
        }
    }

    private async Task<bool> EverythingAsync(CancellationToken cancel)
    {
        int asked = Volatile.Read(ref _asked);
        bool isDone = await GuardedAsync(async () =>
        {
            await KeyAsync(cancel).ConfigureAwait(false);
            await CompareClocksAsync(cancel).ConfigureAwait(false);
            await ProductsAsync(cancel).ConfigureAwait(false);
            await StopsAsync(cancel).ConfigureAwait(false);
            await OpenOrdersAsync(cancel).ConfigureAwait(false);
            await FillsAsync(cancel).ConfigureAwait(false);
            await BalancesAsync(cancel).ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (!isDone)
        {
            return false;
        }

        _everythingAt = _time.GetTimestamp();
        _ = Interlocked.Add(ref _asked, -asked);
        bool isCurrent = Volatile.Read(ref _asked) == 0;        // nothing was interrupted meanwhile
        desk.With(state =>
        {
            state.Counts.Reconciliations++;
            if (isCurrent && state.Health.IsUserUp)
            {
                state.Health.SetReconciled(Clock.NowNs(_time));
            }
        });
        return true;
    }

    // Entries wait for a key that was refused, so without a stop to move no order would ever find out that it is good
    // again.
    private async Task KeyAsync(CancellationToken cancel)
    {
        bool isRefused = false;
        desk.With(state => isRefused = state.Health.IsKeyRefused);
        if (!isRefused)
        {
            return;
        }

        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        KeyPermissions key = await queries.PermissionsAsync(cancel).ConfigureAwait(false);
        if (key.CanTrade)
        {
            desk.With(state => state.Health.SetKeyRefused(false, Clock.NowNs(_time)));
        }
    }

    private async Task ProductsAsync(CancellationToken cancel)
    {
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        string[] names = [.. pairs.Select(pair => pair.ProductId)];
        IReadOnlyList<CoinbaseProduct> products =
            await queries.ProductsAsync(names, cancel).ConfigureAwait(false);
        desk.With(state =>
        {
            foreach (CoinbaseProduct product in products)
            {
                state.Counts.Malformed += state.Products.Take(product, Clock.NowNs(_time)) ? 0 : 1;
            }

            state.AsksForProducts = false;
        });
        _productsAt = _time.GetTimestamp();
    }

    private async Task StopsAsync(CancellationToken cancel)
    {
        foreach (PairSetup pair in stops?.Open.ToArray() ?? [])
        {
            await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
            await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
            if (await stops!.IsRefusedAsync(pair, cancel).ConfigureAwait(false) is { } isRefused)
            {
                desk.With(state => state.Products.SetStopsRefused(pair.Index, isRefused, Clock.NowNs(_time)));
            }
        }
    }

    private async Task OpenOrdersAsync(CancellationToken cancel)
    {
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        long askedAtNs = Clock.NowNs(_time);
        IReadOnlyList<CoinbaseOrder> open = await queries.OpenOrdersAsync(cancel).ConfigureAwait(false);
        HashSet<long> listed = [];
        foreach (CoinbaseOrder order in open)
        {
            _ = listed.Add(desk.Observe(order, Clock.NowNs(_time), isAsked: true));
        }

        desk.OnOpenOrders(listed, askedAtNs);
        _openOrdersAt = _time.GetTimestamp();
    }

    private async Task FillsAsync(CancellationToken cancel)
    {
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        DateTimeOffset askedAt = AtVenue(_time.GetUtcNow());
        IReadOnlyList<CoinbaseFill> fills = await queries
            .FillsAsync(_fillsSince ?? AtVenue(_begunAt) - Overlap, cancel).ConfigureAwait(false);
        Dictionary<string, long> ours = [];
        desk.With(state => state.Book.ListIds(ours));
        foreach (FillSums.Sum sum in _fills.Add(fills))
        {
            if (!sum.IsCorrected && ours.TryGetValue(sum.OrderId, out long sequence))
            {
                desk.ObserveFills(
                    sequence, sum.Size, sum.Value, sum.Fees, sum.Liquidity, Clock.NowNs(_time));
            }
        }

        _fillsSince = askedAt - Overlap;
        _fills.Forget(askedAt - Overlap);
    }

    private async Task BalancesAsync(CancellationToken cancel)
    {
        await TakeTokenAsync(RequestPriority.Query, cancel).ConfigureAwait(false);
        _coins.Begin();
        IReadOnlyList<CoinbaseAccount> accounts = await queries.AccountsAsync(cancel).ConfigureAwait(false);
        string quote = pairs[0].Product.QuoteCurrency;
        decimal available = accounts.Where(account => account.Currency == quote).Sum(account => account.Available);
        desk.With(state => state.Reports.AddBalance(available, Clock.NowNs(_time)));

        // What traded before the balances were taken shows in the orders now.
        await OpenOrdersAsync(cancel).ConfigureAwait(false);
        _coins.End(accounts);
    }

    private async Task CompareClocksAsync(
        CancellationToken cancel, RequestPriority priority = RequestPriority.Query)
    {
        await TakeTokenAsync(priority, cancel).ConfigureAwait(false);
        _skew = await VenueClock.SkewAsync(queries, _time, cancel).ConfigureAwait(false);
        TellSkew(_skew.Duration() > VenueClock.LargestSkew);
    }

    private void TellSkew(bool isSkewed)
    {
        if (isSkewed != _isSkewed)
        {
            _isSkewed = isSkewed;
            desk.With(state => state.Reports.AddHealth(HealthFlag.ClockSkew, isSkewed, Clock.NowNs(_time)));
        }
    }

    // Nobody knows yet which of the clocks is right, so entries wait for the comparison; after a suspension the rest of
    // what is known is old too.
    private void NoticeJump()
    {
        long jumps = _time.Jumps;
        if (jumps != _jumpsSeen)
        {
            _jumpsSeen = jumps;
            TellSkew(isSkewed: true);
            RequestAll();
        }
    }

    // What the venue calls a time of ours, or earlier: a list that begins in its future is empty and says nothing.
    private DateTimeOffset AtVenue(DateTimeOffset ours) => _skew < TimeSpan.Zero ? ours + _skew : ours;

    /// <summary>
    /// Whether a list that did not show an order may have begun after it was made: by then the venue's clock is behind
    /// ours by more than was reckoned with, and by more than looks reach back.
    /// </summary>
    private async Task<bool> AskedTooLateAsync(TimeSpan reckonedWith, LookRequest look, CancellationToken cancel)
    {
        await CompareClocksAsync(cancel, look.Priority).ConfigureAwait(false);
        return _skew < Least(reckonedWith, TimeSpan.Zero) - LookDesk.SafeSkew;
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task<bool> GuardedAsync(Func<Task> ask)
    {
        try
        {
            await ask().ConfigureAwait(false);
            budget.OnAnswered(-1, RequestLane.Questions);
            return true;
        }
        catch (QueryException e)
        {
            OnFailure(e);
            desk.With(state => state.Counts.FailedQueries++);
            _openOrdersAt = _time.GetTimestamp();
            await Task.Delay(Idle * 10, signals.Stopping).ConfigureAwait(false);
            return false;
        }
    }

    private void OnFailure(QueryException e)
    {
        if (e.IsLimited)
        {
            budget.OnLimited(e.RateReset, RequestLane.Questions);
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

            if (budget.TryTake(priority, RequestLane.Questions, out TimeSpan wait))
            {
                return;
            }

            await Task.Delay(wait < Idle ? wait : Idle, cancel).ConfigureAwait(false);
        }
    }

    private async Task UrgentLooksAsync(CancellationToken cancel)
    {
        while (desk.NextLook(Clock.NowNs(_time), isUrgentOnly: true) is { } look)
        {
            await LookAsync(look, cancel).ConfigureAwait(false);
        }
    }

    // A product that takes no orders is looked at as often as the open orders: exits wait for its change.
    private bool AreProductsDue()
    {
        bool isAsked = false;
        bool isClosed = false;
        desk.With(state => (isAsked, isClosed) = (state.AsksForProducts, state.Products.IsAnyClosed));
        return (isAsked && IsDue(_productsAt, ProductsAtLeast))
            || (isClosed && IsDue(_productsAt, options.OpenOrdersEvery));
    }

    private bool IsDue(long lastAt, TimeSpan every) => lastAt == 0 || _time.GetElapsedTime(lastAt) >= every;
}
