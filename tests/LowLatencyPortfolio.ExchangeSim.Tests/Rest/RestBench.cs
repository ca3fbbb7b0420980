using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>The venue behind a real Kestrel on a free port of the loopback, and a client that talks to it.</summary>
internal sealed class RestBench : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _client;

    private RestBench(WebApplication server, VenueBench bench)
    {
        _server = server;
        Bench = bench;
        _client = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
    }

    public VenueBench Bench { get; }

    public static async Task<RestBench> StartAsync(VenueSettings? settings = null, params Product[] more)
    {
        var bench = new VenueBench(settings, more);
        bench.Print(100m);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.MapBrokerage(bench.Venue);
        server.MapAdmin(bench.Venue, bench.StepToAsync);
        await server.StartAsync();
        return new RestBench(server, bench);
    }

    /// <summary>A path below the brokerage prefix, unless it starts with a slash.</summary>
    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(Full(path));
        return ((int)answer.StatusCode, await ReadAsync(answer));
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(Full(path), content);
        return ((int)answer.StatusCode, await ReadAsync(answer));
    }

    /// <summary>A GET that must succeed.</summary>
    public async Task<JsonElement> ReadAsync(string path)
    {
        var (status, body) = await GetAsync(path);
        Assert.Equal(200, status);
        return body;
    }

    /// <summary>A POST that must succeed.</summary>
    public async Task<JsonElement> SendAsync(string path, string json)
    {
        var (status, body) = await PostAsync(path, json);
        Assert.True(status == 200, $"{status} {body}");
        return body;
    }

    /// <summary>Creates an order that must be accepted and gives its id.</summary>
    public async Task<string> CreateAsync(string side, string configuration, string clientId = "mine")
    {
        var body = await SendAsync("orders", $$"""
            {"client_order_id":"{{clientId}}","product_id":"BTC-USD","side":"{{side}}",
             "order_configuration":{{configuration}}}
            """);
        Assert.True(body.GetProperty("success").GetBoolean(), body.ToString());
        return body.GetProperty("success_response").GetProperty("order_id").GetString()!;
    }

    public async Task<JsonElement> OrderAsync(string orderId) =>
        (await ReadAsync($"orders/historical/{orderId}")).GetProperty("order");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    private static string Full(string path) => path[0] == '/' ? path : $"{BrokerageEndpoints.Prefix}/{path}";

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
