using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Asks, before anything is bought, whether the venue would take the stop that a position needs: a preview of the order
/// as it would be placed at the last price.
/// </summary>
/// <remarks>
/// Thread: one task at a time. A preview that fails for any reason but the kind of the order, such as coins that nobody
/// has bought yet, shows that the kind is known. Source: Advanced Trade, preview order; the venue's documents disagree
/// on which products take stops.
/// </remarks>
internal sealed class StopProbe : IDisposable
{
    private const string PreviewPath = SignedHeads.Prefix + "/orders/preview";

    private readonly HttpClient _http;
    private readonly JwtSigner _signer;

    /// <param name="signer">Signs.</param>
    /// <param name="options">Where, and how long an answer may take.</param>
    public StopProbe(JwtSigner signer, CoinbaseGatewayOptions options)
    {
        _signer = signer;
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };
        _http = new HttpClient(handler)
        {
            BaseAddress = options.Endpoints.Rest,
            Timeout = options.AnswerTimeout,
            MaxResponseContentBufferSize = 1024 * 1024,
        };
    }

    /// <summary>Asks about one pair.</summary>
    /// <returns>Whether its stops are refused; null when there is no price to ask at.</returns>
    /// <exception cref="QueryException">There was no answer that could be read.</exception>
    public async Task<bool?> IsRefusedAsync(PairSetup pair, CancellationToken cancel)
    {
        string path = $"{SignedHeads.Prefix}/products/{Uri.EscapeDataString(pair.ProductId)}";
        decimal price = await SendAsync(
            HttpMethod.Get, path, content: null,
            (status, json) => status == HttpStatusCode.OK ? VenueJson.Number(json, "price") : 0m,
            cancel).ConfigureAwait(false);
        if (BodyOf(pair, price) is not { } body)
        {
            return null;
        }

        using StringContent content = new(body, Encoding.UTF8, "application/json");
        return await SendAsync(HttpMethod.Post, PreviewPath, content, IsRefused, cancel).ConfigureAwait(false);
    }

    public void Dispose() => _http.Dispose();

    // The smallest stop that the venue would take, where the trail would put it.
    private static string? BodyOf(PairSetup pair, decimal price)
    {
        ProductSpec product = pair.Product;
        decimal stop = Floor(price * (1m - pair.Config.TrailPct), product.PriceIncrement);
        decimal limit = Floor(stop * (1m - pair.Config.StopLimitBufferPct), product.PriceIncrement);
        if (limit <= 0m)
        {
            return null;
        }

        decimal size = Floor(product.MinNotional / limit, product.QuantityIncrement) + product.QuantityIncrement;
        size = Math.Max(size, product.MinQuantity);
        return string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"product_id":"{{{{product.ProductId}}}}","side":"SELL","order_configuration":{"stop_limit_stop_limit_gtc":
            {"base_size":"{{{{Plain(size)}}}}","limit_price":"{{{{Plain(limit)}}}}","stop_price":"{{{{Plain(stop)}}}}",
            "stop_direction":"STOP_DIRECTION_STOP_DOWN"}}}
            """);
    }

    private static string Plain(decimal number) => number.ToString("0.################", CultureInfo.InvariantCulture);

    private static decimal Floor(decimal value, decimal increment) => decimal.Floor(value / increment) * increment;

    // A preview that the venue cannot even read proves nothing good.
    private static bool IsRefused(HttpStatusCode status, JsonElement json)
    {
        if (status != HttpStatusCode.OK)
        {
            return true;
        }

        return json.TryGetProperty("errs", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array
            && errors.EnumerateArray().Any(error =>
                error.ValueKind == JsonValueKind.String && RejectCodes.RefusesKind(error.GetString()!));
    }

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, HttpContent? content, Func<HttpStatusCode, JsonElement, T> read,
        CancellationToken cancel)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", Encoding.ASCII.GetString(_signer.ForRequest(method.Method, path)));
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancel).ConfigureAwait(false);
            bool isAnswer = response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest
                or HttpStatusCode.NotFound;
            if (!isAnswer)
            {
                throw new QueryException($"{method} {path}: answered {(int)response.StatusCode}", response.StatusCode);
            }

            byte[] body = await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
            using JsonDocument document = JsonDocument.Parse(
                response.StatusCode == HttpStatusCode.OK ? body : "{}"u8.ToArray(), VenueJson.Options);
            return read(response.StatusCode, document.RootElement);
        }
        catch (Exception e) when (AnswerLimit.IsFailure(e, cancel))
        {
            // Neither the request, which carries the token, nor the text of an answer goes into the message.
            throw new QueryException($"{method} {path}: {e.GetType().Name}");
        }
    }
}
