using System.Security.Cryptography;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class OpeningTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public void A_new_database_is_ours_private_and_leaves_nothing_beside_it_but_its_lock()
    {
        _folder.Open().Dispose();
        Assert.Equal(
            "1280069681", JournalFolder.Scalar(_folder.Database, "SELECT application_id FROM pragma_application_id"));
        Assert.Equal("4", JournalFolder.Scalar(_folder.Database, "SELECT user_version FROM pragma_user_version"));
        Assert.Equal("wal", JournalFolder.Scalar(_folder.Database, "SELECT journal_mode FROM pragma_journal_mode"));
        Assert.Equal(
            "ok", JournalFolder.Scalar(_folder.Database, "SELECT integrity_check FROM pragma_integrity_check"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Database));
        }
    }

    [Fact]
    public void Closing_leaves_one_file_and_its_lock()
    {
        using (StateJournal journal = _folder.Open())
        {
            journal.Append(JournalFolder.History(1, 1));
        }

        Assert.Equal(
            ["portfolio.db", "portfolio.db.lock"],
            Directory.GetFiles(_folder.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_engine_id_is_drawn_with_the_database_and_stays_with_it()
    {
        string id;
        using (StateJournal first = _folder.Open(new JournalOptions()))
        {
            id = first.EngineId;
            Assert.Matches("^[a-z2-7]{8}$", id);
        }

        using StateJournal second = _folder.Open(new JournalOptions { EngineId = "other" });
        Assert.Equal(id, second.EngineId);
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(id, database.Meta()["engine_id"]);
        Assert.StartsWith("SQLite 3.", database.Meta()["created_with"], StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_id_that_cannot_stand_in_an_order_id_is_refused() =>
        Assert.Throws<ArgumentException>(() => _folder.Open(new JournalOptions { EngineId = "Not-Good" }));

    [Fact]
    public void A_second_instance_is_refused_at_once()
    {
        using StateJournal journal = _folder.Open();
        Assert.Contains("in use by another engine", Refusal(), StringComparison.Ordinal);
        journal.Append(JournalFolder.History(1, 1));
        JournalFolder.Drain(journal);
    }

    [Fact]
    public void The_lock_is_released_when_opening_fails()
    {
        File.WriteAllText(_folder.Database, new string('x', 5_000));
        _ = Refusal();
        File.Delete(_folder.Database);
        _folder.Open().Dispose();
    }

    [Fact]
    public void A_folder_is_refused()
    {
        _ = Directory.CreateDirectory(_folder.Database);
        Assert.Contains("is a folder", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_refused() => Assert.Contains(
        "does not exist",
        Assert.Throws<JournalException>(() =>
            _folder.Open(path: _folder.In("no/such.db"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_newer_schema_is_refused_untouched()
    {
        _folder.Open().Dispose();
        JournalFolder.Change(_folder.Database, "PRAGMA user_version = 99");
        Assert.Contains("schema version 99", RefusalUntouched(), StringComparison.Ordinal);
        Assert.Contains("schema version 99", ReaderRefusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRAGMA journal_mode = WAL")]
    [InlineData("PRAGMA journal_mode = DELETE")]
    public void A_database_of_another_program_is_refused_untouched(string mode)
    {
        JournalFolder.Change(
            _folder.Database, mode + "; CREATE TABLE bookmarks(url); INSERT INTO bookmarks VALUES ('x')");
        Assert.Contains("another program", RefusalUntouched(), StringComparison.Ordinal);
        Assert.Contains("another program", ReaderRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_untouched()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int i = 0; i < 20; i++)
        {
            byte[] bytes = new byte[random.Next(1, 20_000)];
            random.NextBytes(bytes);
            File.WriteAllBytes(_folder.Database, bytes);
            Assert.True(RefusalUntouched().Length > 0, $"seed {seed}");
        }

        Assert.Contains("not an SQLite database", ReaderRefusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_database_is_refused_untouched()
    {
        using (StateJournal journal = _folder.Open())
        {
            for (int i = 1; i < 3_000; i++)
            {
                journal.Append(JournalFolder.History(i, i));
            }
        }

        byte[] whole = File.ReadAllBytes(_folder.Database);
        foreach (int length in (ReadOnlySpan<int>)[whole.Length - 4096, whole.Length / 2, 10_000, 4_096, 500, 50])
        {
            File.WriteAllBytes(_folder.Database, whole[..length]);
            Assert.True(RefusalUntouched().Length > 0, $"{length} bytes");
        }
    }

    [Fact]
    public void A_database_with_damaged_pages_is_refused_untouched()
    {
        using (StateJournal journal = _folder.Open())
        {
            for (int i = 1; i < 3_000; i++)
            {
                journal.Append(JournalFolder.History(i, i));
            }
        }

        byte[] bytes = File.ReadAllBytes(_folder.Database);
        bytes.AsSpan(4_096).Fill(0xA5);
        File.WriteAllBytes(_folder.Database, bytes);
        Assert.Contains("is damaged", RefusalUntouched(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_file_is_refused_untouched()
    {
        _folder.Open().Dispose();
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(_folder.Database, FileAttributes.ReadOnly);
        }
        else
        {
            File.SetUnixFileMode(_folder.Database, UnixFileMode.UserRead);
        }

        Assert.Contains("is read-only", RefusalUntouched(), StringComparison.Ordinal);
        File.SetAttributes(_folder.Database, FileAttributes.Normal);
    }

    [Fact]
    public void A_read_only_folder_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;     // a folder's read-only attribute means something else there
        }

        File.SetUnixFileMode(_folder.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Contains("is read-only", Refusal(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Folder));
    }

    [Fact]
    public void A_log_without_its_database_is_not_taken_for_a_new_one()
    {
        File.WriteAllText(_folder.Database + "-wal", "left over");
        Assert.Contains("is left of a database", Refusal(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Database));
    }

    [Fact]
    public void Another_capital_or_currency_is_refused_untouched()
    {
        _folder.Open().Dispose();
        PortfolioConfig more = JournalFolder.Portfolio with { TotalCapital = 250_000m };
        PortfolioConfig euros = JournalFolder.Portfolio with { QuoteCurrency = "EUR" };
        string before = Hash();
        Assert.Contains(
            "--recapitalize", Assert.Throws<JournalException>(() => Open(more)).Message, StringComparison.Ordinal);
        Assert.Contains("in USD", Assert.Throws<JournalException>(() => Open(euros)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Hash());
    }

    [Fact]
    public void A_reader_of_a_missing_file_says_so() =>
        Assert.Contains("there is no database", ReaderRefusal(), StringComparison.Ordinal);

    [Fact]
    public void An_empty_file_becomes_a_database()
    {
        File.WriteAllBytes(_folder.Database, []);
        _folder.Open().Dispose();
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(100_000m, database.Portfolio().TotalCapital);
    }

    [Fact]
    public void A_link_is_followed_so_that_one_file_has_one_lock()
    {
        using StateJournal journal = _folder.Open();
        string link = _folder.In("link.db");
        _ = File.CreateSymbolicLink(link, _folder.Database);
        Assert.Contains(
            "in use", Assert.Throws<JournalException>(() =>
                _folder.Open(path: link)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_blanks_and_signs_work()
    {
        string path = _folder.In("a b?c#d%41;é.db");
        _folder.Open(path: path).Dispose();
        _folder.Open(path: path).Dispose();
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        Assert.Equal("test", database.Meta()["engine_id"]);
    }

    [Fact]
    public void Migrations_rise_by_one_and_run_once()
    {
        Assert.Equal(Enumerable.Range(1, DatabaseSchema.Migrations.Length), DatabaseSchema.Migrations.Select(step =>
            step.Version));
        string path = _folder.In("steps.db");
        Migration[] steps =
            [new(1, "CREATE TABLE a(x)"), new(2, "CREATE TABLE b(x)"), new(3, "CREATE TABLE c(x); CREATE TABLE a(x)")];
        using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        DatabaseSchema.Migrate(connection, steps[..1]);
        DatabaseSchema.Migrate(connection, steps[..2]);
        _ = Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => DatabaseSchema.Migrate(connection, steps));
        Assert.Equal(2, DatabaseSchema.ReadPragma(connection, "user_version"));
        Assert.Equal(["a", "b"], JournalFolder.Dump(path, "SELECT name FROM sqlite_schema ORDER BY name"));
    }

    public void Dispose() => _folder.Dispose();

    private StateJournal Open(PortfolioConfig portfolio) =>
        StateJournal.Open(_folder.Database, new JournalOptions(), portfolio, JournalFolder.Pairs);

    private string Refusal()
    {
        string message = Assert.Throws<JournalException>(() => _folder.Open()).Message;
        Assert.DoesNotContain('\n', message);
        Assert.Contains(_folder.Folder, message, StringComparison.Ordinal);
        return message;
    }

    private string ReaderRefusal()
    {
        string message = Assert.Throws<JournalException>(_folder.Read).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private string RefusalUntouched()
    {
        string before = Hash();
        string message = Refusal();
        Assert.Equal(before, Hash());
        return message;
    }

    private string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_folder.Database)));
}
