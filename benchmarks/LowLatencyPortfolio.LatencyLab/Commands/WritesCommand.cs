using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary><c>llp-lab writes</c>.</summary>
internal static class WritesCommand
{
    public static Command Build()
    {
        Option<int> rows = LabOptions.Number(
            "--rows", "state changes to write, at least", 2_000_000, 1_000, 100_000_000);
        Option<int> rounds = LabOptions.Number("--rounds", "runs, each on a new database", 3, 1, 100);
        Option<string?> json = LabOptions.Json();
        Command command = new(
            "writes", "state changes per second to SQLite at synchronous=FULL, and what the pipeline paid meanwhile")
        {
            rows, rounds, json,
        };
        command.SetAction(result => Run(result.GetValue(rows), result.GetValue(rounds), result.GetValue(json)));
        return command;
    }

    private static int Run(int rows, int rounds, string? json)
    {
        Conditions conditions = Conditions.Now();
        Progress progress = new();
        WritesResult[] results = [.. Enumerable.Range(0, rounds).Select(_ => RunOnce(rows, progress))
            .OrderBy(result => result.RowsPerSecond)];
        progress.Show("");
        WritesResult median = results[results.Length / 2];
        JsonOutput.Write(json, writer => WriteJson(writer, results, median, conditions));
        if (json != "-")
        {
            WriteText(Console.Out, results, median, conditions);
        }

        return 0;
    }

    private static WritesResult RunOnce(int rows, Progress progress)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("llp-lab-");
        try
        {
            return new WritesRun(folder.FullName, progress.Show).Run(rows);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void WriteText(TextWriter output, WritesResult[] results, WritesResult median, Conditions conditions)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        output.WriteLine(conditions);
        output.WriteLine(string.Create(
            plain,
            $"{median.Rows:N0} state changes to SQLite, write-ahead log, synchronous=FULL; "
            + $"{results.Length} runs, each on a new database in {Path.GetTempPath()}"));
        output.WriteLine();
        output.WriteLine(string.Create(
            plain,
            $"{median.RowsPerSecond:N0} changes/s in the median run "
            + $"({results[0].RowsPerSecond:N0} to {results[^1].RowsPerSecond:N0}), "
            + $"wanted at least 250,000; {(double)median.Rows / median.Transactions:F0} changes a commit"));
        output.WriteLine(string.Create(
            plain,
            $"the pipeline paid {median.AppendNs:F0} ns a change: {median.EventNs:F0} ns an event with the journal, "
            + $"{median.BareEventNs:F0} without; waited {median.WaitedShare:P0} of the time for the bound"));
    }

    private static void WriteJson(
        Utf8JsonWriter writer, WritesResult[] results, WritesResult median, Conditions conditions)
    {
        writer.WriteNumber("rows", median.Rows);
        writer.WriteNumber("rowsPerSecond", Math.Round(median.RowsPerSecond));
        writer.WriteNumber("lowestRowsPerSecond", Math.Round(results[0].RowsPerSecond));
        writer.WriteNumber("highestRowsPerSecond", Math.Round(results[^1].RowsPerSecond));
        writer.WriteNumber("transactions", median.Transactions);
        writer.WriteNumber("appendNs", Math.Round(median.AppendNs, 1));
        writer.WriteNumber("eventNsWithJournal", Math.Round(median.EventNs, 1));
        writer.WriteNumber("eventNsWithoutJournal", Math.Round(median.BareEventNs, 1));
        writer.WriteNumber("waitedShare", Math.Round(median.WaitedShare, 4));
        writer.WriteNumber("queuedAtEnd", median.QueueNotEmpty);
        conditions.WriteJson(writer);
    }
}
