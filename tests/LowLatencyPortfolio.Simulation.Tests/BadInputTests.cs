using System.IO.Compression;
using System.Text;

namespace LowLatencyPortfolio.Simulation.Tests;

/// <summary>Bad input gets one clear line on standard error and exit code 2, before anything is written.</summary>
public sealed class BadInputTests
{
    private const string Heading = "time,price,size\n";

    public static TheoryData<string, string, string> BadTicks => new()
    {
        { "exponent", Heading + "2024-01-01T00:00:00Z,1e3,1\n", "xponent" },
        { "not a number", Heading + "2024-01-01T00:00:00Z,NaN,1\n", "NaN" },
        { "negative", Heading + "2024-01-01T00:00:00Z,-5,1\n", "-5" },
        { "missing column", "time,price\n2024-01-01T00:00:00Z,5\n", "size" },
        { "wrong order", Heading + "2024-01-01T00:00:01Z,5,1\n2024-01-01T00:00:00Z,5,1\n", "line 3" },
        { "empty", string.Empty, "BTC-USD.csv" },
        { "long line", Heading + new string('7', 10_000_000) + "\n", "line 2" },
    };

    [Theory]
    [MemberData(nameof(BadTicks))]
    public void Bad_tick_file_gets_one_line(string kind, string text, string mentions)
    {
        using Workspace workspace = new();
        string ticks = workspace.Write("BTC-USD.csv", text);
        AssertFault(LlpProcess.Run("run", "--ticks", ticks), kind, mentions);
    }

    [Fact]
    public void Truncated_gzip_gets_one_line()
    {
        using Workspace workspace = new();
        string ticks = workspace.File("BTC-USD.csv.gz");
        using MemoryStream whole = new();
        using (GZipStream gzip = new(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            StringBuilder rows = new(Heading);
            for (int i = 0; i < 5_000; i++)
            {
                rows.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"2024-01-01T00:{i / 100 % 60:00}:{i % 60:00}.{i:000000000}Z,{100 + (i * 7919 % 1000)},1\n");
            }

            gzip.Write(Encoding.ASCII.GetBytes(rows.ToString()));
        }

        File.WriteAllBytes(ticks, whole.ToArray()[..(int)(whole.Length / 2)]);
        AssertFault(LlpProcess.Run("run", "--ticks", ticks), "truncated gzip", "BTC-USD.csv.gz");
    }

    [Theory]
    [InlineData("""{ "portfolio": { "totalCapitol": 5 } }""", "totalCapital")]
    [InlineData("""{ "pairDefaults": { "trailPct": 5 } }""", "trailPct")]
    [InlineData("""{ "portfolio": { "totalCapital": -1 } }""", "totalCapital")]
    [InlineData("""{ "paper": { "makerFee": "cheap" } }""", "makerFee")]
    [InlineData("""{ "portfolio": """, "not JSON")]
    public void Bad_configuration_gets_one_line(string json, string mentions)
    {
        using Workspace workspace = new();
        AssertFault(LlpProcess.Run("run", "--config", workspace.Write("config.json", json)), json, mentions);
    }

    [Theory]
    [InlineData("time,product_id,price,qty\n2023-12-08T00:05:00Z,NOPE-USD,1,1\n", "NOPE-USD")]
    [InlineData("time,product_id,price,qty\n2023-12-08T00:05:00Z,BTC-USD,1e5,1\n", "1e5")]
    [InlineData("time,product_id,price,qty\nyesterday,BTC-USD,1,1\n", "yesterday")]
    [InlineData("time,product_id,price\n", "qty")]
    public void Bad_entries_get_one_line(string csv, string mentions)
    {
        using Workspace workspace = new();
        AssertFault(LlpProcess.Run("run", "--entries", workspace.Write("entries.csv", csv)), csv, mentions);
    }

    [Fact]
    public void Unknown_argument_gets_one_line() =>
        AssertFault(LlpProcess.Run("run", "--tikcs", "x"), "argument", "--ticks");

    private static void AssertFault(LlpResult result, string kind, string mentions)
    {
        Assert.True(result.ExitCode == 2, $"{kind}: exit code {result.ExitCode}: {result.Error}{result.Output}");
        string line = Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.Contains(mentions, line, StringComparison.Ordinal);
        Assert.True(line.Length < 400, $"{kind}: a line of {line.Length} characters");
    }
}
