using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>A venue that is only asked: a test says what is true there.</summary>
internal sealed class FakeQueries(TimeProvider time) : ICoinbaseQueries
{
    public List<CoinbaseOrder> Orders { get; } = [];

    public List<CoinbaseProduct> Products { get; } = [];

    public List<CoinbaseFill> Fills { get; } = [];

    public List<CoinbaseAccount> Accounts { get; } = [new("USD", 1234.5m, 10m)];

    /// <summary>Orders that no list shows, by the venue's id; by it they are found.</summary>
    public HashSet<string> Unlisted { get; } = [];

    /// <summary>How lists show an order.</summary>
    public Func<CoinbaseOrder, CoinbaseOrder> Listed { get; set; } = order => order;

    /// <summary>Since when orders were asked for last.</summary>
    public DateTimeOffset OrdersSince { get; private set; }

    /// <summary>Since when fills were asked for last.</summary>
    public DateTimeOffset FillsSince { get; private set; }

    /// <summary>Runs each time, just before the balances are told.</summary>
    public Action? Balances { get; set; }

    /// <summary>Runs once, just before the balances are first told.</summary>
    public Action? Trade { get; set; }

    /// <summary>Runs once, just before the products are first told.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>What was asked for, oldest first, as the names of the questions.</summary>
    public List<string> Questions { get; } = [];

    public TimeSpan Skew { get; set; }

    /// <summary>Every question fails while it is set.</summary>
    public QueryException? Failure { get; set; }

    /// <summary>Questions that fail, by their names.</summary>
    public HashSet<string> Failing { get; } = [];

    public int Asked { get; private set; }

    public Task<CoinbaseOrder?> FindOrderAsync(string orderId, CancellationToken cancel) =>
        Ask(() => Orders.LastOrDefault(order => order.OrderId == orderId));

    public Task<IReadOnlyList<CoinbaseOrder>> OpenOrdersAsync(CancellationToken cancel) =>
        Ask<IReadOnlyList<CoinbaseOrder>>(() => [.. InLists.Where(order => order.Status == VenueStatus.Open)]);

    public Task<IReadOnlyList<CoinbaseOrder>> RecentOrdersAsync(
        string? productId, DateTimeOffset since, CancellationToken cancel)
    {
        OrdersSince = since;
        return Ask<IReadOnlyList<CoinbaseOrder>>(() => [.. InLists]);
    }

    public Task<IReadOnlyList<CoinbaseFill>> FillsAsync(DateTimeOffset since, CancellationToken cancel)
    {
        FillsSince = since;
        return Ask<IReadOnlyList<CoinbaseFill>>(() => [.. Fills]);
    }

    public Task<IReadOnlyList<CoinbaseAccount>> AccountsAsync(CancellationToken cancel)
    {
        Trade?.Invoke();
        Trade = null;
        Balances?.Invoke();
        return Ask<IReadOnlyList<CoinbaseAccount>>(() => [.. Accounts]);
    }

    public Task<IReadOnlyList<CoinbaseProduct>> ProductsAsync(
        IReadOnlyList<string> productIds, CancellationToken cancel)
    {
        Meanwhile?.Invoke();
        Meanwhile = null;
        return Ask<IReadOnlyList<CoinbaseProduct>>(() => [.. Products]);
    }

    public Task<DateTimeOffset> TimeAsync(CancellationToken cancel) => Ask(() => time.GetUtcNow() + Skew);

    public Task<FeeRates> FeesAsync(CancellationToken cancel) => Ask(() => new FeeRates(0.006m, 0.012m));

    public Task<KeyPermissions> PermissionsAsync(CancellationToken cancel) =>
        Ask(() => new KeyPermissions(CanView: true, CanTrade: true, CanTransfer: false, "p"));

    private IEnumerable<CoinbaseOrder> InLists =>
        Orders.Where(order => !Unlisted.Contains(order.OrderId)).Select(Listed);

    private Task<T> Ask<T>(Func<T> answer, [CallerMemberName] string question = "")
    {
        Questions.Add(question);
        Asked++;
        QueryException? failure =
            Failing.Contains(question) ? new QueryException($"{question}: answered 503") : Failure;
        return failure is null ? Task.FromResult(answer()) : Task.FromException<T>(failure);
    }
}
