using System.Text.RegularExpressions;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>The code in the pages is that of the samples, word for word: it compiles, and other tests run it.</summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md", "EmbeddedHost")]
    [InlineData("tools/README.md", "MultiPairDemo")]
    public void Every_piece_of_code_in_a_page_is_a_marked_region_of_a_sample(string page, string sample)
    {
        string samples = Path.Combine(Root(), "tools", "samples", sample);
        string[] regions = [.. Directory.GetFiles(samples, "*.cs").SelectMany(Regions)];
        string text = File.ReadAllText(Path.Combine(Root(), page));
        string[] shown = [.. Blocks().Matches(text).Select(block => block.Groups[1].Value)];
        Assert.NotEmpty(shown);
        Assert.All(shown, code => Assert.Contains(code, regions));
    }

    [Fact]
    public async Task An_engine_in_an_empty_host_enters_protects_and_liquidates()
    {
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

        EntryResult entry = Assert.Single(entries);
        Assert.True(entry.IsSent, $"{entry.Verdict}");
        Assert.Equal("BTC-USD", Assert.Single(closed.Pairs).ProductId);
        await Until.Done(host.StopAsync());
    }

    // From a line "// README name" to the next "// README ends", moved to the left edge.
    private static IEnumerable<string> Regions(string file)
    {
        string[] lines = File.ReadAllLines(file);
        for (int begin = 0; begin < lines.Length; begin++)
        {
            if (!lines[begin].TrimStart().StartsWith("// README ", StringComparison.Ordinal)
                || lines[begin].Trim() == "// README ends")
            {
                continue;
            }

            int indent = lines[begin].Length - lines[begin].TrimStart().Length;
            int end = Array.FindIndex(lines, begin, line => line.Trim() == "// README ends");
            yield return string.Concat(
                lines[(begin + 1)..end].Select(line => (line.Length > indent ? line[indent..] : string.Empty) + "\n"));
        }
    }

    /// <summary>Folder of the solution.</summary>
    internal static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LowLatencyPortfolio.sln")))
        {
            folder = folder.Parent;
        }

        return Assert.IsType<DirectoryInfo>(folder).FullName;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
