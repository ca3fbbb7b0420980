using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Live;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>Faults that the arguments of <c>llp run</c> have by themselves, found before any file is read.</summary>
internal static class ArgumentReview
{
    /// <summary>Looks at every argument.</summary>
    /// <param name="options">From the command line.</param>
    /// <param name="faults">Takes one line a fault, which names the option.</param>
    public static void Check(RunOptions options, FaultLines faults)
    {
        int before = faults.Lines.Count;
        foreach (string ticks in options.Ticks)
        {
            RunFiles.RequireName("--ticks", ticks, "files or folders of market data", faults);
        }

        RunFiles.RequireName("--entries", options.Entries, "a file", faults);
        RunFiles.RequireName("--config", options.Config, "a file", faults);
        RunFiles.RequireName("--db", options.Database, "a file", faults);
        RunFiles.RequireName("--json", options.Json, "a file to write, or - for standard output", faults);
        RunFiles.RequireName("--record", options.Record, "a file to write", faults);
        RunFiles.RequireName("--endpoints", options.Endpoints, "a file", faults);
        RunFiles.RequireName("--key-file", options.KeyFile, "a file", faults);
        if (options.Signals && options.Entries is not null)
        {
            faults.Add(
                "--signals", "not with --entries: signals find the entries, or a file scripts them; leave one out");
        }

        LiveArguments.Check(options, faults);
        if (faults.Lines.Count > before)
        {
            return;
        }

        if (options.Database is { } database)
        {
            CheckDatabase(Path.GetFullPath(database), faults);
        }

        if (options.Json is { } json && !options.JsonToOutput)
        {
            CheckTarget("--json", json, options, faults);
        }

        if (options.Record is { } record)
        {
            CheckTarget("--record", record, options, faults);
            if (!options.JsonToOutput && RunFiles.IsSame(RunFiles.Resolve(record), options.Json))
            {
                faults.Add("--record", $"{record} belongs to the run's result (--json); name another file");
            }
        }
    }

    private static void CheckDatabase(string path, FaultLines faults)
    {
        string folder = Path.GetDirectoryName(path) ?? path;
        if (Directory.Exists(path))
        {
            faults.Add("--db", $"{path} is a folder; name a file in it, such as {Path.Combine(path, "portfolio.db")}");
        }
        else if (!Directory.Exists(folder))
        {
            faults.Add("--db", $"the folder {folder} does not exist; create it, or name a database elsewhere");
        }
    }

    // The result would take the place of what the run reads, or of the database it has just written.
    private static void CheckTarget(string option, string file, RunOptions options, FaultLines faults)
    {
        string target = RunFiles.Resolve(file);
        RunInputs inputs = RunInputs.Of(options);
        string? used = (RunFiles.BelongsToDatabase(target, options.Database) ? "database (--db)" : null)
            ?? (inputs.Ticks.Any(ticks => IsTicks(target, ticks)) ? "market data (--ticks)" : null)
            ?? (RunFiles.IsSame(target, inputs.Entries) ? "entries (--entries)" : null)
            ?? (RunFiles.IsSame(target, inputs.Config) ? "configuration (--config)" : null)
            ?? (RunFiles.IsSame(target, options.Endpoints) ? "addresses (--endpoints)" : null)
            ?? (RunFiles.IsSame(target, options.KeyFile) ? "key (--key-file)" : null);
        if (used is not null)
        {
            faults.Add(option, $"{file} belongs to the run's {used}; name another file");
        }
    }

    // In a folder of ticks every file of these names is market data, if not of this run then of the next.
    private static bool IsTicks(string target, string ticks) => Directory.Exists(ticks)
        ? RunFiles.IsSame(Path.GetDirectoryName(target) ?? target, Path.TrimEndingDirectorySeparator(ticks))
            && (target.EndsWith(".csv", StringComparison.Ordinal)
                || target.EndsWith(".csv.gz", StringComparison.Ordinal))
        : RunFiles.IsSame(target, ticks);
}
