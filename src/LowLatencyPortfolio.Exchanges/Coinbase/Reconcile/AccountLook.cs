using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Looks at the account as a whole, for an engine that starts after a crash.</summary>
/// <remarks>
/// Orders and fills are asked for before and after the balances, until nothing traded in between: a fill between the
/// two would look like coins that are missing. The venue's lists are not written at one moment: they are asked for
/// again while fills say more than their order. Thread: one task.
/// </remarks>
internal sealed class AccountLook(
    ICoinbaseQueries queries, IReadOnlyList<PairSetup> pairs, CoinbaseGatewayOptions options)
{
    private const int MostRounds = 5;
    private const int LooksUntilAgreed = 20;

    private readonly HashSet<string> _foreign = new(StringComparer.Ordinal);
    private HashSet<string> _inNoList = [];
    private FillSums _fills = new();

    /// <summary>Our orders as the last look showed them.</summary>
    public IReadOnlyList<CoinbaseOrder> Orders { get; private set; } = [];

    /// <param name="engineId">Whose orders.</param>
    /// <param name="since">How far back finished orders are of interest, ns UTC.</param>
    /// <param name="fillsSince">How far back fills are, ns UTC, by a clock that may differ from the venue's.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<VenuePortfolio> RunAsync(
        string engineId, long since, long fillsSince, CancellationToken cancel)
    {
        TimeSpan skew = await VenueClock.SkewAsync(queries, options.Time, cancel).ConfigureAwait(false);
        IReadOnlyList<CoinbaseProduct> products = await queries
            .ProductsAsync([.. pairs.Select(pair => pair.ProductId)], cancel).ConfigureAwait(false);
        DateTimeOffset fillsFrom = DateTimeOffset.UnixEpoch.AddTicks(fillsSince / 100);
        fillsFrom = fillsFrom - DateTimeOffset.UnixEpoch > skew.Duration() ? fillsFrom - skew.Duration() : fillsFrom;
        DateTimeOffset ordersFrom = DateTimeOffset.UnixEpoch.AddTicks(Math.Min(since, fillsSince) / 100);
        Task ListAsync() => this.ListAsync($"llp-{engineId}-", ordersFrom, fillsFrom, cancel);
        await ListAsync().ConfigureAwait(false);
        IReadOnlyList<CoinbaseAccount> accounts = [];
        IReadOnlyList<FillContradiction> contradictions = [];
        int rounds = 0;
        int waits = 0;
        while (rounds < MostRounds && waits < LooksUntilAgreed)
        {
            accounts = await queries.AccountsAsync(cancel).ConfigureAwait(false);
            IReadOnlyList<CoinbaseOrder> earlier = Orders;
            await ListAsync().ConfigureAwait(false);
            contradictions = [.. Orders.Select(ContradictionOf).OfType<FillContradiction>()];
            if (contradictions.Count > 0)
            {
                waits++;
                await Task.Delay(options.ListsAgreeWithin / LooksUntilAgreed, cancel).ConfigureAwait(false);
                continue;
            }

            rounds++;
            if (Orders.SequenceEqual(earlier))
            {
                break;
            }
        }

        return new VenuePortfolio
        {
            Orders = [.. Orders.Select(SeenOf)],
            Contradictions = contradictions,
            Balances = accounts.GroupBy(account => account.Currency, StringComparer.Ordinal).ToDictionary(
                group => group.Key,
                group => new VenueBalance(
                    group.Sum(account => account.Available), group.Sum(account => account.Hold)),
                StringComparer.Ordinal),
            ClosedProducts = [.. products
                .Where(product => !product.TakesNewOrders)
                .Select(product => product.ProductId)],
            ClockSkew = skew,
        };
    }

    // Lists of open orders leave out what is not live yet, lists since a time what is older, and both may be late: what
    // a fill names is asked for by its id.
    private async Task ListAsync(
        string prefix, DateTimeOffset ordersFrom, DateTimeOffset fillsFrom, CancellationToken cancel)
    {
        IReadOnlyList<CoinbaseOrder> open = await queries.OpenOrdersAsync(cancel).ConfigureAwait(false);
        IReadOnlyList<CoinbaseOrder> recent =
            await queries.RecentOrdersAsync(null, ordersFrom, cancel).ConfigureAwait(false);
        FillSums fills = new();
        _ = fills.Add(await queries.FillsAsync(fillsFrom, cancel).ConfigureAwait(false));
        Dictionary<string, CoinbaseOrder> listed = [];
        foreach (CoinbaseOrder order in recent.Concat(open))        // the later answer wins
        {
            _ = listed.TryAdd(order.OrderId, order);
        }

        HashSet<string> inNoList = [];
        foreach (FillSums.Sum sum in fills.All.Where(IsOfOurPairs))
        {
            CoinbaseOrder? shown = listed.GetValueOrDefault(sum.OrderId);
            if (_foreign.Contains(sum.OrderId) || (shown is not null && shown.FilledSize >= sum.Size))
            {
                continue;
            }

            CoinbaseOrder? named = await queries.FindOrderAsync(sum.OrderId, cancel).ConfigureAwait(false);
            if (named?.ClientOrderId.StartsWith(prefix, StringComparison.Ordinal) == true)
            {
                listed[sum.OrderId] = shown is null || named.FilledSize > shown.FilledSize ? named : shown;
                _ = shown is null && inNoList.Add(sum.OrderId);
            }
            else if (named is not null)
            {
                _ = _foreign.Add(sum.OrderId);
            }
        }

        (_fills, _inNoList) = (fills, inNoList);
        Orders = [.. listed.Values
            .Where(order => order.ClientOrderId.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(order => order.ClientOrderId, StringComparer.Ordinal)];
    }

    private bool IsOfOurPairs(FillSums.Sum sum) =>
        pairs.Any(pair => ProductAlias.IsSame(sum.ProductId, pair.ProductId));

    // Fewer fills than the order says are older than what was asked for, or not listed yet.
    private FillContradiction? ContradictionOf(CoinbaseOrder order) =>
        _fills.Of(order.OrderId) is { IsCorrected: false } sum && sum.Size > order.FilledSize
            ? new FillContradiction(
                order.ClientOrderId, order.OrderId, order.ProductId, order.FilledSize, sum.Size)
            : null;

    private SeenOrder SeenOf(CoinbaseOrder order) => new()
    {
        ClientOrderId = order.ClientOrderId,
        VenueId = order.OrderId,
        ProductId = pairs.FirstOrDefault(pair => ProductAlias.IsSame(order.ProductId, pair.ProductId))?.ProductId
            ?? order.ProductId,
        Side = order.Side,
        Type = order.StopPrice > 0m ? OrderType.StopLimit
            : order.LimitPrice > 0m ? OrderType.Limit
            : OrderType.Market,
        IsOpen = order.Status is not (
            VenueStatus.Filled or VenueStatus.Cancelled or VenueStatus.Expired or VenueStatus.Failed),
        IsTriggered = order.IsTriggered,
        Size = Math.Max(order.Size, order.FilledSize),
        LimitPrice = order.LimitPrice,
        StopPrice = order.StopPrice,
        FilledSize = order.FilledSize,
        FilledValue = order.FilledValue,
        Fees = order.TotalFees,
        Fills = _fills.Of(order.OrderId) is { IsCorrected: false } sum ? sum.Trades : [],
        IsInNoList = _inNoList.Contains(order.OrderId),
        CreatedAtNs = order.CreatedAt is { } created ? (created - DateTimeOffset.UnixEpoch).Ticks * 100 : 0,
    };
}
