using System.Buffers.Binary;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence.Tests;

/// <summary>
/// Twins: the same random stream once undisturbed and once with kills at random places, other batch sizes and other
/// checkpoints. The tables must be equal, row for row.
/// </summary>
public sealed class RestartPropertyTests : IDisposable
{
    private static readonly string[] Tables =
        [
            "SELECT * FROM positions", "SELECT * FROM orders", "SELECT * FROM history ORDER BY id",
            "SELECT * FROM portfolio", "SELECT * FROM measured_groups",
        ];

    private readonly JournalFolder _folder = new();

    [Fact]
    public void A_run_with_kills_and_restarts_ends_in_the_same_tables_as_an_undisturbed_one()
    {
        int seed =
            int.TryParse(Environment.GetEnvironmentVariable("LLP_SEED"), out int given) ? given : Environment.TickCount;
        int restarts = 0;
        for (int round = 0; round < 6; round++, seed++)
        {
            string calm = _folder.In($"calm{round}.db");
            Assert.Null(Play(seed, calm, new JournalOptions { EngineId = "test" }, kills: null));
            Random chance = new(seed);
            string troubled = _folder.In($"troubled{round}-0.db");
            while (Play(seed, troubled, Batches(chance), kills: chance) is { } killedCopy)
            {
                troubled = killedCopy;
                restarts++;
            }

            foreach (string table in Tables)
            {
                List<string> expected = JournalFolder.Dump(calm, table);
                Assert.True(expected.Count > 0, $"LLP_SEED={seed}: {table} is empty");
                Assert.True(
                    expected.SequenceEqual(JournalFolder.Dump(troubled, table)), $"LLP_SEED={seed}: {table} differs");
            }
        }

        Assert.True(restarts > 0, $"LLP_SEED={seed - 6}: nothing was killed");
    }

    public void Dispose() => _folder.Dispose();

    private static JournalOptions Batches(Random chance) =>
        new() { EngineId = "test", BatchRows = chance.Next(1, 200) };

    /// <summary>Plays from where the database stands; kills may come at the end of any closure or inside one.</summary>
    /// <returns>Null when the run was finished, else a copy of the files as the kill left them.</returns>
    private string? Play(int seed, string path, JournalOptions options, Random? kills)
    {
        RandomRun run = new(seed);
        using StateJournal journal = _folder.Open(options, path);
        ReplayStart start = journal.ResumeReplay("input", "config", 1, State(0));
        Assert.Equal(start.Position.MarketEvents, BinaryPrimitives.ReadInt64LittleEndian(start.State.Span));
        for (int k = (int)start.Position.MarketEvents + 1; k <= RandomRun.Closures; k++)
        {
            List<StateChange> closure = run.Closure(k);
            if (kills?.Next(30) == 0)
            {
                return Kill(journal, path, closure.Take(kills.Next(closure.Count + 1)), kills);
            }

            Append(journal, closure);
            JournalFolder.Eventually(() => journal.Outstanding == 0, "the closure's intents are answered");
            if (kills?.Next(7) == 0)
            {
                journal.WriteCheckpoint(State(k), new ReplayPosition("input", k, k), finished: false);
            }
        }

        journal.WriteCheckpoint(
            State(RandomRun.Closures), new ReplayPosition("input", RandomRun.Closures, 1), finished: true);
        return null;
    }

    private string Kill(StateJournal journal, string path, IEnumerable<StateChange> begun, Random kills)
    {
        bool committed = kills.Next(2) == 0;
        if (committed)
        {
            // The begun closure has reached the disk as far as its last whole event.
            Append(journal, begun.Reverse().SkipWhile(change => !change.EndOfEvent).Reverse());
        }

        using (journal.HoldWriter())
        {
            if (!committed)
            {
                Append(journal, begun);
            }

            string copy = _folder.In(Guid.NewGuid() + ".db");
            JournalFolder.CopyAsKilled(path, copy);
            return copy;
        }
    }

    private static void Append(StateJournal journal, IEnumerable<StateChange> changes)
    {
        foreach (StateChange change in changes)
        {
            journal.Append(change);
        }
    }

    private static byte[] State(long closures)
    {
        byte[] state = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(state, closures);
        return state;
    }
}
