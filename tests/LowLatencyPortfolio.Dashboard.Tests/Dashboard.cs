using System.Text.Json;
using LowLatencyPortfolio.Dashboard.CommandLine;
using LowLatencyPortfolio.Dashboard.Watch;

namespace LowLatencyPortfolio.Dashboard.Tests;

/// <summary>The dashboard in this process, as in a pipe.</summary>
internal static class Dashboard
{
    /// <summary>Every command that shows once, with the arguments it needs.</summary>
    public static readonly string[] Commands =
        ["summary", "concentration", "correlation", "pairs", "orders", "history", "position 1", "risk", "rebalance"];

    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        ViewCommand views = new(output, error, terminal: null);
        WatchCommand watch = new(error, options => new PipeSurface(output, error, options.JsonOnly));
        using CancellationTokenSource once = new();
        once.Cancel();      // a watch shows what is there and ends
        int exitCode = new DashboardCommandLine(
                views.Execute, (options, interval, make) => watch.Execute(options, interval, make, once.Token))
            .Invoke(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>What a command prints.</summary>
    public static string Text(string command, string database)
    {
        (int exitCode, string output, string error) = Run([.. command.Split(' '), "--db", database]);
        Assert.True(exitCode == 0, error);
        Assert.Empty(error);
        return output;
    }

    public static JsonElement Json(string command, string database) =>
        JsonDocument.Parse(Text(command + " --json -", database)).RootElement;
}
