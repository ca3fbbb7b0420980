using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence.Tests;

/// <summary>A database that grows for months: what a start asks, and what a live session keeps.</summary>
public sealed class LongHistoryTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public void The_newest_of_an_action_is_found_with_its_index_and_without_it()
    {
        using (StateJournal journal = _folder.Open())
        {
            HistoryAction[] actions = [HistoryAction.Halted, HistoryAction.Resumed, HistoryAction.RiskRejected];
            for (int i = 1; i <= 300; i++)
            {
                journal.Append(JournalFolder.History(i, i) with { Action = actions[i % 3], Product = (i % 2) - 1 });
            }
        }

        string[] indexed = Newest();
        Assert.Equal("1", Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'history_by_action'"));
        _folder.MakeSchema(3);
        Assert.Equal(indexed, Newest());
        Assert.Equal(8, indexed.Length);
        _folder.Open().Dispose();
        Assert.Equal("1", Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'history_by_action'"));
        Assert.Equal(indexed, Newest());
    }

    [Fact]
    public void Whether_an_order_is_open_is_told_without_reading_all()
    {
        foreach (OrderState state in Enum.GetValues<OrderState>().Where(state => state != OrderState.None))
        {
            using (StateJournal journal = _folder.Open())
            {
                journal.Append(JournalFolder.Order(1, OrderState.Filled));
                journal.Append(JournalFolder.Order(2, state) with { EndOfEvent = true });
            }

            using PortfolioDatabase database = _folder.Read();
            Assert.Equal((state, !OrderTransitions.IsFinal(state)), (state, database.HasOpenOrders()));
        }
    }

    [Fact]
    public void A_live_session_keeps_no_copies_of_what_it_wrote_because_it_is_never_rolled_back()
    {
        using (StateJournal journal = _folder.Open())
        {
            journal.Append(JournalFolder.Order(1, OrderState.Filled) with { EndOfEvent = true });
            _ = journal.RaiseEpoch();
            journal.Append(JournalFolder.Order(2, OrderState.Filled) with { EndOfEvent = true });
            journal.WriteCheckpoint(new byte[] { 1 }, new ReplayPosition("live-1", 1, 1), finished: true);
        }

        Assert.Equal("2", Scalar("SELECT count(*) FROM orders"));
        Assert.Equal("0", Scalar("SELECT count(*) FROM checkpoint_orders"));
    }

    public void Dispose() => _folder.Dispose();

    private string[] Newest()
    {
        using PortfolioDatabase database = _folder.Read();
        return
        [
            .. database.LatestHistory(2).Select(Text),
            .. database.LatestHistory(2, action: HistoryAction.Halted).Select(Text),
            .. database.LatestHistory(2, "BTC-USD", HistoryAction.Resumed).Select(Text),
            .. database.LatestHistory(2, "BTC-USD").Select(Text),
            .. database.LatestHistory(2, "BTC-USD", HistoryAction.EntryFilled).Select(Text),
        ];
    }

    private static string Text(HistoryRow row) => $"{row.Id} {row.Action} {row.ProductId}";

    private string Scalar(string sql) => JournalFolder.Scalar(_folder.Database, sql);
}
