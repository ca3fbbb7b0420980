namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the venue can be asked. No question changes anything there.</summary>
/// <remarks>
/// Thread: any. Every member throws <see cref="QueryException"/> when there was no answer that could be read, and <see
/// cref="OperationCanceledException"/> when it was cancelled. Pages are followed to the last. It is an interface so
/// that reconciliation can be shown every state of a venue.
/// </remarks>
public interface ICoinbaseQueries
{
    /// <summary>One order.</summary>
    /// <param name="orderId">The venue's id.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The order; null when the venue does not know it.</returns>
    Task<CoinbaseOrder?> FindOrderAsync(string orderId, CancellationToken cancel);

    /// <summary>All open orders of the account, whosever they are.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Newest first; what is accepted but not live yet is not among them.</returns>
    Task<IReadOnlyList<CoinbaseOrder>> OpenOrdersAsync(CancellationToken cancel);

    /// <summary>All orders of a product made since a time, in whatever state.</summary>
    /// <param name="productId">The product; null for all.</param>
    /// <param name="since">Inclusive.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Newest first.</returns>
    Task<IReadOnlyList<CoinbaseOrder>> RecentOrdersAsync(
        string? productId, DateTimeOffset since, CancellationToken cancel);

    /// <summary>All fills since a time.</summary>
    /// <param name="since">Inclusive; a fill appears a little after it happened, so ask with an overlap.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>In the venue's order.</returns>
    Task<IReadOnlyList<CoinbaseFill>> FillsAsync(DateTimeOffset since, CancellationToken cancel);

    /// <summary>All balances.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>One for each currency the account ever had.</returns>
    Task<IReadOnlyList<CoinbaseAccount>> AccountsAsync(CancellationToken cancel);

    /// <summary>Products by name.</summary>
    /// <param name="productIds">Whose.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Those that the venue knows.</returns>
    Task<IReadOnlyList<CoinbaseProduct>> ProductsAsync(IReadOnlyList<string> productIds, CancellationToken cancel);

    /// <summary>The venue's clock.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Its time, UTC, to the millisecond.</returns>
    Task<DateTimeOffset> TimeAsync(CancellationToken cancel);

    /// <summary>The account's fees.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Present rates.</returns>
    Task<FeeRates> FeesAsync(CancellationToken cancel);

    /// <summary>What the key may do.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Its rights; see <see cref="KeyPermissions.Require"/>.</returns>
    Task<KeyPermissions> PermissionsAsync(CancellationToken cancel);
}
