using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Makes a new database under another name and renames it: a file with the database's name is always a whole database.
/// </summary>
internal static class DatabaseCreation
{
    /// <summary>Creates the database; the caller holds the lock, and the file is missing or empty.</summary>
    /// <exception cref="JournalException">The folder cannot be written or is full.</exception>
    public static void Create(string path, Action<SqliteConnection> fill)
    {
        string building = path + ".creating";
        try
        {
            new FileStream(building, PrivateFile.Options(FileMode.Create)).Dispose();
            using (SqliteConnection connection = new(ConnectionTexts.ReadWrite(building)))
            {
                connection.Open();
                DatabaseSchema.Migrate(connection, DatabaseSchema.Migrations);
                using (SqliteTransaction transaction = connection.BeginTransaction(deferred: false))
                {
                    WriteMeta(connection, "created_with", string.Create(
                        CultureInfo.InvariantCulture, $"SQLite {connection.ServerVersion}"));
                    fill(connection);
                    transaction.Commit();
                }

                DatabaseSchema.Execute(connection, "PRAGMA journal_mode = WAL");
            }

            File.Move(building, path, overwrite: true);
        }
        catch (SqliteException e)
        {
            throw DatabaseInspection.Refusal(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"{path} cannot be created ({e.Message}); name a database elsewhere", e);
        }
    }

    public static void WriteMeta(SqliteConnection connection, string key, string value)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO meta(key, value) VALUES ($key, $value) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
        _ = command.Parameters.AddWithValue("$key", key);
        _ = command.Parameters.AddWithValue("$value", value);
        _ = command.ExecuteNonQuery();
    }
}
