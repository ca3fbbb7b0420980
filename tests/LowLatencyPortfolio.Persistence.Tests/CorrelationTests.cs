using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence.Tests;

/// <summary>What was measured of the market: groups that the gate goes by, correlations for readers.</summary>
public sealed class CorrelationTests : IDisposable
{
    private static readonly CorrelationRows Rows = new()
    {
        ClosedAtNs = 300_000_000_000, CandleSeconds = 300, Closes = 17, EffectiveCloses = 16.5, MeanCorrelation = 0.25,
        Shrinkage = 0.125, ProductIds = ["BTC-USD", "ETH-USD", "PEPE-USD"], AreMeasured = [true, true, false],
        Volatilities = [0.001, 1.0 / 3, 0],
        Correlations = [1, -0.1, 0, -0.1, 1, 0, 0, 0, 1],
    };

    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_change_of_group_is_one_row_a_pair_and_one_of_history_that_names_the_group()
    {
        using (StateJournal journal = _folder.Open())
        {
            journal.Append(Group(JournalFolder.Pepe, JournalFolder.Btc, atNs: 5));
            journal.Append(Group(JournalFolder.Pepe, JournalFolder.Pepe, atNs: 7));
            journal.Append(Group(JournalFolder.Pepe, JournalFolder.Btc, atNs: 9));
        }

        using PortfolioDatabase database = _folder.Read();
        Assert.Equal([new MeasuredGroupRow("PEPE-USD", "BTC-USD", 9)], database.MeasuredGroups());
        Assert.Equal(
            [
                "1 PEPE-USD GroupChanged 5 BTC-USD", "2 PEPE-USD GroupChanged 7 PEPE-USD",
                "3 PEPE-USD GroupChanged 9 BTC-USD",
            ],
            database.History().Select(
                row => $"{row.Id} {row.ProductId} {row.Action} {row.TimestampNs} {row.Detail}"));
        Assert.All(database.History(), row => Assert.Null(row.Quantity));
        PortfolioPicture picture = PortfolioPicture.Read(database);
        Assert.Equal([0, 0], [picture.Book.MeasuredGroup(0), picture.Book.MeasuredGroup(1)]);
    }

    [Fact]
    public void Groups_after_a_checkpoint_are_taken_back_by_a_restart()
    {
        using (StateJournal journal = _folder.Open())
        {
            _ = journal.ResumeReplay("input", "configuration", 1, new byte[] { 1 });
            journal.Append(Group(JournalFolder.Pepe, JournalFolder.Btc, atNs: 5));
            journal.WriteCheckpoint(new byte[] { 2 }, new ReplayPosition("input", 10, 9), finished: false);
            journal.Append(Group(JournalFolder.Pepe, JournalFolder.Pepe, atNs: 15));
        }

        using StateJournal second = _folder.Open();
        _ = second.ResumeReplay("input", "configuration", 1, new byte[] { 1 });
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal([new MeasuredGroupRow("PEPE-USD", "BTC-USD", 5)], database.MeasuredGroups());
    }

    [Fact]
    public void Correlations_come_back_to_the_last_bit_and_the_newest_take_the_place_of_all()
    {
        using StateJournal journal = _folder.Open();
        _ = journal.RaiseEpoch();
        Assert.Null(Correlations());
        journal.WriteRows(new ReaderRows { Correlations = Rows });
        Assert.Equivalent(Rows, Correlations(), strict: true);

        CorrelationRows fewer = Rows with
        {
            Closes = 18, ProductIds = ["BTC-USD", "PEPE-USD"], AreMeasured = [true, true], Volatilities = [0.1, 0.2],
            Correlations = [1, 0.7, 0.7, 1],
        };
        journal.WriteRows(new ReaderRows { Correlations = fewer });
        journal.WriteRows(new ReaderRows { Marks = [new MarkRow("BTC-USD", 1m, 1)] });
        Assert.Equivalent(fewer, Correlations(), strict: true);
    }

    [Fact]
    public void A_start_that_measures_nothing_forgets_what_another_measured()
    {
        using (StateJournal journal = _folder.Open())
        {
            _ = journal.RaiseEpoch();
            journal.Append(Group(JournalFolder.Pepe, JournalFolder.Btc, atNs: 5));
            journal.WriteRows(new ReaderRows { Correlations = Rows });
        }

        using StateJournal second = _folder.Open(new JournalOptions { KeepsMeasuredGroups = false });
        Assert.Single(Groups());
        _ = second.RaiseEpoch();
        Assert.Empty(Groups());
        Assert.Null(Correlations());
    }

    [Fact]
    public void A_database_of_the_second_schema_has_neither_and_gets_both_at_the_next_start()
    {
        _folder.Open().Dispose();
        _folder.MakeSchema(2);
        Assert.Empty(Groups());
        Assert.Null(Correlations());
        using StateJournal journal = _folder.Open();
        _ = journal.RaiseEpoch();
        journal.Append(Group(JournalFolder.Pepe, JournalFolder.Btc, atNs: 5));
        journal.WriteRows(new ReaderRows { Correlations = Rows });
        Assert.Single(Groups());
        Assert.NotNull(Correlations());
    }

    [Fact]
    public void Correlations_of_a_pair_that_is_not_listed_are_refused()
    {
        using (StateJournal journal = _folder.Open())
        {
            _ = journal.RaiseEpoch();
            journal.WriteRows(new ReaderRows { Correlations = Rows });
        }

        JournalFolder.Change(_folder.Database, "DELETE FROM correlation_pairs WHERE product_id = 'ETH-USD'");
        Assert.Contains("ETH-USD", Assert.Throws<JournalException>(Correlations).Message, StringComparison.Ordinal);
    }

    private CorrelationRows? Correlations()
    {
        using PortfolioDatabase database = _folder.Read();
        return database.Correlations();
    }

    private IReadOnlyList<MeasuredGroupRow> Groups()
    {
        using PortfolioDatabase database = _folder.Read();
        return database.MeasuredGroups();
    }

    private static StateChange Group(int product, int group, long atNs) => new()
    {
        Kind = StateChangeKind.Group,
        Action = HistoryAction.GroupChanged,
        Product = product,
        Quantity = group,
        TimeNs = atNs,
        MarketEvent = atNs,
        EndOfEvent = true,
    };
}
