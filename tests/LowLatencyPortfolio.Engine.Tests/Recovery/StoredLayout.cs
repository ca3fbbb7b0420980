using Microsoft.Data.Sqlite;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>Makes a stored state one that another program laid out.</summary>
internal static class StoredLayout
{
    /// <summary>Gives the state of a closed database another beginning.</summary>
    public static void Change(string path, string layout)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand read = connection.CreateCommand();
        read.CommandText = "SELECT state FROM checkpoint";
        CheckpointReader stored = new((byte[])read.ExecuteScalar()!);
        Assert.EndsWith(CheckpointLayout.Mark, stored.ReadString(), StringComparison.Ordinal);
        CheckpointWriter other = new();
        other.Section(layout);
        other.WriteRest(stored.ReadRest());
        using SqliteCommand write = connection.CreateCommand();
        write.CommandText = "UPDATE checkpoint SET state = $state";
        _ = write.Parameters.AddWithValue("$state", other.Written.ToArray());
        Assert.Equal(1, write.ExecuteNonQuery());
    }
}
