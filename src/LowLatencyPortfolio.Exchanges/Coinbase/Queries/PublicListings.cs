using System.Net;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Asks the venue for products without a key: what paper trading on live prices needs.</summary>
/// <remarks>Source: Advanced Trade, <c>GET /api/v3/brokerage/market/products</c>.</remarks>
public static class PublicListings
{
    private const string Path = "/api/v3/brokerage/market/products";

    /// <summary>Reads products by name.</summary>
    /// <param name="rest">Origin of the venue, <see cref="CoinbaseEndpoints.Rest"/>.</param>
    /// <param name="productIds">Whose, at least one.</param>
    /// <param name="timeout">How long the answer may take; above 0.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Those that the venue knows, in its order.</returns>
    /// <exception cref="QueryException">There was no answer that could be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<IReadOnlyList<CoinbaseListing>> ReadAsync(
        Uri rest, IReadOnlyList<string> productIds, TimeSpan timeout, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rest);
        ArgumentNullException.ThrowIfNull(productIds);
        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };
        using HttpClient http =
            new(handler) { Timeout = timeout, MaxResponseContentBufferSize = AnswerLimit.MostBytes };
        string names = string.Join('&', productIds.Select(id => "product_ids=" + Uri.EscapeDataString(id)));
        try
        {
            using HttpResponseMessage response =
                await http.GetAsync(new Uri(rest, $"{Path}?{names}"), cancel).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new QueryException($"GET {Path}: answered {(int)response.StatusCode}", response.StatusCode);
            }

            (CoinbaseListing[] listings, _) = await AnswerLimit.ReadAsync<CoinbaseListing[]>(
                response,
                root => [.. VenueJson.Items(root, "products").Select(json =>
                    new CoinbaseListing(CoinbaseQueries.ProductOf(json), VenueJson.Number(json, "price")))],
                cancel).ConfigureAwait(false);
            return listings;
        }
        catch (Exception e) when (AnswerLimit.IsFailure(e, cancel))
        {
            throw new QueryException($"GET {rest.GetLeftPart(UriPartial.Authority)}{Path}: {AnswerLimit.Words(e)}");
        }
    }
}
