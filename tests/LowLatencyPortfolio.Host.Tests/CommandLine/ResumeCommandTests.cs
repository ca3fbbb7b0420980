using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.CommandLine;

/// <summary><c>llp resume</c> on databases that <c>llp run</c> made.</summary>
public sealed class ResumeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("llp-resume-tests-").FullName;
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    private string Database => Path.Combine(_folder, "run.db");

    [Fact]
    public void A_halted_portfolio_is_refused_then_rebased_then_has_nothing_to_resume()
    {
        string config = RunUntilHalted();
        Assert.Equal(ExitCode.Failed, Resume(config, rebase: false));
        Assert.StartsWith(
            $"llp: {Database} stays HALTED: equity $", Assert.Single(ErrorLines()), StringComparison.Ordinal);
        Assert.Contains("; --rebase measures the limit ", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());

        Assert.Equal(ExitCode.Success, Resume(config, rebase: true));
        Assert.StartsWith($"{Database}: HALTED -> TRADING; equity $", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, Resume(config, rebase: false));
        Assert.Contains(
            $"\n{Database} is TRADING, there is nothing to resume; ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_does_not_exist_is_one_line_and_is_not_made()
    {
        Assert.Equal(ExitCode.BadInput, Resume(null, rebase: false));
        Assert.StartsWith(
            $"llp: --db: \"{Database}\" is not a file; ", Assert.Single(ErrorLines()), StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
    }

    [Fact]
    public void A_file_that_is_no_database_is_one_line_and_exit_code_1()
    {
        File.WriteAllText(Database, "not a database");
        Assert.Equal(ExitCode.Failed, Resume(null, rebase: false));
        Assert.StartsWith("llp: ", Assert.Single(ErrorLines()), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_capital_than_the_databases_is_one_line_and_exit_code_1()
    {
        RunUntilHalted();
        string other = Path.Combine(_folder, "other.json");
        File.WriteAllText(other, """{ "portfolio": { "totalCapital": 5 } }""");
        Assert.Equal(ExitCode.Failed, Resume(other, rebase: true));
        Assert.Contains("has a capital of 100000 USD", Assert.Single(ErrorLines()), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private string RunUntilHalted()
    {
        string ticks = Path.Combine(_folder, "BTC-USD.csv");
        string entries = Path.Combine(_folder, "entries.csv");
        string config = Path.Combine(_folder, "config.json");
        int[] prices = [100, 100, 98, 95, 95, 95];
        File.WriteAllText(ticks, "time,price,size\n"
            + string.Concat(prices.Select((price, i) => $"2024-01-01T12:00:0{i}Z,{price}.00,1000\n")));
        File.WriteAllText(entries, "time,product_id,price,qty,order_type\n2024-01-01T12:00:00Z,BTC-USD,,,market\n");
        File.WriteAllText(config, """
            {
              "portfolio": { "totalCapital": 100000, "emergencyLiquidationLossPct": -0.02, "dailyLossPct": -0.01 },
              "pairDefaults": { "trailPct": 0.2 },
              "products": [{ "productId": "BTC-USD", "priceIncrement": 0.01, "quantityIncrement": 0.0001 }]
            }
            """);
        RunCommand run = new(TextWriter.Null, _error, isTerminal: false, ReplayRunner.Run);
        Assert.Equal(
            ExitCode.Success, run.Execute(new([ticks], entries, config, Database, Topology.Inline, null, false)));
        Assert.Empty(_error.ToString());
        return config;
    }

    private int Resume(string? config, bool rebase)
    {
        _error.GetStringBuilder().Clear();
        return new ResumeCommand(_output, _error).Execute(new ResumeOptions(Database, config, rebase));
    }

    private string[] ErrorLines() => _error.ToString().TrimEnd('\n').Split('\n');
}
