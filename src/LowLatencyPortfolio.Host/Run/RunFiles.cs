using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>The files that a run writes.</summary>
internal static class RunFiles
{
    private static readonly string[] DatabaseEnds = ["", "-wal", "-shm", "-journal", ".lock", ".creating"];

    private static readonly StringComparison PathComparison =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Whether a value can be the name of a file at all.</summary>
    /// <param name="option">The option that named it.</param>
    /// <param name="value">As it was given; null for none.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="faults">Takes the line.</param>
    public static void RequireName(string option, string? value, string allowed, FaultLines faults)
    {
        if (value is not null && (string.IsNullOrWhiteSpace(value) || value.Contains('\0', StringComparison.Ordinal)))
        {
            faults.Add(option, $"\"{FaultLines.Shown(value)}\" is not a file; allowed: {allowed}");
        }
    }

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

    /// <summary>Whether writing a file would take the place of a database or of one of the files beside it.</summary>
    /// <param name="target">From <see cref="Resolve"/>.</param>
    /// <param name="database">Path of the database; null for none.</param>
    public static bool BelongsToDatabase(string target, string? database) =>
        database is not null
        && DatabaseEnds.Any(end => IsSame(target, database + end)
            || target.Equals(Resolve(database) + end, PathComparison));

    /// <summary>Whether a path names the file <paramref name="target"/>.</summary>
    /// <param name="target">From <see cref="Resolve"/>.</param>
    /// <param name="path">Any path; null is no file.</param>
    public static bool IsSame(string target, string? path) =>
        path is not null && target.Equals(Resolve(path), PathComparison);

    /// <summary>The absolute path; a link and its file are one file.</summary>
    public static string Resolve(string path)
    {
        FileInfo file = new(Path.GetFullPath(path));
        try
        {
            return file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
        }
        catch (IOException)
        {
            return file.FullName;
        }
    }
}
