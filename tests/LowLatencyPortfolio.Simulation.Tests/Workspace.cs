using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Simulation.Tests;

/// <summary>
/// A folder of its own for one test, and the comparisons that "the same final result" (SPEC 14) means.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private static readonly string[] NotCompared =
        ["elapsedMs", "ticksPerSecond", "pipelineAllocatedBytes", "gen0Collections"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("llp-test-").FullName;

    public string File(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>Every key of the result but those that tell how fast it was.</summary>
    public static string Result(string jsonFile)
    {
        JsonObject result = JsonNode.Parse(System.IO.File.ReadAllText(jsonFile))!.AsObject();
        foreach (string key in NotCompared)
        {
            Assert.True(result.Remove(key), $"the result has no key {key}");
        }

        return result.ToJsonString();
    }

    /// <summary>The three tables, and what models have learned, row for row.</summary>
    public static string Rows(string database)
    {
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        StringBuilder rows = new();
        foreach (string table in (string[])["positions", "orders", "history", "model_parameters"])
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} ORDER BY 1, 2";
            using SqliteDataReader reader = command.ExecuteReader();
            rows.AppendLine(CultureInfo.InvariantCulture, $"-- {table}");
            while (reader.Read())
            {
                rows.AppendJoin('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)).AppendLine();
            }
        }

        return rows.ToString();
    }

    public static string HashOf(string file) => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(file)));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
