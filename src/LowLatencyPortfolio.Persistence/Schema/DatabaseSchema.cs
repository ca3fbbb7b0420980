using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>What makes a file our database, and how an older one becomes the newest.</summary>
internal static class DatabaseSchema
{
    /// <summary>"LLP1" in the header's <c>application_id</c>: tells our files from every other SQLite file.</summary>
    public const int ApplicationId = 0x4C4C5031;

    /// <summary>Every step since the first, in order. A released step is never edited; a change is a new one.</summary>
    public static readonly Migration[] Migrations =
    [
        new(1, SchemaVersion1.Sql), new(2, SchemaVersion2.Sql), new(3, SchemaVersion3.Sql), new(4, SchemaVersion4.Sql),
    ];

    /// <summary>The version this program reads and writes.</summary>
    public static int NewestVersion => Migrations[^1].Version;

    /// <summary>Runs the steps a database lacks, each in one IMMEDIATE transaction.</summary>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        long version = ReadPragma(connection, "user_version");
        foreach (Migration migration in migrations.Where(step => step.Version > version))
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            Execute(connection, migration.Sql);
            Execute(
                connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {migration.Version}"));
            transaction.Commit();
        }
    }

    public static long ReadPragma(SqliteConnection connection, string name)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // the name is a constant of ours; a pragma takes no parameter
        command.CommandText = $"PRAGMA {name}";
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // schema and pragmas are constants of ours
        command.CommandText = sql;
#pragma warning restore CA2100
        _ = command.ExecuteNonQuery();
    }
}
