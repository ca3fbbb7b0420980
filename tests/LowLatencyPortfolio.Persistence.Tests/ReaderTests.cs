using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence.Tests;

/// <summary>Readers beside a running engine, after a killed one, and of a closed database.</summary>
public sealed class ReaderTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public void A_database_in_the_middle_of_a_checkpoint_is_not_called_damaged()
    {
        _folder.Open().Dispose();
        string copy = _folder.In("copy.db");
        using (SqliteConnection writer = new($"Data Source={_folder.Database};Pooling=False"))
        {
            writer.Open();
            using SqliteCommand command = writer.CreateCommand();
            command.CommandText =
                "PRAGMA wal_autocheckpoint = 0; INSERT INTO meta(key, value) VALUES ('big', hex(zeroblob(1000000)))";
            _ = command.ExecuteNonQuery();
            JournalFolder.CopyAsKilled(_folder.Database, copy);
        }

        CountPagesThatAreNotThereYet(copy);
        using (PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(copy))
        {
            Assert.Equal(2_000_000, database.Meta()["big"].Length);
        }

        _folder.Open(path: copy).Dispose();
        using PortfolioDatabase recovered = PortfolioDatabase.OpenReadOnly(copy);
        Assert.Equal(2_000_000, recovered.Meta()["big"].Length);
    }

    [Fact]
    public void Reading_a_closed_database_does_not_alter_it()
    {
        _folder.Open().Dispose();
        string before = Hash();
        using (PortfolioDatabase database = _folder.Read())
        {
            Assert.Equal("test", database.Meta()["engine_id"]);
        }

        using (PortfolioDatabase database = _folder.Read())
        {
            Assert.Equal("test", database.Meta()["engine_id"]);
        }

        Assert.Equal(before, Hash());
    }

    [Fact]
    public void A_closed_database_in_a_read_only_folder_can_be_read_and_leaves_no_trace()
    {
        _folder.Open().Dispose();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string[] before = Directory.GetFiles(_folder.Folder);
        using (PortfolioDatabase database = _folder.Read())
        {
            Assert.Equal("test", database.Meta()["engine_id"]);
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(before.Order(), Directory.GetFiles(_folder.Folder).Order());
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What a checkpoint writes first: page 1, whose page count is already the new one.</summary>
    private static void CountPagesThatAreNotThereYet(string database)
    {
        const int changeCounter = 24;
        const int pageCount = 28;
        const int countValidFor = 92;
        byte[] bytes = File.ReadAllBytes(database);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(pageCount), 10_000);
        bytes.AsSpan(changeCounter, 4).CopyTo(bytes.AsSpan(countValidFor));
        File.WriteAllBytes(database, bytes);
    }

    private string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_folder.Database)));
}
