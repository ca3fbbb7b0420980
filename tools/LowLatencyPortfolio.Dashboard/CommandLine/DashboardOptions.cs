using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Run;

namespace LowLatencyPortfolio.Dashboard.CommandLine;

/// <summary>What every command takes.</summary>
/// <param name="Database">The file to read.</param>
/// <param name="Json">Where the JSON goes: a file, <c>-</c> for standard output, null for nowhere.</param>
internal sealed record DashboardOptions(string Database, string? Json)
{
    /// <summary>Only JSON goes to standard output.</summary>
    public bool JsonOnly => Json == "-";

    /// <summary>The file that takes the JSON; null for none.</summary>
    public string? JsonFile => JsonOnly ? null : Json;

    /// <summary>What a watch writes before it takes the place of <see cref="JsonFile"/>.</summary>
    public string? NextJsonFile => JsonFile is null ? null : JsonFile + ".new";

    /// <summary>What is wrong with the two, seen before either is opened; one line each.</summary>
    public IReadOnlyList<string> Faults()
    {
        FaultLines faults = new();
        RunFiles.RequireName("--db", Database, "the file of a database", faults);
        RunFiles.RequireName("--json", JsonFile, "a file to write, or - for standard output", faults);

        if (faults.AreEmpty)
        {
            RunFiles.CheckTarget("--json", JsonFile, ", or - for standard output", faults);
            foreach (string target in new[] { JsonFile, NextJsonFile }.OfType<string>())
            {
                if (RunFiles.BelongsToDatabase(RunFiles.Resolve(target), Database))
                {
                    faults.Add("--json", $"{target} belongs to the database (--db); name another file");
                }
            }
        }

        return faults.Lines;
    }
}
