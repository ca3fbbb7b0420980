using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>A running <c>exchange-sim</c>.</summary>
internal sealed class ExchangeSimProcess : IDisposable
{
    private const int LongTape = 6_000;     // twenty minutes: longer than any of these tests may take
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly HttpClient _admin;

    private ExchangeSimProcess(Process process, Uri rest, string endpointsFile, string keyFile)
    {
        _process = process;
        _admin = new HttpClient { BaseAddress = rest, Timeout = Deadline };
        EndpointsFile = endpointsFile;
        KeyFile = keyFile;
    }

    /// <summary>What <c>llp run --endpoints</c> takes.</summary>
    public string EndpointsFile { get; }

    /// <summary>What <c>llp run --key-file</c> takes.</summary>
    public string KeyFile { get; }

    /// <summary>Plays two pairs at the speed of life, from the first subscription.</summary>
    public static Task<ExchangeSimProcess> StartAsync(Workspace workspace) => StartAsync(
        workspace,
        "--ticks", Tape(workspace, "BTC-USD", 40_000, LongTape), Tape(workspace, "ETH-USD", 2_000, LongTape),
        "--speed", "1x", "--rebase", "--start", "subscribed", "--balances", "USD=200000");

    /// <summary>Plays what the arguments say.</summary>
    public static async Task<ExchangeSimProcess> StartAsync(Workspace workspace, params string[] arguments)
    {
        string keyFile = workspace.File("key.json");
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "exchange-sim.dll"));
        foreach (string argument in (string[])[.. arguments, "--key-file", keyFile])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline) ?? string.Empty;
        Assert.StartsWith("listening on http://127.0.0.1:", line, StringComparison.Ordinal);
        string[] words = line.Split(' ');
        string endpoints = workspace.Write(
            "endpoints.json",
            $$"""
            { "rest": "{{words[2]}}", "marketWebSocket": "{{words[4]}}", "userWebSocket": "{{words[6]}}",
              "exchangeWebSocket": "{{words[8]}}" }
            """);
        return new ExchangeSimProcess(process, new Uri(words[2]), endpoints, keyFile);
    }

    /// <summary>The venue's own truth.</summary>
    public Task<JsonElement> LedgerAsync() => GetAsync("/admin/ledger");

    public async Task<JsonElement> GetAsync(string path)
    {
        using JsonDocument document = JsonDocument.Parse(await _admin.GetStringAsync(path));
        return document.RootElement.Clone();
    }

    /// <summary>Does something from outside; <paramref name="body"/> is JSON, or nothing.</summary>
    public async Task<JsonElement> PostAsync(string path, string body = "")
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _admin.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} {body}: {(int)answer.StatusCode} {text}");
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _admin.Dispose();
    }

    /// <summary>Five trades a second.</summary>
    public static string Tape(Workspace workspace, string product, int price, int trades)
    {
        DateTime begin = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        IEnumerable<string> rows = Enumerable.Range(0, trades).Select(i => FormattableString.Invariant(
            $"{begin.AddMilliseconds(200 * i):yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{price + (i % 7)}.25,0.5"));
        return workspace.Write($"{product}.csv", "time,price,size\n" + string.Join('\n', rows) + "\n");
    }
}
