using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Asks the venue over HTTP.</summary>
/// <remarks>
/// Thread: any. It does not repeat a question by itself and keeps no budget: whoever asks does. An answer has at most 8
/// MiB, all pages of a list together 64; what is longer is a failure like any other, and is not read to its end.
/// </remarks>
public sealed class CoinbaseQueries : ICoinbaseQueries, IDisposable
{
    private const string Prefix = "/api/v3/brokerage";
    private const int MaxPages = 1_000;

    private readonly HttpClient _http;
    private readonly JwtSigner _signer;

    /// <param name="endpoints">Where.</param>
    /// <param name="credentials">Who asks; not disposed here.</param>
    /// <param name="time">The clock that dates tokens.</param>
    /// <param name="timeout">How long an answer may take.</param>
    public CoinbaseQueries(
        CoinbaseEndpoints endpoints, CoinbaseCredentials credentials, TimeProvider time, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(credentials);
        _signer = new JwtSigner(credentials, endpoints.Rest.Authority, time);
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };
        _http = new HttpClient(handler)
        {
            BaseAddress = endpoints.Rest,
            Timeout = timeout,
            MaxResponseContentBufferSize = AnswerLimit.MostBytes,
        };
    }

    /// <inheritdoc/>
    public async Task<CoinbaseOrder?> FindOrderAsync(string orderId, CancellationToken cancel)
    {
        try
        {
            return await GetAsync(
                $"{Prefix}/orders/historical/{Uri.EscapeDataString(orderId)}", string.Empty,
                json => OrderJson.FromQuery(json.GetProperty("order")), cancel).ConfigureAwait(false);
        }
        catch (QueryException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CoinbaseOrder>> OpenOrdersAsync(CancellationToken cancel) =>
        OrdersAsync("order_status=OPEN&limit=250", cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CoinbaseOrder>> RecentOrdersAsync(
        string? productId, DateTimeOffset since, CancellationToken cancel)
    {
        string product = productId is null ? string.Empty : $"product_ids={Uri.EscapeDataString(productId)}&";
        return OrdersAsync($"{product}start_date={Uri.EscapeDataString(Rfc3339(since))}&limit=250", cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CoinbaseFill>> FillsAsync(DateTimeOffset since, CancellationToken cancel) => PagesAsync(
        $"{Prefix}/orders/historical/fills",
        $"start_sequence_timestamp={Uri.EscapeDataString(Rfc3339(since))}&limit=250", "fills", FillOf, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CoinbaseAccount>> AccountsAsync(CancellationToken cancel) => PagesAsync(
        $"{Prefix}/accounts", "limit=250", "accounts",
        json => new CoinbaseAccount(
            VenueJson.Text(json, "currency"), Amount(json, "available_balance"), Amount(json, "hold")),
        cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CoinbaseProduct>> ProductsAsync(
        IReadOnlyList<string> productIds, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(productIds);
        string names = string.Join('&', productIds.Select(id => "product_ids=" + Uri.EscapeDataString(id)));
        return GetAsync<IReadOnlyList<CoinbaseProduct>>(
            $"{Prefix}/products", names + "&get_tradability_status=true",
            json => [.. VenueJson.Answered(json, "products").Select(ProductOf)], cancel);
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset> TimeAsync(CancellationToken cancel) => GetAsync(
        $"{Prefix}/time", string.Empty,
        json => json.TryGetProperty("epochMillis", out _)
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)VenueJson.Number(json, "epochMillis"))
            : throw VenueJson.Bad("epochMillis"),
        cancel, isPublic: true);        // a token of a wrong clock is refused, and that is what is being asked

    /// <inheritdoc/>
    public Task<FeeRates> FeesAsync(CancellationToken cancel) => GetAsync(
        $"{Prefix}/transaction_summary", "product_type=SPOT",
        json => json.GetProperty("fee_tier") is { ValueKind: JsonValueKind.Object } tier
            && tier.TryGetProperty("maker_fee_rate", out _) && tier.TryGetProperty("taker_fee_rate", out _)
                ? new FeeRates(VenueJson.Number(tier, "maker_fee_rate"), VenueJson.Number(tier, "taker_fee_rate"))
                : throw VenueJson.Bad("fee_tier"),
        cancel);

    /// <inheritdoc/>
    public Task<KeyPermissions> PermissionsAsync(CancellationToken cancel) => GetAsync(
        $"{Prefix}/key_permissions", string.Empty,
        json => json.TryGetProperty("can_transfer", out _)
            ? new KeyPermissions(
                VenueJson.Flag(json, "can_view"), VenueJson.Flag(json, "can_trade"),
                VenueJson.Flag(json, "can_transfer"), VenueJson.Text(json, "portfolio_uuid"))
            : throw VenueJson.Bad("can_transfer"),
        cancel);

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    private static string Rfc3339(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static decimal Amount(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement amount) && amount.ValueKind == JsonValueKind.Object
            ? VenueJson.Number(amount, "value")
            : throw VenueJson.Bad(name);

    private static CoinbaseFill FillOf(JsonElement json)
    {
        // What is booked against a trade may have any sign; its figures are not asked for.
        bool isTrade = VenueJson.Text(json, "trade_type") is "FILL" or "";
        decimal price = isTrade ? VenueJson.Number(json, "price") : 0m;
        decimal size = isTrade ? VenueJson.Number(json, "size") : 0m;
        return new CoinbaseFill(
            VenueJson.Text(json, "entry_id"), VenueJson.Text(json, "order_id"), VenueJson.Text(json, "product_id"),
            VenueJson.Side(json, "side"), price,
            VenueJson.Flag(json, "size_in_quote") && price > 0m ? size / price : size,
            isTrade ? VenueJson.Number(json, "commission") : 0m,
            VenueJson.Text(json, "liquidity_indicator") switch
            {
                "MAKER" => Liquidity.Maker,
                "TAKER" => Liquidity.Taker,
                _ => Liquidity.None,
            },
            VenueJson.Time(json, "trade_time") ?? throw VenueJson.Bad("trade_time"),
            isTrade);
    }

    /// <summary>A product of the private or the public list.</summary>
    internal static CoinbaseProduct ProductOf(JsonElement json)
    {
        decimal priceIncrement = VenueJson.Number(json, "price_increment");
        return new CoinbaseProduct(
            VenueJson.Text(json, "product_id"),
            priceIncrement != 0m ? priceIncrement : VenueJson.Number(json, "quote_increment"),
            VenueJson.Number(json, "base_increment"), VenueJson.Number(json, "base_min_size"),
            VenueJson.Number(json, "quote_min_size"),
            !VenueJson.Flag(json, "is_disabled") && !VenueJson.Flag(json, "trading_disabled")
                && !VenueJson.Flag(json, "view_only"),
            VenueJson.Flag(json, "cancel_only"), VenueJson.Flag(json, "limit_only"),
            VenueJson.Flag(json, "post_only"), VenueJson.Flag(json, "auction_mode"));
    }

    private Task<IReadOnlyList<CoinbaseOrder>> OrdersAsync(string query, CancellationToken cancel) =>
        PagesAsync($"{Prefix}/orders/historical/batch", query, "orders", OrderJson.FromQuery, cancel);

    // Lists of fills have no has_next: a cursor that is empty, or the one just used, ends them.
    private async Task<IReadOnlyList<T>> PagesAsync<T>(
        string path, string query, string name, Func<JsonElement, T> read, CancellationToken cancel)
    {
        List<T> all = [];
        string cursor = string.Empty;
        long bytes = 0;
        for (int page = 0; page < MaxPages; page++)
        {
            string suffix = cursor.Length == 0 ? string.Empty : "&cursor=" + Uri.EscapeDataString(cursor);
            ((int Count, string Cursor) got, int length) = await AskAsync(
                path, query + suffix, isPublic: false,
                json =>
                {
                    int before = all.Count;
                    all.AddRange(VenueJson.Answered(json, name).Select(read));
                    bool isLast = json.TryGetProperty("has_next", out _) && !VenueJson.Flag(json, "has_next");
                    return (all.Count - before, isLast ? string.Empty : VenueJson.Text(json, "cursor"));
                },
                cancel).ConfigureAwait(false);
            if (got.Count == 0 || got.Cursor.Length == 0 || got.Cursor == cursor)
            {
                return all;
            }

            bytes += length;
            if (bytes > AnswerLimit.MostListBytes)
            {
                throw new QueryException(
                    $"GET {path}: the list has more than {AnswerLimit.MostListBytes / 1024 / 1024} MiB "
                    + "and was not read");
            }

            cursor = got.Cursor;
        }

        throw new QueryException($"GET {path}: more than {MaxPages} pages");
    }

    private async Task<T> GetAsync<T>(
        string path, string query, Func<JsonElement, T> read, CancellationToken cancel, bool isPublic = false) =>
        (await AskAsync(path, query, isPublic, read, cancel).ConfigureAwait(false)).Value;

    private async Task<(T Value, int Bytes)> AskAsync<T>(
        string path, string query, bool isPublic, Func<JsonElement, T> read, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, query.Length == 0 ? path : $"{path}?{query}");
        if (!isPublic)
        {
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Bearer", Encoding.ASCII.GetString(_signer.ForRequest("GET", path)));
        }

        request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancel).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? await AnswerLimit.ReadAsync(response, read, cancel).ConfigureAwait(false)
                : throw new QueryException(
                    $"GET {path}: answered {(int)response.StatusCode}", response.StatusCode, ResetOf(response));
        }
        catch (Exception e) when (AnswerLimit.IsFailure(e, cancel))
        {
            // Neither the request, which carries the token, nor the text of an answer goes into the message.
            throw new QueryException($"GET {path}: {AnswerLimit.Words(e)}");
        }
    }

    private static long ResetOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-ratelimit-reset", out IEnumerable<string>? values)
            && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long reset)
            ? reset
            : -1;
}
