using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>The one connection that writes, with its transactions and the care of its write-ahead log.</summary>
/// <remarks>
/// Thread: the journal's writer thread, after opening.
/// <para>
/// This is the only connection that writes and the only one that checkpoints: automatic checkpoints are off, every
/// other connection is opened read-only (a read-only connection cannot checkpoint, not even when it closes last), and
/// the lock file keeps a second engine out. SQLite before 3.51.3 can lose committed transactions when two connections
/// write or checkpoint at the same time ("WAL-reset bug"); with this topology it cannot happen, whichever version is
/// loaded. Do not add a second writing connection.
/// </para>
/// </remarks>
internal sealed class WriterConnection : IDisposable
{
    private const long PassiveAboveBytes = 8L * 1024 * 1024;
    private const long TruncateAboveBytes = 64L * 1024 * 1024;

    private readonly FileInfo _log;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private long _nextPassiveBytes = PassiveAboveBytes;
    private long _nextTruncateBytes = TruncateAboveBytes;
    private bool _committedSinceCheckpoint;

    private WriterConnection(string path, SqliteConnection connection)
    {
        _log = new FileInfo(path + "-wal");
        Connection = connection;
        _begin = new Statement(Handle, "BEGIN IMMEDIATE");
        _commit = new Statement(Handle, "COMMIT");
        _rollback = new Statement(Handle, "ROLLBACK");
    }

    public SqliteConnection Connection { get; }

    public sqlite3 Handle => Connection.Handle!;

    /// <summary>Opens for writing and brings an older schema up to date.</summary>
    /// <exception cref="JournalException">SQLite refused.</exception>
    public static WriterConnection Open(string path)
    {
        SqliteConnection connection = new(ConnectionTexts.ReadWrite(path));
        try
        {
            connection.Open();
            foreach (string pragma in (ReadOnlySpan<string>)[
                "journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 0",
                $"journal_size_limit = {PassiveAboveBytes}", "cell_size_check = ON", "mmap_size = 0",
                "temp_store = MEMORY", "cache_size = -16000"])
            {
                DatabaseSchema.Execute(connection, "PRAGMA " + pragma);
            }

            DatabaseSchema.Migrate(connection, DatabaseSchema.Migrations);
            // the writer never waits inside SQLite; it retries by its own clock
            _ = raw.sqlite3_busy_timeout(connection.Handle!, 0);
            return new WriterConnection(path, connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw DatabaseInspection.Refusal(path, e);
        }
    }

    public void Begin() => _begin.Run();

    public void Commit()
    {
        _commit.Run();
        _committedSinceCheckpoint = true;
    }

    /// <summary>Ends a failed transaction; does nothing when SQLite has already rolled it back.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Handle) == 0)
        {
            _rollback.Run();
        }
    }

    /// <summary>Limits the database's size, as a full disk would; for tests of what happens then.</summary>
    public void LimitPages(int pages) => DatabaseSchema.Execute(Connection, $"PRAGMA max_page_count = {pages}");

    /// <summary>After a commit: keeps the log short without ever waiting for a reader.</summary>
    /// <remarks>
    /// A reader that stays open stops the log from starting over. Then an attempt is made for every further 8 MB, not
    /// for every commit. The file shrinks to 8 MB when the log starts over (journal_size_limit), so its length tells
    /// how much of it is in use.
    /// </remarks>
    public void TidyAfterCommit()
    {
        _log.Refresh();
        long length = _log.Exists ? _log.Length : 0;
        if (length > _nextTruncateBytes)
        {
            bool emptied = Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
            _nextTruncateBytes = emptied ? TruncateAboveBytes : length + PassiveAboveBytes;
        }
        else if (length > _nextPassiveBytes)
        {
            bool copied = Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
            _nextPassiveBytes = copied ? PassiveAboveBytes : length + PassiveAboveBytes;
        }
    }

    /// <summary>
    /// When nothing is to be written: copies the log into the main file, so that little is left to recover.
    /// </summary>
    public void TidyWhenIdle()
    {
        if (_committedSinceCheckpoint)
        {
            _ = Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        }
    }

    /// <summary>Empties the log if no reader needs it and closes.</summary>
    public void Dispose()
    {
        if (_committedSinceCheckpoint)
        {
            _ = Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
        }

        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        Connection.Dispose();
    }

    /// <summary>
    /// A checkpoint that fails costs nothing but room: what is committed stands in the log. The next commit meets the
    /// cause.
    /// </summary>
    private bool Checkpoint(int mode)
    {
        int result = raw.sqlite3_wal_checkpoint_v2(Handle, "main", mode, out int framesInLog, out int framesCopied);
        bool complete = result == raw.SQLITE_OK && framesInLog == framesCopied;
        _committedSinceCheckpoint &= !complete;
        return complete;
    }
}
