using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Simulation.Tests;

/// <summary>
/// A database that cannot be used gets one clear line, an exit code that is not 0, and stays as it was.
/// </summary>
public sealed class RefusedDatabaseTests
{
    [Fact]
    public void Second_instance_on_the_same_database_is_refused_and_the_first_goes_on()
    {
        using Workspace workspace = new();
        string db = workspace.File("shared.db");
        using LlpProcess first = LlpProcess.Start("run", "--db", db, "--json", workspace.File("first.json"));
        Assert.True(
            SpinWait.SpinUntil(() => first.HasExited || File.Exists(db), TimeSpan.FromMinutes(1)),
            "the first did not begin");
        first.Signal("STOP");
        try
        {
            AssertRefused(LlpProcess.Run("run", "--db", db));
        }
        finally
        {
            first.Signal("CONT");
        }

        LlpResult result = first.Finish();
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public void Database_of_a_newer_schema_is_refused_untouched()
    {
        using Workspace workspace = new();
        string db = Finished(workspace);
        Execute(db, "PRAGMA user_version = 1000000");
        AssertRefusedUntouched(db);
    }

    [Fact]
    public void Foreign_sqlite_file_is_refused_untouched()
    {
        using Workspace workspace = new();
        string db = workspace.File("foreign.db");
        Execute(db, "CREATE TABLE notes(text TEXT); INSERT INTO notes VALUES ('mine');");
        AssertRefusedUntouched(db);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Damaged_database_is_refused_untouched(int kind)
    {
        using Workspace workspace = new();
        string db = Finished(workspace);
        byte[] bytes = File.ReadAllBytes(db);
        switch (kind)
        {
            case 0:
                File.WriteAllText(db, "this was never a database, whatever its name says");
                break;
            case 1:
                File.WriteAllBytes(db, bytes[..(bytes.Length / 2)]);
                break;
            default:
                for (int i = 4096; i < bytes.Length - 1024; i += 512)
                {
                    bytes[i] ^= 0xFF;
                }

                File.WriteAllBytes(db, bytes);
                break;
        }

        AssertRefusedUntouched(db);
    }

    [Fact]
    public void Folder_instead_of_a_database_is_refused()
    {
        using Workspace workspace = new();
        AssertRefused(LlpProcess.Run("run", "--db", workspace.Folder));
    }

    [Fact]
    public void Database_in_a_missing_folder_is_refused()
    {
        using Workspace workspace = new();
        AssertRefused(LlpProcess.Run("run", "--db", Path.Combine(workspace.Folder, "missing", "x.db")));
    }

    [Fact]
    public void Another_total_capital_is_refused_unless_asked_for()
    {
        using Workspace workspace = new();
        string db = Finished(workspace);
        string ticks = workspace.Write("BTC-USD.csv", "time,price,size\n2030-01-01T00:00:00Z,100,1\n");
        string config = workspace.Write("config.json", """{ "portfolio": { "totalCapital": 5000 } }""");
        AssertRefused(LlpProcess.Run("run", "--ticks", ticks, "--config", config, "--db", db));
    }

    private static string Finished(Workspace workspace)
    {
        string db = workspace.File("finished.db");
        string ticks = workspace.Write(
            "BTC-USD.csv", "time,price,size\n2024-01-01T00:00:00Z,100,1\n2024-01-01T00:00:01Z,101,1\n");
        LlpResult result = LlpProcess.Run("run", "--ticks", ticks, "--db", db);
        Assert.True(result.ExitCode == 0, result.Error);
        return db;
    }

    private static void Execute(string db, string sql)
    {
        using SqliteConnection connection = new($"Data Source={db};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements are the constants above
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static void AssertRefusedUntouched(string db)
    {
        string before = Workspace.HashOf(db);
        AssertRefused(LlpProcess.Run("run", "--db", db));
        Assert.Equal(before, Workspace.HashOf(db));
    }

    private static void AssertRefused(LlpResult result)
    {
        Assert.NotEqual(0, result.ExitCode);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
