using System.Diagnostics;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence.Tests;

/// <summary>A temporary folder with a database path in it, and what every test here does with one.</summary>
public sealed class JournalFolder : IDisposable
{
    public const int Btc = 0;
    public const int Pepe = 1;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journal-");

    public JournalFolder() => Database = In("portfolio.db");

    public static PairSetup[] Pairs { get; } = PairSetup.Arrange(
    [
        (new ProductSpec("BTC-USD", 0.01m, 0.00000001m, 0.00001m, 1m),
            new PairConfig { ProductId = "BTC-USD", TrailPct = 0.05m }),
        (new ProductSpec("PEPE-USD", 0.0000000001m, 0.1m), new PairConfig { ProductId = "PEPE-USD", CorrelationGroup =
            "meme" }),
    ]);

    public static PortfolioConfig Portfolio { get; } = new() { TotalCapital = 100_000m };

    public string Database { get; }

    public string Folder => _folder.FullName;

    public string In(string name) => Path.Combine(_folder.FullName, name);

    public StateJournal Open(JournalOptions? options = null, string? path = null) =>
        StateJournal.Open(path ?? Database, options ?? new JournalOptions { EngineId = "test" }, Portfolio, Pairs);

    public PortfolioDatabase Read() => PortfolioDatabase.OpenReadOnly(Database);

    /// <summary>All rows of a table as text, for comparing two databases.</summary>
    public static List<string> Dump(string database, string sql)
    {
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i =>
                reader.IsDBNull(i) ? "NULL" : reader.GetString(i))));
        }

        return rows;
    }

    public static string Scalar(string database, string sql) => Dump(database, sql)[0];

    public static void Change(string database, string sql)
    {
        using SqliteConnection connection = new($"Data Source={database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    /// <summary>Makes the database one that an older program wrote; it is closed.</summary>
    public void MakeSchema(int version)
    {
        Change(Database, "DROP INDEX history_by_action");
        Change(Database, version >= 3 ? "SELECT 1" : """
            DROP TABLE measured_groups; DROP TABLE checkpoint_measured_groups;
            DROP TABLE equity; DROP TABLE model_parameters;
            DROP TABLE correlation_close; DROP TABLE correlation_pairs; DROP TABLE correlations;
            """);
        Change(Database, version < 2 ? "DROP TABLE limits; DROP TABLE marks" : "SELECT 1");
        Change(Database, FormattableString.Invariant($"PRAGMA user_version = {version}"));
    }

    /// <summary>The files as a kill would leave them; the caller holds the writer.</summary>
    public static void CopyAsKilled(string database, string copy)
    {
        File.Copy(database, copy);
        if (File.Exists(database + "-wal"))
        {
            File.Copy(database + "-wal", copy + "-wal");
        }
    }

    public static void Eventually(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        SpinWait spin = default;
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), $"not within a minute: {what}");
            spin.SpinOnce();
        }
    }

    public static void Drain(StateJournal journal) => Eventually(() => journal.Queued == 0, "everything is committed");

    public static StateChange Order(long sequence, OrderState state, bool wantsAnswer = false) => new()
    {
        Kind = StateChangeKind.Order,
        OrderSequence = sequence,
        Product = Btc,
        OrderState = state,
        WantsAnswer = wantsAnswer,
        EndOfEvent = true,
        Quantity = 1_000_000,
        Price = 4_412_345_000_000,
        OpenedAtNs = 1_000 + sequence,
        TimeNs = 2_000 + sequence,
        MarketEvent = sequence,
    };

    public static StateChange History(long marketEvent, long number, bool last = true) => new()
    {
        Kind = StateChangeKind.History,
        Action = HistoryAction.StopReplaced,
        Product = Btc,
        OrderSequence = number,
        Price = 4_000_000_000_000,
        MarketEvent = marketEvent,
        TimeNs = marketEvent,
        EndOfEvent = last,
    };

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                _folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _folder.Delete(recursive: true);
    }
}
