using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class GroupCommitTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public void What_waits_is_committed_in_groups()
    {
        using StateJournal journal = _folder.Open(new JournalOptions { BatchRows = 100, BatchAge =
            TimeSpan.FromHours(1) });
        using (journal.HoldWriter())
        {
            for (int i = 1; i <= 1_000; i++)
            {
                journal.Append(JournalFolder.History(marketEvent: i, number: i));
            }
        }

        JournalFolder.Drain(journal);
        Assert.Equal(10, journal.Transactions);
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(Enumerable.Range(1, 1_000).Select(i => (long)i), database.History().Select(row =>
            row.OrderSequence!.Value));
    }

    [Fact]
    public void One_change_alone_is_committed_at_once()
    {
        using StateJournal journal = _folder.Open();
        for (int i = 1; i <= 20; i++)
        {
            journal.Append(JournalFolder.History(i, i));
            JournalFolder.Drain(journal);
            Assert.Equal(i, journal.Transactions);
        }
    }

    [Fact]
    public void A_reader_never_sees_a_part_of_an_event()
    {
        const int Events = 400;
        const int Rows = 7;
        using StateJournal journal = _folder.Open(new JournalOptions { BatchRows = 10 });
        using PortfolioDatabase database = _folder.Read();
        Thread writer = new(() =>
        {
            for (int k = 1; k <= Events; k++)
            {
                for (int row = 1; row <= Rows; row++)
                {
                    journal.Append(JournalFolder.History(k, row, last: row == Rows));
                }
            }
        });
        writer.Start();
        int seen = 0;
        JournalFolder.Eventually(
            () =>
            {
                int now = database.History().Count;
                Assert.True(now % Rows == 0 && now >= seen, $"{now} rows after {seen}");
                seen = now;
                return seen == Events * Rows;
            },
            "all events are visible");
        writer.Join();
    }

    [Fact]
    public void An_event_that_is_not_over_waits_for_its_end_and_is_kept_when_the_journal_closes()
    {
        using (StateJournal journal = _folder.Open())
        {
            journal.Append(JournalFolder.History(1, 1));
            journal.Append(JournalFolder.History(2, 2, last: false));
            JournalFolder.Eventually(() => journal.Queued == 1, "the first event is committed");
            Assert.Equal(1, journal.Transactions);
            journal.Complete();
        }

        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(2, database.History().Count);
    }

    [Fact]
    public void An_intent_is_answered_only_after_every_other_connection_can_see_it()
    {
        using StateJournal journal = _folder.Open();
        using PortfolioDatabase database = _folder.Read();
        for (long sequence = 1; sequence <= 50; sequence++)
        {
            Assert.Equal(0, journal.Outstanding);
            journal.Append(JournalFolder.Order(sequence, OrderState.Intended, wantsAnswer: true));
            IntentAnswer answer = default;
            JournalFolder.Eventually(() => journal.TryTakeAnswer(out answer), "an answer");
            Assert.Equal(new IntentAnswer(JournalFolder.Btc, sequence, true, sequence), answer);
            Assert.Equal(sequence, database.Orders()[^1].OrderSequence);
            JournalFolder.Eventually(() => journal.Outstanding == 0, "nothing is outstanding");
        }
    }

    [Fact]
    public void Outstanding_is_raised_before_append_returns_and_lowered_after_the_answer_lies_in_the_box()
    {
        using StateJournal journal = _folder.Open();
        using (journal.HoldWriter())
        {
            journal.Append(JournalFolder.Order(1, OrderState.Intended, wantsAnswer: true));
            journal.Append(JournalFolder.Order(2, OrderState.Intended, wantsAnswer: true));
            Assert.Equal(2, journal.Outstanding);
            Assert.False(journal.TryTakeAnswer(out _));
        }

        JournalFolder.Eventually(() => journal.Outstanding == 0, "both are answered");
        Assert.True(journal.TryTakeAnswer(out IntentAnswer first));
        Assert.True(journal.TryTakeAnswer(out IntentAnswer second));
        Assert.Equal((1, 2), (first.OrderSequence, second.OrderSequence));
        Assert.False(journal.TryTakeAnswer(out _));
    }

    public void Dispose() => _folder.Dispose();
}
