using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class CrashTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public void What_was_answered_as_durable_is_there_after_a_kill()
    {
        string copy = _folder.In("copy.db");
        using (StateJournal journal = _folder.Open())
        {
            for (int i = 1; i <= 300; i++)
            {
                journal.Append(JournalFolder.Order(i, OrderState.Intended, wantsAnswer: true));
            }

            JournalFolder.Eventually(() => journal.Outstanding == 0, "all intents are answered");
            using (journal.HoldWriter())
            {
                JournalFolder.CopyAsKilled(_folder.Database, copy);
            }
        }

        using StateJournal reopened = _folder.Open(path: copy);
        Assert.Equal(300, reopened.LastOrderSequence);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(copy);
        Assert.Equal(300, database.Orders().Count);
        Assert.Equal("ok", JournalFolder.Scalar(copy, "SELECT integrity_check FROM pragma_integrity_check"));
    }

    [Fact]
    public void A_database_that_was_killed_young_is_still_known_as_ours()
    {
        string copy = _folder.In("copy.db");
        using (StateJournal journal = _folder.Open())
        {
            using (journal.HoldWriter())
            {
                JournalFolder.CopyAsKilled(_folder.Database, copy);
            }
        }

        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(copy);
        Assert.Equal("test", database.Meta()["engine_id"]);
        _folder.Open(path: copy).Dispose();
    }

    [Fact]
    public void A_creation_that_was_interrupted_is_begun_again()
    {
        File.WriteAllText(_folder.Database + ".creating", "half of a database");
        _folder.Open().Dispose();
        Assert.False(File.Exists(_folder.Database + ".creating"));
    }

    [Fact]
    public void The_log_stays_short_and_is_copied_when_idle()
    {
        using StateJournal journal = _folder.Open();
        for (int i = 1; i <= 100_000; i++)
        {
            journal.Append(JournalFolder.History(i, i));
        }

        JournalFolder.Drain(journal);
        Assert.InRange(new FileInfo(_folder.Database + "-wal").Length, 1, 24L * 1024 * 1024);
        JournalFolder.Eventually(() => RowsInMainFile() == "100000", "the idle writer copies the log");
    }

    [Fact]
    public void A_reader_that_stays_open_does_not_stop_the_writer_and_the_log_shrinks_after_it()
    {
        using StateJournal journal = _folder.Open();
        using (Microsoft.Data.Sqlite.SqliteConnection reader =
            new($"Data Source={_folder.Database};Mode=ReadOnly;Pooling=False"))
        {
            reader.Open();
            using Microsoft.Data.Sqlite.SqliteTransaction snapshot = reader.BeginTransaction(deferred: true);
            using Microsoft.Data.Sqlite.SqliteCommand count = reader.CreateCommand();
            count.CommandText = "SELECT count(*) FROM history";
            Assert.Equal(0L, count.ExecuteScalar());
            for (int i = 1; i <= 100_000; i++)
            {
                journal.Append(JournalFolder.History(i, i));
            }

            JournalFolder.Drain(journal);
            Assert.Equal(0L, count.ExecuteScalar());
            Assert.True(new FileInfo(_folder.Database + "-wal").Length > 8L * 1024 * 1024);
        }

        JournalFolder.Eventually(() => RowsInMainFile() == "100000", "the idle writer copies the log");
        journal.Append(JournalFolder.History(100_001, 1));
        JournalFolder.Drain(journal);
        Assert.InRange(new FileInfo(_folder.Database + "-wal").Length, 1, 8L * 1024 * 1024);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// What the main file holds without the log; read from a copy, as the file itself is being written.
    /// </summary>
    private string RowsInMainFile()
    {
        string copy = _folder.In("main.db");
        File.Copy(_folder.Database, copy, overwrite: true);
        try
        {
            return JournalFolder.Scalar(copy, "SELECT count(*) FROM history");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return "copied while it was written";
        }
    }
}
