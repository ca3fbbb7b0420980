using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Simulation.Tests;

/// <summary>The same command on the same database, after any kind of end, ends in the same final result.</summary>
public sealed class KilledRunTests
{
    private const int Kills = 50;

    [Fact]
    public void A_run_killed_at_fifty_random_moments_ends_like_an_undisturbed_one()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        using Workspace workspace = new();
        Stopwatch watch = Stopwatch.StartNew();
        (string result, string rows) = Undisturbed(workspace);
        double undisturbedMs = watch.Elapsed.TotalMilliseconds;
        int kills = 0;
        for (int database = 0; kills < Kills; database++)
        {
            string db = workspace.File(string.Create(CultureInfo.InvariantCulture, $"killed-{database}.db"));
            string json = workspace.File("killed.json");
            // A few kills a database, then it may finish: each process gets some way before the next is killed.
            int wanted = Math.Min(kills + 5, Kills);
            bool finished = false;
            while (!finished && kills < wanted)
            {
                using LlpProcess process = LlpProcess.Start("run", "--db", db, "--json", json);
                finished = !process.KillAfter(TimeSpan.FromMilliseconds(random.NextDouble() * undisturbedMs));
                kills += finished ? 0 : 1;
                if (finished)
                {
                    AssertSucceeded(process.Finish(), seed);
                }
                else
                {
                    // Killed after it had marked the run as finished: its result was delivered before the mark.
                    finished = IsFinished(db);
                }
            }

            if (!finished)
            {
                AssertSucceeded(LlpProcess.Run("run", "--db", db, "--json", json), seed);
            }

            Assert.True(result == Workspace.Result(json), $"seed {seed}: {Workspace.Result(json)} instead of {result}");
            Assert.True(rows == Workspace.Rows(db), $"seed {seed}: the tables of {db} differ");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""
        { "signals": { "fusion": {
            "enabled": true, "requireVotes": false, "minProbability": 0.45, "costThreshold": 0.004, "warmUpCloses": 100,
            "versionCloses": 50 } } }
        """)]
    public void A_run_that_finds_its_own_entries_ends_the_same_when_it_is_killed_and_under_another_topology(
        string? configuration)
    {
        using Workspace workspace = new();
        string[] signals = configuration is null
            ? ["--signals"]
            : ["--signals", "--config", workspace.Write("fusion.json", configuration)];
        string result = AssertEndsTheSame(workspace, kills: 12, signals);
        Assert.Contains("signalsSent", result, StringComparison.Ordinal);
        Assert.Equal(configuration is not null, result.Contains("\"fusionVersion\":20", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_rebalances_by_orders_ends_the_same_when_it_is_killed_and_under_another_topology()
    {
        using Workspace workspace = new();
        string config = workspace.Write("rebalance.json", """
            {
              "portfolio": { "maxPositionSizePct": 12, "maxCorrelatedExposurePct": 40 },
              "rebalance": {
                "orders": true, "thresholdPct": 2, "intervalMinutes": 5, "cooldownIntervals": 2,
                "riskAversion": 1000, "horizonDays": 3650
              }
            }
            """);
        _ = AssertEndsTheSame(workspace, kills: 8, "--config", config);
        Assert.True(Traded(workspace, "SELL") > 0, "no position was made smaller");
        Assert.True(Traded(workspace, "BUY") > 0, "no position was made larger");
    }

    // Killed at random moments under another topology, it comes to the undisturbed run's result, which is returned.
    private static string AssertEndsTheSame(Workspace workspace, int kills, params string[] arguments)
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        Stopwatch watch = Stopwatch.StartNew();
        (string result, string rows) = Undisturbed(workspace, arguments);
        double undisturbedMs = watch.Elapsed.TotalMilliseconds;
        string db = workspace.File("killed.db");
        string json = workspace.File("killed.json");
        string[] command = ["run", .. arguments, "--topology", "fused", "--db", db, "--json", json];
        bool finished = false;
        for (int kill = 0; kill < kills && !finished; kill++)
        {
            using LlpProcess process = LlpProcess.Start(command);
            finished = !process.KillAfter(TimeSpan.FromMilliseconds(random.NextDouble() * undisturbedMs))
                || IsFinished(db);
        }

        if (!finished)
        {
            AssertSucceeded(LlpProcess.Run(command), seed);
        }

        Assert.True(result == Workspace.Result(json), $"seed {seed}: {Workspace.Result(json)} instead of {result}");
        Assert.True(rows == Workspace.Rows(db), $"seed {seed}: the tables differ");
        return result;
    }

    // Rebalances of the undisturbed run that traded: what they sold by an order of its own purpose, bought by an entry.
    private static long Traded(Workspace workspace, string side)
    {
        using SqliteConnection connection =
            new($"Data Source={workspace.File("undisturbed.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT count(*) FROM history JOIN orders USING (order_seq)
            WHERE action IN ('REBALANCE_STARTED', 'REBALANCE_SELLING') AND type <> 'STOP_LIMIT' AND side = $side
                AND filled_qty <> '0'
            """;
        _ = command.Parameters.AddWithValue("$side", side);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public void A_signal_stops_the_run_in_order_and_the_next_start_finishes_it(string signal)
    {
        using Workspace workspace = new();
        (string result, string rows) = Undisturbed(workspace);
        string db = workspace.File("stopped.db");
        string json = workspace.File("stopped.json");
        using (LlpProcess process = LlpProcess.Start("run", "--db", db, "--json", json))
        {
            Assert.True(
                SpinWait.SpinUntil(() => process.HasExited || IsTrading(db), TimeSpan.FromMinutes(1)),
                "the run did not begin");
            process.Signal(signal);
            AssertSucceeded(process.Finish(), seed: 0);
        }

        if (!IsFinished(db))
        {
            AssertSucceeded(LlpProcess.Run("run", "--db", db, "--json", json), seed: 0);
        }

        Assert.Equal(result, Workspace.Result(json));
        Assert.Equal(rows, Workspace.Rows(db));
    }

    [Fact]
    public void Fused_ends_like_inline()
    {
        using Workspace workspace = new();
        (string result, string rows) = Undisturbed(workspace);
        string db = workspace.File("fused.db");
        string json = workspace.File("fused.json");
        AssertSucceeded(LlpProcess.Run("run", "--topology", "fused", "--db", db, "--json", json), seed: 0);
        Assert.Equal(result, Workspace.Result(json));
        Assert.Equal(rows, Workspace.Rows(db));
    }

    [Fact]
    public void A_finished_run_is_refused_with_the_way_out()
    {
        using Workspace workspace = new();
        _ = Undisturbed(workspace);
        LlpResult again = LlpProcess.Run("run", "--db", workspace.File("undisturbed.db"));
        Assert.NotEqual(0, again.ExitCode);
        Assert.Contains("--db", again.Error, StringComparison.Ordinal);
        Assert.Single(again.Error.TrimEnd().Split('\n'));
    }

    private static (string Result, string Rows) Undisturbed(Workspace workspace, params string[] more)
    {
        string db = workspace.File("undisturbed.db");
        string json = workspace.File("undisturbed.json");
        AssertSucceeded(LlpProcess.Run([.. more.Prepend("run"), "--db", db, "--json", json]), seed: 0);
        return (Workspace.Result(json), Workspace.Rows(db));
    }

    private static void AssertSucceeded(LlpResult result, int seed) =>
        Assert.True(result.ExitCode == 0, $"seed {seed}: exit code {result.ExitCode}: {result.Error}");

    // The first rows of history show that events flow.
    private static bool IsTrading(string db)
    {
        try
        {
            return File.Exists(db) && Workspace.Rows(db).Contains("ENTRY_FILLED", StringComparison.Ordinal);
        }
        catch (SqliteException)
        {
            return false;       // the tables are being made
        }
    }

    private static bool IsFinished(string db)
    {
        if (!File.Exists(db))
        {
            return false;
        }

        using SqliteConnection connection = new($"Data Source={db};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT finished FROM checkpoint";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) != 0;
    }
}
