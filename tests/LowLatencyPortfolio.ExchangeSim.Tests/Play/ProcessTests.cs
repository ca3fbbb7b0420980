using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Tests.Wire;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Play;

public sealed class ProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simproc").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_program_trades_tells_the_user_channel_and_stops_in_order()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "BTC-USD.csv"), TestSim.Tape);
        string keyFile = Path.Combine(_folder, "key.json");
        using Process process = Start(
            "--ticks", Path.Combine(_folder, "BTC-USD.csv"), "--speed", "step", "--key-file", keyFile);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.StartsWith("listening on http://127.0.0.1:", line, StringComparison.Ordinal);
            string[] words = line!.Split(' ');
            using var http = new HttpClient { BaseAddress = new Uri(words[2]), Timeout = TimeSpan.FromSeconds(30) };
            using AccessKey key = KeyFile.ReadOrCreate(keyFile);
            await using TestSocket market = await TestSocket.ConnectAsync(new Uri(words[4]));
            await using TestSocket user = await TestSocket.ConnectAsync(new Uri(words[6]));
            await market.SubscribeAsync("ticker", "BTC-USD");
            await user.SubscribeUserAsync(new TestToken(key).Make());
            await user.NextAsync("user");
            using HttpResponseMessage stepped = await http.PostAsync("/admin/play/step?trades=1", null);
            Assert.True(stepped.IsSuccessStatusCode);
            await market.NextAsync("ticker");
            await CreateAsync(http, key);
            Assert.Equal("FILLED", await LastStatusAsync(user));
            using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(0, process.ExitCode);
            Assert.Null(await user.NextBytesAsync());
            Assert.Empty(await process.StandardError.ReadToEndAsync());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    [Fact]
    public async Task Bad_arguments_end_the_program_with_two()
    {
        using Process process = Start("--speed", "fast");
        string error = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("--speed", error, StringComparison.Ordinal);
        Assert.Contains("--ticks", error, StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "exchange-sim.dll");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["exec", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task CreateAsync(HttpClient http, AccessKey key)
    {
        const string Path = TestSim.Prefix + "/orders";
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        var token = new TestToken(key) { Uri = $"POST {http.BaseAddress!.Authority}{Path}" };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Make());
        request.Content = new StringContent(
            JsonSerializer.Serialize(TestSim.Order("p1", "150.00")), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.SendAsync(request);
        Assert.Contains("\"success\":true", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<string?> LastStatusAsync(TestSocket user)
    {
        while (true)
        {
            JsonElement message = await user.NextAsync("user");
            JsonElement order = message.GetProperty("events")[0].GetProperty("orders")[0];
            string? status = order.GetProperty("status").GetString();
            if (status is "FILLED" or "CANCELLED" or "FAILED")
            {
                return status;
            }
        }
    }
}
