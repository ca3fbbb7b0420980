using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>What an opened database says of itself.</summary>
/// <param name="EngineId">Part of every order id; made with the database.</param>
/// <param name="Epoch">Live starts so far; 0 for a replay's database.</param>
/// <param name="LastOrderSequence">Highest order number, 0 without orders.</param>
/// <param name="LastPositionId">Highest position number, 0 without positions.</param>
/// <param name="LastHistoryId">Highest history id, 0 without history.</param>
internal sealed record StoredIdentity(
    string EngineId, long Epoch, long LastOrderSequence, long LastPositionId, long LastHistoryId)
{
    public static StoredIdentity Read(SqliteConnection connection) => new(
        ReadMeta(connection, "engine_id"),
        long.Parse(ReadMeta(connection, "epoch"), CultureInfo.InvariantCulture),
        ReadNumber(connection, "SELECT coalesce(max(order_seq), 0) FROM orders"),
        ReadNumber(connection, "SELECT coalesce(max(position_id), 0) FROM positions"),
        ReadNumber(connection, "SELECT coalesce(max(id), 0) FROM history"));

    private static string ReadMeta(SqliteConnection connection, string key)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM meta WHERE key = $key";
        _ = command.Parameters.AddWithValue("$key", key);
        return command.ExecuteScalar() as string
            ?? throw new JournalException(
                $"the database has no {key}; it was changed by something else, name another file");
    }

    private static long ReadNumber(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // the three texts above
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
