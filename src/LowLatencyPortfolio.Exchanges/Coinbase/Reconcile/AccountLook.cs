using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Looks at the account as a whole, for an engine that starts after a crash.</summary>
/// <remarks>
/// Orders are asked for before and after the balances, until nothing traded in between: a fill between the two would
/// look like coins that are missing. Thread: one task.
/// </remarks>
internal sealed class AccountLook(ICoinbaseQueries queries, IReadOnlyList<PairSetup> pairs, TimeProvider time)
{
    private const int MostRounds = 5;

    /// <summary>Our orders as the last look showed them.</summary>
    public IReadOnlyList<CoinbaseOrder> Orders { get; private set; } = [];

    public async Task<VenuePortfolio> RunAsync(string engineId, long since, CancellationToken cancel)
    {
        TimeSpan skew = await VenueClock.SkewAsync(queries, time, cancel).ConfigureAwait(false);
        IReadOnlyList<CoinbaseProduct> products = await queries
            .ProductsAsync([.. pairs.Select(pair => pair.ProductId)], cancel).ConfigureAwait(false);
        DateTimeOffset from = DateTimeOffset.UnixEpoch.AddTicks(since / 100);
        Orders = await OursAsync(engineId, from, cancel).ConfigureAwait(false);
        IReadOnlyList<CoinbaseAccount> accounts = [];
        for (int round = 0; round < MostRounds; round++)
        {
            accounts = await queries.AccountsAsync(cancel).ConfigureAwait(false);
            IReadOnlyList<CoinbaseOrder> earlier = Orders;
            Orders = await OursAsync(engineId, from, cancel).ConfigureAwait(false);
            if (Orders.SequenceEqual(earlier))
            {
                break;
            }
        }

        return new VenuePortfolio
        {
            Orders = [.. Orders.Select(SeenOf)],
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

    // Lists of open orders leave out what is not live yet, lists since a time what is older: both together have all.
    private async Task<IReadOnlyList<CoinbaseOrder>> OursAsync(
        string engineId, DateTimeOffset from, CancellationToken cancel)
    {
        IReadOnlyList<CoinbaseOrder> open = await queries.OpenOrdersAsync(cancel).ConfigureAwait(false);
        IReadOnlyList<CoinbaseOrder> recent = await queries.RecentOrdersAsync(null, from, cancel).ConfigureAwait(false);
        string prefix = $"llp-{engineId}-";
        return [.. recent.Concat(open)      // the later answer wins
            .Where(order => order.ClientOrderId.StartsWith(prefix, StringComparison.Ordinal))
            .DistinctBy(order => order.OrderId)
            .OrderBy(order => order.ClientOrderId, StringComparer.Ordinal)];
    }

    private static SeenOrder SeenOf(CoinbaseOrder order) => new()
    {
        ClientOrderId = order.ClientOrderId,
        VenueId = order.OrderId,
        ProductId = order.ProductId,
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
        CreatedAtNs = order.CreatedAt is { } created ? (created - DateTimeOffset.UnixEpoch).Ticks * 100 : 0,
    };
}
