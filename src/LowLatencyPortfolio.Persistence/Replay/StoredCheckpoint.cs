using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>The checkpoint row as it stands in the database.</summary>
internal sealed record StoredCheckpoint(
    byte[] State, ReplayPosition Position, string Configuration, bool Finished, long HistoryId)
{
    public static StoredCheckpoint? Read(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "SELECT state, fingerprint, market_events, last_event_ns, configuration, finished, history_id "
            + "FROM checkpoint";
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read()
            ? new StoredCheckpoint(
                row.GetFieldValue<byte[]>(0),
                new ReplayPosition(row.GetString(1), row.GetInt64(2), row.GetInt64(3)),
                row.GetString(4),
                row.GetInt64(5) != 0,
                row.GetInt64(6))
            : null;
    }
}
