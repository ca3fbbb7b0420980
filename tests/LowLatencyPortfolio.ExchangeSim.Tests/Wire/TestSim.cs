using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.CommandLine;
using LowLatencyPortfolio.ExchangeSim.Hosting;
using LowLatencyPortfolio.ExchangeSim.Play;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;
using Microsoft.Extensions.DependencyInjection;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

/// <summary>A real server on a free port, with a small tape of its own that is played by hand unless told
/// otherwise.</summary>
internal sealed class TestSim : IAsyncDisposable
{
    public const string Prefix = "/api/v3/brokerage";

    /// <summary>Ten trades of BTC-USD, a second apart, from 100 up by 1.</summary>
    public static readonly string Tape = "time,price,size,side,trade_id\n" + string.Concat(
        Enumerable.Range(0, 10).Select(i => $"2026-08-09T21:00:0{i}.000000Z,{100 + i}.00,0.5,buy,{1000 + i}\n"));

    private readonly string _folder;
    private readonly SimServer _server;

    private TestSim(string folder, SimServer server, AccessKey key)
    {
        _folder = folder;
        _server = server;
        Key = key;
        Http = new HttpClient { BaseAddress = new Uri(server.Url), Timeout = TimeSpan.FromSeconds(30) };
    }

    public AccessKey Key { get; }

    public HttpClient Http { get; }

    public string Url => _server.Url;

    public string ReadyLine => _server.ReadyLine;

    public Venue Venue => Part<Venue>();

    public TickPlayer Player => Part<TickPlayer>();

    public static async Task<TestSim> StartAsync(
        Func<SimOptions, SimOptions>? change = null, params (string Product, string Text)[] tapes)
    {
        string folder = Directory.CreateTempSubdirectory("sim").FullName;
        foreach ((string product, string text) in tapes.Length > 0 ? tapes : [("BTC-USD", Tape)])
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{product}.csv"), text);
        }

        var options = new SimOptions
        {
            Ticks = [folder],
            Speed = PlaySpeed.Step,
            Limits = new Dictionary<string, int>
            {
                ["private"] = 0, ["public"] = 0, ["connections"] = 0, ["messages"] = 0,
            },
        };
        options = change?.Invoke(options) ?? options;
        var faults = new List<string>();
        SimData? data = SimData.Scan(options, faults);
        Assert.Empty(faults);
        AccessKey key = AccessKey.Create(options.KeyKind);
        SimServer server = SimServer.Build(options, data!, key);
        await server.StartAsync();
        return new TestSim(folder, server, key);
    }

    public T Part<T>()
        where T : notnull => _server.Parts.GetRequiredService<T>();

    /// <summary>Puts a plan in force as a person would: by the admin request.</summary>
    public async Task BreakAsync(string plan)
    {
        using HttpResponseMessage answer =
            await Http.PostAsync("/admin/wire/faults", new StringContent(plan, Encoding.UTF8, "application/json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public string Token() => new TestToken(Key).Make();

    public HttpRequestMessage Request(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        string uri = $"{method} {new Uri(Url).Authority}{path.Split('?')[0]}";
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Bearer", new TestToken(Key) { Uri = uri }.Make());
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        return request;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpRequestMessage request = Request(method, path, body);
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> BuyAsync(string clientOrderId, string price = "90.00") => SendAsync(
        HttpMethod.Post, $"{Prefix}/orders", Order(clientOrderId, price));

    public static object Order(string clientOrderId, string price) => new
    {
        client_order_id = clientOrderId,
        product_id = "BTC-USD",
        side = "BUY",
        order_configuration = new { limit_limit_gtc = new { base_size = "0.5", limit_price = price } },
    };

    public async Task<TestSocket> ConnectAsync(string path = "/ws") =>
        await TestSocket.ConnectAsync(new Uri("ws" + Url["http".Length..] + path));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        Key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
