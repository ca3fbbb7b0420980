using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class FailureTests : IDisposable
{
    private readonly JournalFolder _folder = new();
    private readonly JournalOptions _impatient = new() { EngineId = "test", RetryInterval =
        TimeSpan.FromMilliseconds(5) };

    [Fact]
    public void A_full_disk_abandons_entries_and_loses_nothing_else()
    {
        const int Rows = 2_000;
        using StateJournal journal = _folder.Open(_impatient);
        journal.LimitPages(1);      // no page more than there are
        for (int i = 1; i <= Rows; i++)
        {
            journal.Append(JournalFolder.History(i, i));
        }

        JournalFolder.Eventually(() => journal.Health == JournalHealth.Failed, "a commit fails");
        Assert.Contains("full", journal.Fault, StringComparison.Ordinal);

        journal.Append(JournalFolder.Order(1, OrderState.Intended, wantsAnswer: true));
        IntentAnswer answer = default;
        JournalFolder.Eventually(
            () => journal.TryTakeAnswer(out answer), "the entry is abandoned while the disk is full");
        Assert.Equal(new IntentAnswer(JournalFolder.Btc, 1, false, 1), answer);
        Assert.Equal(JournalHealth.Failed, journal.Health);
        JournalFolder.Eventually(() => journal.Outstanding == 0, "nothing is outstanding");
        Assert.Contains("full", CheckpointFault(journal), StringComparison.Ordinal);

        journal.LimitPages(int.MaxValue);
        JournalFolder.Drain(journal);
        Assert.Equal(JournalHealth.Ok, journal.Health);
        Assert.Null(journal.Fault);
        Assert.False(journal.TryTakeAnswer(out _));

        using PortfolioDatabase database = _folder.Read();
        IReadOnlyList<HistoryRow> history = database.History();
        Assert.Equal(Enumerable.Range(1, Rows + 1).Select(i => (long)i), history.Select(row => row.Id));
        HistoryRow recovered = Assert.Single(history, row => row.Action == HistoryAction.JournalRecovered);
        Assert.Contains("full", recovered.Detail, StringComparison.Ordinal);
        Assert.Contains("1 intents", recovered.Detail, StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(1, Rows).Select(i => (long?)i),
            history.Where(row => row != recovered).Select(row => row.OrderSequence));
        Assert.Equal(OrderState.Intended, Assert.Single(database.Orders()).State);
    }

    [Fact]
    public void A_failed_checkpoint_alone_heals_by_itself()
    {
        using StateJournal journal = _folder.Open(_impatient);
        journal.LimitPages(1);
        ReplayPosition position = new("input", 1, 1);
        byte[] large = new byte[1_000_000];
        _ = Assert.Throws<JournalException>(() => journal.WriteCheckpoint(large, position, finished: false));
        journal.LimitPages(int.MaxValue);
        JournalFolder.Eventually(() => journal.Health == JournalHealth.Ok, "the journal tries by itself");
        journal.WriteCheckpoint(large, position, finished: false);
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(large.Length, database.LatestCheckpoint()!.State.Length);
        Assert.Equal(HistoryAction.JournalRecovered, Assert.Single(database.History()).Action);
    }

    [Fact]
    public void A_locked_database_is_waited_for()
    {
        using StateJournal journal = _folder.Open(_impatient);
        using (SqliteConnection intruder = new($"Data Source={_folder.Database};Pooling=False"))
        {
            intruder.Open();
            using SqliteTransaction transaction = intruder.BeginTransaction(deferred: false);
            journal.Append(JournalFolder.History(1, 1));
            JournalFolder.Eventually(() => journal.Health == JournalHealth.Failed, "the commit meets the lock");
            Assert.Contains("locked", journal.Fault, StringComparison.Ordinal);
        }

        JournalFolder.Drain(journal);
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(2, database.History().Count);
    }

    [Fact]
    public void A_disk_that_stays_full_is_given_up_when_the_journal_closes()
    {
        StateJournal journal = _folder.Open(_impatient with { CloseTimeout = TimeSpan.FromMilliseconds(20) });
        journal.LimitPages(1);
        for (int i = 1; i <= 2_000; i++)
        {
            journal.Append(JournalFolder.History(i, i));
        }

        JournalFolder.Eventually(() => journal.Health == JournalHealth.Failed, "a commit fails");
        JournalException fault = Assert.Throws<JournalException>(journal.Complete);
        Assert.Contains("were not written", fault.Message, StringComparison.Ordinal);
        Assert.True(journal.Lost > 0);
        journal.Complete();     // a second time: nothing
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(2_000 - journal.Lost, database.History().Count);
    }

    [Fact]
    public void A_fault_that_a_retry_cannot_heal_stops_writing_but_never_the_engine()
    {
        StateJournal journal = _folder.Open();
        journal.Append(JournalFolder.History(1, 1));
        JournalFolder.Drain(journal);
        StateChange impossible = JournalFolder.Order(1, OrderState.Intended, wantsAnswer: true);
        impossible.Product = 99;
        journal.Append(impossible);
        JournalFolder.Eventually(() => journal.Health == JournalHealth.FailedForGood, "the journal gives up");
        journal.Append(JournalFolder.Order(2, OrderState.Intended, wantsAnswer: true));
        JournalFolder.Eventually(() => journal.Outstanding == 0, "intents are answered all the same");
        Assert.True(journal.TryTakeAnswer(out IntentAnswer first));
        Assert.True(journal.TryTakeAnswer(out IntentAnswer second));
        Assert.False(first.Durable || second.Durable);
        _ = CheckpointFault(journal);
        _ = Assert.Throws<JournalException>(journal.Complete);
        using PortfolioDatabase database = _folder.Read();
        _ = Assert.Single(database.History());
        Assert.Empty(database.Orders());
    }

    [Theory]
    [InlineData(13, true)]          // SQLITE_FULL
    [InlineData(5, true)]           // SQLITE_BUSY
    [InlineData(261, true)]         // SQLITE_BUSY_RECOVERY
    [InlineData(10, false)]         // SQLITE_IOERR
    [InlineData(1034, false)]       // SQLITE_IOERR_FSYNC: the next fsync would lie
    [InlineData(11, false)]         // SQLITE_CORRUPT
    [InlineData(8, false)]          // SQLITE_READONLY
    public void Only_want_of_room_or_of_a_lock_is_worth_a_retry(int code, bool canPass) =>
        Assert.Equal(canPass, new WriteFailedException(code, "x").CanPass);

    [Fact]
    public void At_the_bound_whole_events_are_dropped_and_a_gap_row_takes_their_place()
    {
        using StateJournal journal = _folder.Open(new JournalOptions { MaxQueued = 8 });
        using (journal.HoldWriter())
        {
            for (int i = 1; i <= 6; i++)
            {
                journal.Append(JournalFolder.History(i, i));
            }

            journal.Append(JournalFolder.History(7, 7, last: false));
            journal.Append(JournalFolder.History(7, 7, last: false));
            // above the bound, but of an event that has begun
            journal.Append(JournalFolder.History(7, 7));
            Assert.Equal(JournalHealth.AtBound, journal.Health);
            journal.Append(JournalFolder.History(8, 8, last: false));
            journal.Append(JournalFolder.Order(8, OrderState.Intended, wantsAnswer: true));
            Assert.Equal(2, journal.Dropped);
            Assert.Equal(0, journal.Outstanding);
            Assert.True(journal.TryTakeAnswer(out IntentAnswer answer));
            Assert.False(answer.Durable);
        }

        JournalFolder.Drain(journal);
        journal.Append(JournalFolder.History(9, 9));
        JournalFolder.Drain(journal);
        Assert.Equal(JournalHealth.Ok, journal.Health);
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 7, 7, 8, 9], database.History().Select(row => row.MarketEvent));
        HistoryRow gap = Assert.Single(database.History(), row => row.Action == HistoryAction.JournalGap);
        Assert.Equal(10, gap.Id);
        Assert.StartsWith("2 changes", gap.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_at_the_end_is_recorded_when_the_journal_closes()
    {
        using (StateJournal journal = _folder.Open(new JournalOptions { MaxQueued = 1 }))
        {
            using (journal.HoldWriter())
            {
                journal.Append(JournalFolder.History(1, 1));
                journal.Append(JournalFolder.History(2, 2));
            }

            journal.Complete();
        }

        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(
            [HistoryAction.StopReplaced, HistoryAction.JournalGap], database.History().Select(row => row.Action));
    }

    [Fact]
    public void A_writer_that_stands_still_lags()
    {
        using StateJournal journal = _folder.Open(new JournalOptions { LagLimit = TimeSpan.FromMilliseconds(20) });
        using (journal.HoldWriter())
        {
            Assert.Equal(JournalHealth.Ok, journal.Health);
            journal.Append(JournalFolder.History(1, 1));
            JournalFolder.Eventually(
                () => journal.Health == JournalHealth.Lagging, "the change is older than the limit");
        }

        JournalFolder.Drain(journal);
        Assert.Equal(JournalHealth.Ok, journal.Health);
    }

    public void Dispose() => _folder.Dispose();

    private static string CheckpointFault(StateJournal journal) => Assert.Throws<JournalException>(
        () => journal.WriteCheckpoint(new byte[10], new ReplayPosition("input", 1, 1), finished: false)).Message;
}
