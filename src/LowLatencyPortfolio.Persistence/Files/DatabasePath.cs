namespace LowLatencyPortfolio.Persistence;

/// <summary>Refuses paths that cannot hold a database before anything is touched.</summary>
internal static class DatabasePath
{
    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>
    /// The absolute path with a symbolic link followed: one file must have one name, or its lock and its log have two.
    /// </summary>
    public static string Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        FileInfo file = new(full);
        return file.LinkTarget is null ? full : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    /// <exception cref="JournalException">
    /// A folder was named, the folder is missing, or one of both may not be written.
    /// </exception>
    public static void RequireWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new JournalException(
                $"{path} is a folder; name a file in it, such as {Path.Combine(path, "portfolio.db")}");
        }

        string folder = Path.GetDirectoryName(path) ?? path;
        if (!Directory.Exists(folder))
        {
            throw new JournalException($"the folder {folder} does not exist; create it, or name a database elsewhere");
        }

        if (File.Exists(path) && IsReadOnly(path))
        {
            throw new JournalException($"{path} is read-only; make it writable, or name another database");
        }

        if (IsReadOnly(folder))
        {
            throw new JournalException(
                $"the folder {folder} is read-only; make it writable, or name a database elsewhere");
        }
    }

    /// <exception cref="JournalException">There is no such file.</exception>
    public static void RequireExisting(string path)
    {
        if (Directory.Exists(path))
        {
            throw new JournalException($"{path} is a folder; name the database file in it");
        }

        if (!File.Exists(path))
        {
            throw new JournalException(
                $"there is no database {path}; check the name, or run the engine with this database first");
        }
    }

    /// <summary>
    /// Whether the database is closed and no engine can open it: nobody may write its folder, and there is no log.
    /// </summary>
    public static bool IsSealed(string path) =>
        !OperatingSystem.IsWindows()
        && !File.Exists(path + "-wal")
        && IsReadOnly(Path.GetDirectoryName(path) ?? path);

    /// <summary>
    /// A permission-less file is refused even for root, who could write it all the same: somebody took the permission
    /// away.
    /// </summary>
    private static bool IsReadOnly(string path) => OperatingSystem.IsWindows()
        ? File.GetAttributes(path) is var attributes
            && attributes.HasFlag(FileAttributes.ReadOnly) && !attributes.HasFlag(FileAttributes.Directory)
        : (File.GetUnixFileMode(path) & AnyWrite) == 0;
}
