using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Tests.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Clients;

/// <summary>How a third-party client asks: what was seen of it, no more.</summary>
/// <param name="Sim">Whom.</param>
/// <param name="Token">Its token for an address; without one for a subscription.</param>
/// <param name="Headers">What it sends besides.</param>
/// <param name="ClientId">What its order ids begin with.</param>
/// <param name="OpenOrders">How it asks for open orders.</param>
/// <param name="Fills">How it asks for the fills of an order.</param>
/// <param name="Cents">How it writes a whole price.</param>
internal sealed record ClientShape(
    TestSim Sim, Func<string?, string> Token, IReadOnlyDictionary<string, string> Headers, string ClientId,
    string OpenOrders, Func<string, string> Fills, string Cents)
{
    private const string Windows =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/62.0.3202.94 Safari/537.36";

    /// <summary>ccxt 4.5.84: the address in the token keeps its scheme; an audience and the older issuer.</summary>
    public static ClientShape Ccxt(TestSim sim) => new(
        sim,
        address => new TestToken(sim.Key)
        {
            Issuer = "coinbase-cloud", Audience = ["retail_rest_api_proxy"], HasIssueTime = true, Uri = address,
        }.Make(),
        new Dictionary<string, string> { ["User-Agent"] = Windows, ["CB-VERSION"] = "2018-05-30" },
        "ccxt-839b513a-259f-4ac4-8874-bcff8caf8dc4",
        "order_status=OPEN&product_id=BTC-USD&limit=100", _ => "product_id=BTC-USD", Cents: string.Empty);

    /// <summary>coinbase-api 1.2.6: without TLS the address in the token lacks the first letter of its host.</summary>
    public static ClientShape CoinbaseApi(TestSim sim) => new(
        sim,
        address => new TestToken(sim.Key)
        {
            Type = null, Nonce = "la4tEnPkTRu0p3lB",
            Uri = address?.Replace($"http://{sim.Http.BaseAddress!.Host[0]}", string.Empty, StringComparison.Ordinal),
        }.Make(),
        new Dictionary<string, string>
        {
            ["Accept"] = "application/json, text/plain, */*", ["locale"] = "en-US", ["User-Agent"] = "cbnode/0.1.0",
        },
        "cbnodeo7wT2CUNS0hBGv",
        "order_status=OPEN", id => $"order_id={id}", Cents: ".00");

    /// <summary>Asks without a token.</summary>
    public Task<JsonElement> PublicAsync(string path) => SendAsync(HttpMethod.Get, path, body: null, isSigned: false);

    /// <summary>Asks as the key's owner.</summary>
    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, body: null, isSigned: true);

    /// <summary>Sends a body, exactly as it stands.</summary>
    public Task<JsonElement> PostAsync(string path, string body) =>
        SendAsync(HttpMethod.Post, path, body, isSigned: true);

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body, bool isSigned)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach ((string name, string value) in Headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        if (isSigned)
        {
            string address = $"{method} {Sim.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}{path.Split('?')[0]}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(address));
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using HttpResponseMessage answer = await Sim.Http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
