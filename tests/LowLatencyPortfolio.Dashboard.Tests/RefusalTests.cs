using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Dashboard.Tests;

public sealed class RefusalTests : IDisposable
{
    private readonly MadeMarket _market = new MadeMarket(seed: 5, ticks: 60).Run();

    public static TheoryData<string> Commands => [.. Dashboard.Commands, "watch"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_database_that_is_missing_foreign_or_newer_gets_one_line_and_exit_code_2(string command)
    {
        string none = _market.InFolder("none.db");
        Assert.Contains("there is no database", Refusal(command, none), StringComparison.Ordinal);
        Assert.Contains("is a folder", Refusal(command, _market.Folder), StringComparison.Ordinal);
        string text = _market.InFolder("text.db");
        File.WriteAllText(text, new string('x', 5_000));
        Assert.Contains("is not an SQLite database", Refusal(command, text), StringComparison.Ordinal);
        string foreign = _market.InFolder("foreign.db");
        Execute(foreign, "CREATE TABLE positions(id)");
        Assert.Contains("another program", Refusal(command, foreign), StringComparison.Ordinal);
        Execute(_market.Database, "PRAGMA user_version = 1000");
        Assert.Contains("newer program", Refusal(command, _market.Database), StringComparison.Ordinal);
        Execute(_market.Database, "PRAGMA user_version = 2");
    }

    [Theory]
    [InlineData("orders --product XXX-USD", "it has BTC-USD")]
    [InlineData("history --product XXX-USD", "it has BTC-USD")]
    [InlineData("position 999", "there is no position 999")]
    [InlineData("position XRP-USD", "there is no position XRP-USD")]
    [InlineData("orders --state resting", "--state resting is none of open, closed")]
    [InlineData("history --action bought", "--action bought is none of")]
    [InlineData("orders --last -1", "--last -1: takes 0 or more")]
    [InlineData("orders --last x", "--last x: takes 0 or more")]
    [InlineData("history --last 1.5", "--last 1.5: takes 0 or more")]
    [InlineData("watch --interval 0", "--interval 0: takes 0.1 to 3600")]
    [InlineData("watch --interval x", "--interval x: takes 0.1 to 3600")]
    [InlineData("watch --interval 1,5", "--interval 1,5: takes 0.1 to 3600")]
    [InlineData("summary --json /nope/x", "--json: folder /nope does not exist")]
    [InlineData("summary --json .", "--json: . is not a file")]
    [InlineData("sumary", "did you mean summary?")]
    [InlineData("summary --dbb", "did you mean --db?")]
    [InlineData("position", "ID")]
    public void A_bad_argument_gets_one_line_and_exit_code_2(string command, string reason) =>
        Assert.Contains(reason, Refusal(command, _market.Database), StringComparison.Ordinal);

    [Fact]
    public void A_database_without_a_name_is_refused() =>
        Assert.Contains("--db: \"\" is not a file", Refusal("summary", string.Empty), StringComparison.Ordinal);

    // Also by another name of it, and the files of a run that goes on.
    [Theory]
    [InlineData("summary", "")]
    [InlineData("watch", "")]
    [InlineData("orders", "-wal")]
    [InlineData("risk", "-shm")]
    [InlineData("history", ".lock")]
    public void A_result_that_would_take_the_place_of_the_database_is_refused(string command, string end)
    {
        byte[] before = File.ReadAllBytes(_market.Database);
        string link = _market.InFolder("link.db");
        File.CreateSymbolicLink(link, _market.Database);
        foreach (string target in new[] { _market.Database + end, end.Length == 0 ? link : _market.Database + end })
        {
            Assert.Contains(
                "belongs to the database (--db)", Refusal($"{command} --json {target}", _market.Database),
                StringComparison.Ordinal);
        }

        string asNext = _market.InFolder("x.new");
        File.Copy(_market.Database, asNext);
        Assert.Contains(
            "belongs to the database", Refusal($"watch --json {asNext[..^4]}", asNext), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_market.Database));
        Assert.Equal(before, File.ReadAllBytes(asNext));
    }

    [Fact]
    public void Looking_changes_nothing_in_the_file()
    {
        byte[] before = File.ReadAllBytes(_market.Database);
        Assert.All(Dashboard.Commands, command => Dashboard.Text(command, _market.Database));
        Assert.Equal(before, File.ReadAllBytes(_market.Database));
    }

    [Fact]
    public void A_database_of_the_first_schema_is_shown_at_cost_and_with_default_limits_and_says_so()
    {
        Execute(_market.Database, """
            DROP TABLE limits; DROP TABLE marks;
            DROP TABLE measured_groups; DROP TABLE checkpoint_measured_groups;
            DROP TABLE correlation_close; DROP TABLE correlation_pairs; DROP TABLE correlations;
            PRAGMA user_version = 1
            """);
        string summary = Dashboard.Text("summary", _market.Database);
        Assert.Contains("no price stored yet for ", summary, StringComparison.Ordinal);
        Assert.Contains("valued at cost", summary, StringComparison.Ordinal);
        string risk = Dashboard.Text("risk", _market.Database);
        Assert.Contains("The limits are the defaults", risk, StringComparison.Ordinal);
        Assert.StartsWith(
            "No correlations are stored", Dashboard.Text("correlation", _market.Database), StringComparison.Ordinal);
        Assert.True(Dashboard.Json("pairs", _market.Database).GetProperty("balanced").GetBoolean());
    }

    public void Dispose() => _market.Dispose();

    private static string Refusal(string command, string database)
    {
        (int exitCode, string output, string error) = Dashboard.Run([.. command.Split(' '), "--db", database]);
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("llp-dashboard: ", error, StringComparison.Ordinal);
        return Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    private static void Execute(string database, string sql)
    {
        using SqliteConnection connection = new($"Data Source={database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }
}
