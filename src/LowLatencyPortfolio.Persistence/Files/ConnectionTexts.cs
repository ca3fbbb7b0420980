using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// The three ways a database file is opened. Never pooled: a pooled handle would keep the file open after it was
/// closed.
/// </summary>
internal static class ConnectionTexts
{
    /// <summary>Seconds that opening statements wait for a lock: another process may be recovering the log.</summary>
    public const int OpeningTimeoutSeconds = 2;

    /// <summary>The writer.</summary>
    public static string ReadWrite(string path) => Text(path, SqliteOpenMode.ReadWrite);

    /// <summary>A reader beside a running writer; it sees what is committed, the log included.</summary>
    public static string ReadOnly(string path) => Text(path, SqliteOpenMode.ReadOnly);

    /// <summary>
    /// The main file alone, without locks, log or side files: leaves no trace beside a file that may not be ours. Only
    /// for a file that no engine can have open: in the middle of a checkpoint it looks damaged.
    /// </summary>
    public static string Untouched(string path) => Text(FileUri(path) + "?immutable=1", SqliteOpenMode.ReadOnly);

    /// <summary>
    /// Every character of a name that could mean something in a URI is escaped; <see cref="Uri"/> leaves a percent sign
    /// as it is.
    /// </summary>
    private static string FileUri(string path)
    {
        string slashed = OperatingSystem.IsWindows() ? "/" + path.Replace('\\', '/') : path;
        return "file://" + string.Join('/', slashed.Split('/').Select(Uri.EscapeDataString));
    }

    private static string Text(string source, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = source,
        Mode = mode,
        Pooling = false,
        DefaultTimeout = OpeningTimeoutSeconds,
    }.ToString();
}
