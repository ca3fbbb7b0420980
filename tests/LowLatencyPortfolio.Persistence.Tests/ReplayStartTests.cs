using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class ReplayStartTests : IDisposable
{
    private static readonly byte[] Initial = [1, 2, 3];

    private readonly JournalFolder _folder = new();

    [Fact]
    public void A_fresh_database_gets_checkpoint_0()
    {
        using StateJournal journal = _folder.Open();
        ReplayStart start = journal.ResumeReplay("input", "config", 100, Initial);
        Assert.Equal((ReplayStartKind.Fresh, new ReplayPosition("input", 0, 0)), (start.Kind, start.Position));
        using PortfolioDatabase database = _folder.Read();
        CheckpointRow checkpoint = database.LatestCheckpoint()!;
        Assert.Equal(Initial, checkpoint.State.ToArray());
        Assert.Equal(start.Position, checkpoint.Position);
        Assert.Equal(("config", false, 0L), (checkpoint.Configuration, checkpoint.Finished, checkpoint.HistoryId));
        Assert.Equal(0, journal.Epoch);
    }

    [Fact]
    public void An_interrupted_run_goes_back_to_its_checkpoint()
    {
        using (StateJournal journal = _folder.Open())
        {
            _ = journal.ResumeReplay("input", "config", 100, Initial);
            journal.Append(JournalFolder.Order(1, OrderState.Working));
            journal.Append(JournalFolder.History(1, 1));
            journal.Append(Position(1, 500));
            journal.Append(Portfolio(101_000m));
            journal.WriteCheckpoint(new byte[] { 9 }, new ReplayPosition("input", 10, 110), finished: false);
            journal.Append(JournalFolder.Order(1, OrderState.Filled));
            journal.Append(JournalFolder.Order(2, OrderState.Working));
            journal.Append(JournalFolder.History(11, 2));
            journal.Append(Position(1, 0));
            journal.Append(Position(2, 7));
            journal.Append(Portfolio(90_000m));
        }

        using (StateJournal journal = _folder.Open())
        {
            ReplayStart start = journal.ResumeReplay("input", "config", 100, Initial);
            Assert.Equal((ReplayStartKind.Resumed, new ReplayPosition("input", 10, 110)), (start.Kind, start.Position));
            Assert.Equal([9], start.State.ToArray());
            using PortfolioDatabase database = _folder.Read();
            Assert.Equal(OrderState.Working, Assert.Single(database.Orders()).State);
            Assert.Equal(500m / 100_000_000m, Assert.Single(database.Positions()).Quantity);
            Assert.Equal(101_000m, database.Portfolio().Equity);
            Assert.Equal(1, Assert.Single(database.History()).Id);
            journal.Append(JournalFolder.History(11, 2));
            JournalFolder.Drain(journal);
            Assert.Equal(2, database.History()[^1].Id);
        }
    }

    [Fact]
    public void A_finished_run_is_not_run_again()
    {
        Finish("input", lastEventNs: 200);
        using StateJournal journal = _folder.Open();
        Assert.Contains("give --db another file", Refusal(journal, "input", "config", 100), StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_run_is_continued_by_a_later_input_even_with_another_configuration()
    {
        Finish("first", lastEventNs: 200);
        using StateJournal journal = _folder.Open();
        ReplayStart start = journal.ResumeReplay("second", "other", 201, Initial);
        Assert.Equal((ReplayStartKind.Continued, new ReplayPosition("second", 0, 200)), (start.Kind, start.Position));
        Assert.Equal([42], start.State.ToArray());
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(
            ("other", false), (database.LatestCheckpoint()!.Configuration, database.LatestCheckpoint()!.Finished));
        _ = Assert.Single(database.History());
    }

    [Fact]
    public void An_input_that_begins_before_the_database_ends_is_refused()
    {
        Finish("first", lastEventNs: 1_702_000_000_000_000_000);
        using StateJournal journal = _folder.Open();
        string message = Refusal(journal, "second", "config", 1_702_000_000_000_000_000);
        Assert.Contains("2023-12-08T01:46:40Z", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unfinished_run_wants_its_own_input_and_configuration()
    {
        using (StateJournal journal = _folder.Open())
        {
            _ = journal.ResumeReplay("input", "config", 100, Initial);
        }

        using StateJournal again = _folder.Open();
        List<string> before = JournalFolder.Dump(_folder.Database, "SELECT fingerprint, configuration FROM checkpoint");
        Assert.Contains("another input", Refusal(again, "other", "config", 1_000), StringComparison.Ordinal);
        Assert.Contains("another configuration", Refusal(again, "input", "other", 100), StringComparison.Ordinal);
        Assert.Equal(before, JournalFolder.Dump(_folder.Database, "SELECT fingerprint, configuration FROM checkpoint"));
        Assert.Equal(ReplayStartKind.Resumed, again.ResumeReplay("input", "config", 100, Initial).Kind);
    }

    [Fact]
    public void Another_capital_is_journaled_when_it_is_allowed_and_the_run_before_is_finished()
    {
        Finish("first", lastEventNs: 200);
        PortfolioConfig more = JournalFolder.Portfolio with { TotalCapital = 250_000m };
        JournalOptions options = new() { Recapitalize = true };
        using (StateJournal journal = StateJournal.Open(_folder.Database, options, more, JournalFolder.Pairs))
        {
            Assert.Contains(
                "give --db another file", Refusal(journal, "first", "config", 100), StringComparison.Ordinal);
            using PortfolioDatabase database = _folder.Read();
            Assert.Equal(100_000m, database.Portfolio().TotalCapital);

            _ = journal.ResumeReplay("second", "config", 300, Initial);
            Assert.Equal(250_000m, database.Portfolio().TotalCapital);
            HistoryRow changed = database.History()[^1];
            Assert.Equal((HistoryAction.CapitalChanged, 250_000m), (changed.Action, changed.Value));
            Assert.Equal("total capital was 100000 USD", changed.Detail);
        }

        using (StateJournal journal =
            StateJournal.Open(_folder.Database, new JournalOptions(), more, JournalFolder.Pairs))
        {
            Assert.Equal(ReplayStartKind.Resumed, journal.ResumeReplay("second", "config", 300, Initial).Kind);
            using PortfolioDatabase database = _folder.Read();
            Assert.Equal(HistoryAction.CapitalChanged, database.History()[^1].Action);
            Assert.Equal(250_000m, database.Portfolio().TotalCapital);
        }
    }

    [Fact]
    public void Every_live_start_raises_the_epoch_and_names_its_orders_by_it()
    {
        for (long epoch = 1; epoch <= 3; epoch++)
        {
            using StateJournal journal = _folder.Open();
            Assert.Equal(epoch - 1, journal.LastOrderSequence);
            Assert.Equal(epoch, journal.RaiseEpoch());
            Assert.Equal(epoch, journal.Epoch);
            journal.Append(JournalFolder.Order(1, OrderState.Filled));     // an order of the first start keeps its name
            journal.Append(JournalFolder.Order(epoch, OrderState.Working));
        }

        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(
            ["llp-test-1-1", "llp-test-2-2", "llp-test-3-3"], database.Orders().Select(order => order.OrderId));
        Assert.Equal("3", database.Meta()["epoch"]);
    }

    [Fact]
    public void Live_trading_and_replays_do_not_share_a_database()
    {
        using (StateJournal live = _folder.Open())
        {
            _ = live.RaiseEpoch();
            Assert.Contains("live trading", Refusal(live, "input", "config", 100), StringComparison.Ordinal);
        }

        using StateJournal replay = _folder.Open(path: _folder.In("replay.db"));
        _ = replay.ResumeReplay("input", "config", 100, Initial);
        Assert.Contains("holds a replay", Assert.Throws<JournalException>(() =>
            replay.RaiseEpoch()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_stands_behind_everything_that_was_queued()
    {
        using StateJournal journal = _folder.Open();
        _ = journal.ResumeReplay("input", "config", 100, Initial);
        using PortfolioDatabase database = _folder.Read();
        for (int k = 1; k <= 5; k++)
        {
            for (int i = 1; i <= 1_500; i++)
            {
                journal.Append(JournalFolder.History(k, i));
            }

            journal.WriteCheckpoint(new byte[] { (byte)k }, new ReplayPosition("input", k, k), finished: false);
            Assert.Equal(0, journal.Queued);
            Assert.Equal(k * 1_500L, database.LatestCheckpoint()!.HistoryId);
            Assert.Equal(k * 1_500, database.History().Count);
        }
    }

    [Fact]
    public void A_closed_journal_says_so()
    {
        StateJournal journal = _folder.Open();
        journal.Complete();
        _ = Assert.Throws<JournalException>(
            () => journal.WriteCheckpoint(Initial, new ReplayPosition("input", 1, 1), finished: false));
        journal.Append(JournalFolder.Order(1, OrderState.Intended, wantsAnswer: true));
        Assert.True(journal.TryTakeAnswer(out IntentAnswer answer));
        Assert.False(answer.Durable);
        Assert.Equal(1, journal.Dropped);
    }

    public void Dispose() => _folder.Dispose();

    private static string Refusal(StateJournal journal, string fingerprint, string configuration, long firstEventNs)
    {
        string message = Assert.Throws<JournalException>(
            () => journal.ResumeReplay(fingerprint, configuration, firstEventNs, Initial)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static StateChange Position(long id, long quantity) => new()
    {
        Kind = StateChangeKind.Position, PositionId = id, Quantity = quantity, FilledQuantity = 500,
        Value = 1m, BoughtValue = 1m, EndOfEvent = true,
    };

    private static StateChange Portfolio(decimal equity) => new()
    {
        Kind = StateChangeKind.Portfolio, Product = -1, Value = 100_000m, BoughtValue = equity, EndOfEvent = true,
    };

    private void Finish(string fingerprint, long lastEventNs)
    {
        using StateJournal journal = _folder.Open();
        _ = journal.ResumeReplay(fingerprint, "config", 100, Initial);
        journal.Append(JournalFolder.History(1, 1));
        journal.WriteCheckpoint(new byte[] { 42 }, new ReplayPosition(fingerprint, 10, lastEventNs), finished: true);
    }
}
