using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>The files that a run writes.</summary>
internal static class RunFiles
{
    /// <summary>
    /// Whether a result can be written; said before the run, not after it: one that cannot be written is a run for
    /// nothing.
    /// </summary>
    /// <param name="option">The option that named it.</param>
    /// <param name="target">File to write; null for none.</param>
    /// <param name="otherwise">What else is allowed.</param>
    /// <param name="faults">Takes the line.</param>
    public static void CheckTarget(string option, string? target, string otherwise, FaultLines faults)
    {
        if (target is null)
        {
            return;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(target)) ?? target;
        if (Directory.Exists(target))
        {
            faults.Add(option, $"{target} is not a file; allowed: a file to write{otherwise}");
        }
        else if (!Directory.Exists(folder))
        {
            faults.Add(option, $"folder {folder} does not exist");
        }
    }

    /// <summary>The database that was named, or a fresh one in the temporary folder.</summary>
    public static string Database(string? named) => named is null
        ? Path.Combine(Directory.CreateTempSubdirectory("llp-").FullName, "llp.db")
        : Path.GetFullPath(named);
}
