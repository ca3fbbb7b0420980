using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Host.Tests.Live;

/// <summary>An account that answers what a test says.</summary>
internal sealed class ScriptedAccount : ICoinbaseQueries
{
    public KeyPermissions Rights { get; init; } = new(true, true, false, "p-1");

    public QueryException? Refusal { get; init; }

    public FeeRates Fees { get; init; } = new(0.004m, 0.006m);

    public IReadOnlyList<CoinbaseAccount> Accounts { get; init; } = [];

    public Task<KeyPermissions> PermissionsAsync(CancellationToken cancel) =>
        Refusal is null ? Task.FromResult(Rights) : Task.FromException<KeyPermissions>(Refusal);

    public Task<FeeRates> FeesAsync(CancellationToken cancel) => Task.FromResult(Fees);

    public Task<IReadOnlyList<CoinbaseAccount>> AccountsAsync(CancellationToken cancel) => Task.FromResult(Accounts);

    public Task<CoinbaseOrder?> FindOrderAsync(string orderId, CancellationToken cancel) => throw NotAsked();

    public Task<IReadOnlyList<CoinbaseOrder>> OpenOrdersAsync(CancellationToken cancel) => throw NotAsked();

    public Task<IReadOnlyList<CoinbaseOrder>> RecentOrdersAsync(
        string? productId, DateTimeOffset since, CancellationToken cancel) => throw NotAsked();

    public Task<IReadOnlyList<CoinbaseFill>> FillsAsync(DateTimeOffset since, CancellationToken cancel) =>
        throw NotAsked();

    public Task<IReadOnlyList<CoinbaseProduct>> ProductsAsync(
        IReadOnlyList<string> productIds, CancellationToken cancel) => throw NotAsked();

    public TimeSpan Ahead { get; init; }

    public Task<DateTimeOffset> TimeAsync(CancellationToken cancel) => Task.FromResult(DateTimeOffset.UtcNow + Ahead);

    private static InvalidOperationException NotAsked() =>
        new("the review asks for the time, rights, fees and balances only");
}
