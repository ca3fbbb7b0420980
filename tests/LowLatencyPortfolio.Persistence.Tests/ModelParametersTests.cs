namespace LowLatencyPortfolio.Persistence.Tests;

/// <summary>Versions of what models have learned: added alone or with a checkpoint, the newest is read.</summary>
public sealed class ModelParametersTests : IDisposable
{
    private static readonly ModelParameters First = new("fusion", 1, 100, 288, """{"weights":[0.1,-2.5E-07]}""");
    private static readonly ModelParameters Second = First with { Version = 2, LearnedAtNs = 200, Samples = 576 };
    private static readonly ModelParameters Other = new("other", 7, 50, 1, "{}");

    private readonly JournalFolder _folder = new();

    [Fact]
    public void Versions_are_added_and_the_newest_of_each_model_is_read()
    {
        using StateJournal journal = _folder.Open();
        _ = journal.RaiseEpoch();
        Assert.Null(Newest("fusion"));
        journal.WriteRows(new ReaderRows { Models = [First, Other] });
        Assert.Equal(First, Newest("fusion"));
        journal.WriteRows(new ReaderRows { Models = [Second] });
        Assert.Equal(Second, Newest("fusion"));
        Assert.Equal(Other, Newest("other"));
        Assert.Null(Newest("none"));
        Assert.Equal("3", JournalFolder.Scalar(_folder.Database, "SELECT count(*) FROM model_parameters"));
    }

    [Fact]
    public void Versions_of_a_checkpoint_are_committed_with_it_and_only_once()
    {
        using (StateJournal journal = _folder.Open())
        {
            _ = journal.ResumeReplay("input", "configuration", 1, new byte[] { 1 });
            ReplayPosition position = new("input", 10, 9);
            journal.WriteCheckpoint(
                new byte[] { 2 }, position, finished: false, () => new ReaderRows { Models = [First, Second] });
            Assert.Equal(Second, Newest("fusion"));
            journal.WriteCheckpoint(new byte[] { 3 }, position, finished: true);
        }

        Assert.Equal(Second, Newest("fusion"));
        Assert.Equal("2", JournalFolder.Scalar(_folder.Database, "SELECT count(*) FROM model_parameters"));
    }

    [Fact]
    public void A_version_that_stands_already_is_written_over_by_itself()
    {
        using StateJournal journal = _folder.Open();
        _ = journal.RaiseEpoch();
        journal.WriteRows(new ReaderRows { Models = [First] });
        journal.WriteRows(new ReaderRows { Models = [First, Second] });
        Assert.Equal("2", JournalFolder.Scalar(_folder.Database, "SELECT count(*) FROM model_parameters"));
    }

    [Fact]
    public void A_full_disk_refuses_them_and_the_next_ones_are_stored()
    {
        using StateJournal journal = _folder.Open();
        _ = journal.RaiseEpoch();
        journal.WriteRows(new ReaderRows { Models = [First] });
        journal.LimitPages(1);
        ModelParameters large = Second with { Parameters = new string('1', 1_000_000) };
        _ = Assert.Throws<JournalException>(() => journal.WriteRows(new ReaderRows { Models = [large] }));
        Assert.Equal(First, Newest("fusion"));
        journal.LimitPages(1_000_000);
        Assert.True(SpinWait.SpinUntil(() => journal.Health == JournalHealth.Ok, TimeSpan.FromSeconds(60)));
        journal.WriteRows(new ReaderRows { Models = [large] });
        Assert.Equal(large, Newest("fusion"));
    }

    [Fact]
    public void A_database_of_the_second_schema_has_none_and_takes_them_from_the_next_start_on()
    {
        _folder.Open().Dispose();
        _folder.MakeSchema(2);
        Assert.Null(Newest("fusion"));
        using StateJournal journal = _folder.Open();
        _ = journal.RaiseEpoch();
        journal.WriteRows(new ReaderRows { Models = [First] });
        Assert.Equal(First, Newest("fusion"));
    }

    public void Dispose() => _folder.Dispose();

    private ModelParameters? Newest(string model)
    {
        using PortfolioDatabase database = _folder.Read();
        return database.LatestModel(model);
    }
}
