using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Looks at an existing file, read-only, and refuses what this program must not write to. The file stays as it is, byte
/// for byte.
/// </summary>
internal static class DatabaseInspection
{
    /// <summary>Refuses foreign, newer and damaged files.</summary>
    /// <param name="path">An existing file.</param>
    /// <param name="checkUpToBytes">Largest file whose structure is checked.</param>
    /// <exception cref="JournalException">
    /// The file is not a database, not ours, newer than this program, or damaged.
    /// </exception>
    public static void RequireOurs(string path, long checkUpToBytes)
    {
        try
        {
            RequireOurHeader(path);
            FileInfo log = new(path + "-wal");
            bool logHoldsData = log.Exists && log.Length > 0;
            using SqliteConnection whole =
                Open(logHoldsData ? ConnectionTexts.ReadOnly(path) : ConnectionTexts.Untouched(path));
            RequireOurId(path, whole);
            RequireKnownVersion(path, whole);
            if (new FileInfo(path).Length <= checkUpToBytes)
            {
                RequireSound(path, whole);
            }
        }
        catch (SqliteException e)
        {
            throw Refusal(path, e);
        }
    }

    /// <summary>Refuses a foreign file and leaves no trace beside it, if no engine can have it open.</summary>
    /// <remarks>
    /// A file with a log may be in the middle of a checkpoint, of a running engine or of a killed one: its first page
    /// then counts pages that are not there yet, and read alone it looks damaged. Such a file is left to a connection
    /// that reads the log too.
    /// </remarks>
    /// <exception cref="JournalException">The file is not ours.</exception>
    public static void RequireOurHeader(string path)
    {
        if (File.Exists(path + "-wal"))
        {
            return;
        }

        try
        {
            using SqliteConnection header = Open(ConnectionTexts.Untouched(path));
            RequireOurId(path, header);
        }
        catch (SqliteException) when (File.Exists(path + "-wal"))
        {
            // an engine opened it just now; the connection that follows judges
        }
    }

    /// <exception cref="JournalException">The file is not ours.</exception>
    public static void RequireOurId(string path, SqliteConnection connection)
    {
        long id = DatabaseSchema.ReadPragma(connection, "application_id");
        if (id != DatabaseSchema.ApplicationId)
        {
            throw new JournalException(
                $"{path} is a database of another program (application id {id:X8}); "
                + "it was not touched, name another file");
        }
    }

    /// <exception cref="JournalException">The file was written by a newer program.</exception>
    public static void RequireKnownVersion(string path, SqliteConnection connection)
    {
        long version = DatabaseSchema.ReadPragma(connection, "user_version");
        if (version > DatabaseSchema.NewestVersion)
        {
            throw new JournalException(string.Create(CultureInfo.InvariantCulture,
                $"{path} has schema version {version}, this program knows {DatabaseSchema.NewestVersion}; "
                + $"use a newer program, or another file"));
        }
    }

    /// <summary>What SQLite's refusal means to a person.</summary>
    public static JournalException Refusal(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => new JournalException(
            $"{path} is not an SQLite database; it was not touched, name another file", e),
        raw.SQLITE_CORRUPT => Damaged(path, e.Message, e),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            new JournalException($"{path} is locked by another program; close that one, or name another database", e),
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_READONLY or raw.SQLITE_AUTH =>
            new JournalException($"{path} cannot be opened; check the permissions of the file and its folder", e),
        raw.SQLITE_FULL =>
            new JournalException($"{path} cannot be opened, the disk is full; free some space and start again", e),
        _ => new JournalException(
            $"{path} cannot be opened ({e.Message}); check the disk, or name another database", e),
    };

    private static void RequireSound(string path, SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok" and var finding)
        {
            throw Damaged(path, $"{finding}", null);
        }
    }

    private static JournalException Damaged(string path, string finding, Exception? cause)
    {
        string line = finding.ReplaceLineEndings(" ");
        string message = $"{path} is damaged ({line}); it was not touched, restore a backup or name another file";
        return cause is null ? new JournalException(message) : new JournalException(message, cause);
    }

    private static SqliteConnection Open(string text)
    {
        SqliteConnection connection = new(text);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
