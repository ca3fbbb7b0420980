using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>The code in the README is this code: it compiles, it runs, and it stands there word for word.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_readme_embeds_an_engine_that_trades()
    {
        // README begins
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLowLatencyPortfolio(options => options.AddPair(
            new PairConfig { ProductId = "BTC-USD", TrailPct = 0.05m },
            new ProductSpec("BTC-USD", priceIncrement: 0.01m, quantityIncrement: 0.00000001m)));
        using IHost host = builder.Build();
        await host.StartAsync();

        var portfolio = host.Services.GetRequiredService<MultiPairOrchestrator>();
        await portfolio.HandlePriceUpdateAsync("BTC-USD", 43_000m);
        IReadOnlyList<EntryResult> entries = await portfolio.SubmitCoordinatedEntriesAsync(
            [new EntrySignal { ProductId = "BTC-USD", ShouldEnter = true, LimitPrice = 43_100m }], maxConcurrent: 3);
        await portfolio.HandlePriceUpdateAsync("BTC-USD", 43_050m);     // fills; the stop follows by itself
        LiquidationResult closed = await portfolio.EmergencyLiquidatePortfolioAsync();
        // README ends

        EntryResult entry = Assert.Single(entries);
        Assert.True(entry.IsSent, $"{entry.Verdict}");
        Assert.Equal("BTC-USD", Assert.Single(closed.Pairs).ProductId);
        await Until.Done(host.StopAsync());
    }

    [Fact]
    public void The_readme_shows_this_code()
    {
        string[] lines = File.ReadAllLines(ThisFile());
        int begin = Array.FindIndex(lines, line => line.Trim() == "// README begins");
        int end = Array.FindIndex(lines, line => line.Trim() == "// README ends");
        string code = string.Join('\n', lines[(begin + 1)..end].Select(line => line.Length > 8 ? line[8..] : string.Empty));
        Assert.Contains(code, File.ReadAllText(Readme()), StringComparison.Ordinal);
    }

    private static string ThisFile([CallerFilePath] string path = "") =>
        File.Exists(path) ? path : Path.Combine(Path.GetDirectoryName(Readme())!, "tests", "LowLatencyPortfolio.Engine.Tests", "Orchestration", "ReadmeTests.cs");

    private static string Readme()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LowLatencyPortfolio.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(Assert.IsType<DirectoryInfo>(folder).FullName, "README.md");
    }
}
