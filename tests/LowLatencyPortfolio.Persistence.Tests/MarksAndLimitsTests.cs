using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence.Tests;

/// <summary>What is stored beside the journal: limits, prices, and what equity is measured against.</summary>
public sealed class MarksAndLimitsTests : IDisposable
{
    private static readonly MarkRow Btc = new("BTC-USD", 43_000.01m, 7);
    private static readonly MarkRow Pepe = new("PEPE-USD", 0.0000012345m, 8);

    private readonly JournalFolder _folder = new();

    [Fact]
    public void Limits_of_the_newest_start_stand_in_the_database()
    {
        PortfolioConfig first = new() { MaxPositions = 3, MaxOrderNotional = 12.5m, MaxTopNConcentrationPct = 40m };
        PortfolioConfig second = new() { MaxPositions = 4, DailyLossPct = -7.5m, MaxOrdersPerSecond = 9 };
        using (StateJournal journal = Open(first, takerFee: 0.004m))
        {
            _ = journal.RaiseEpoch();
        }

        Assert.Equal(new LimitsRow(first, 0.004m, AreStored: true), Limits());
        using (StateJournal journal = Open(second, takerFee: 0.003m))
        {
            Assert.Equal(first, Limits().Portfolio);
            _ = journal.RaiseEpoch();
        }

        Assert.Equal(new LimitsRow(second, 0.003m, AreStored: true), Limits());
    }

    [Fact]
    public void A_replay_stores_its_limits_too()
    {
        PortfolioConfig limits = new() { MaxPositions = 6 };
        using (StateJournal journal = Open(limits, takerFee: 0.001m))
        {
            _ = journal.ResumeReplay("input", "configuration", 1, new byte[] { 1 });
        }

        Assert.Equal(limits, Limits().Portfolio);
    }

    [Fact]
    public void How_the_newest_start_rebalances_stands_in_the_database_unless_it_does_not_say()
    {
        RebalanceStrategy whole = new()
        {
            Method = RebalanceMethod.InverseVolatility, ThresholdPct = 7.5m, CalendarHours = 6, TotalWeightPct = 40m,
            RiskAversion = 0.25m, HorizonDays = 30, SlippageBps = 0m,
        };
        RebalanceRow first = new(whole, Orders: true, 15, 3);
        RebalanceRow second = new(new RebalanceStrategy(), Orders: false, 60, 1);
        _folder.Open().Dispose();
        Assert.Null(Rebalance());
        Start(first);
        Assert.Equal(first, Rebalance());
        Start(second);
        Assert.Equal(second, Rebalance());
        Start(null);
        Assert.Equal(second, Rebalance());

        void Start(RebalanceRow? settings)
        {
            using StateJournal journal = StateJournal.Open(
                _folder.Database, new JournalOptions { Rebalance = settings }, JournalFolder.Portfolio,
                JournalFolder.Pairs);
            _ = journal.RaiseEpoch();
        }
    }

    [Fact]
    public void Of_a_rebalance_that_an_older_program_stored_only_the_method_is_known()
    {
        RebalanceRow stored = new(
            new RebalanceStrategy { Method = RebalanceMethod.RiskParity, RiskAversion = 9m }, Orders: true, 15, 3);
        StateJournal.Open(
            _folder.Database, new JournalOptions { Rebalance = stored }, JournalFolder.Portfolio,
            JournalFolder.Pairs).Dispose();
        using (SqliteConnection connection = new($"Data Source={_folder.Database};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = """
                DELETE FROM meta WHERE key IN (
                    'rebalance_threshold_pct', 'rebalance_calendar_hours', 'rebalance_total_weight_pct',
                    'rebalance_risk_aversion', 'rebalance_horizon_days', 'rebalance_slippage_bps')
                """;
            Assert.Equal(6, command.ExecuteNonQuery());
        }

        RebalanceRow expected = new(new RebalanceStrategy { Method = RebalanceMethod.RiskParity }, Orders: true, 15, 3)
        {
            HasStrategy = false,
        };
        Assert.Equal(expected, Rebalance());
    }

    [Fact]
    public void Prices_are_committed_alone_or_with_a_checkpoint_and_the_newest_stand()
    {
        using (StateJournal journal = _folder.Open())
        {
            _ = journal.ResumeReplay("input", "configuration", 1, new byte[] { 1 });
            Assert.Empty(Marks());
            journal.WriteRows(new ReaderRows { Marks = [Btc, Pepe] });
            Assert.Equal([Btc, Pepe], Marks());
            MarkRow newer = Btc with { Price = 44_000m, KnownAtNs = 9 };
            journal.WriteCheckpoint(
                new byte[] { 2 }, new ReplayPosition("input", 10, 9), finished: false,
                () => new ReaderRows { Marks = [newer] });
            Assert.Equal([newer, Pepe], Marks());
            journal.WriteCheckpoint(new byte[] { 3 }, new ReplayPosition("input", 20, 19), finished: true);
            Assert.Equal([newer, Pepe], Marks());
        }

        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(20, database.LatestCheckpoint()!.Position.MarketEvents);
    }

    [Fact]
    public void Prices_alone_leave_the_checkpoint_as_it_is()
    {
        using StateJournal journal = _folder.Open();
        _ = journal.ResumeReplay("input", "configuration", 1, new byte[] { 1 });
        journal.WriteCheckpoint(new byte[] { 2 }, new ReplayPosition("input", 10, 9), finished: false);
        journal.WriteRows(new ReaderRows { Marks = [Btc] });
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(10, database.LatestCheckpoint()!.Position.MarketEvents);
        Assert.Equal([2], database.LatestCheckpoint()!.State.ToArray());
    }

    [Fact]
    public void What_equity_is_measured_against_is_committed_with_prices_and_the_newest_stands()
    {
        EquityRow first = new(new EquityBases(19_700, 100_000.5m, 101_000m, 2.25m), 7);
        EquityRow second = first with { Bases = first.Bases with { Day = 19_701, DayFirst = 99_000m }, KnownAtNs = 9 };
        using StateJournal journal = _folder.Open();
        _ = journal.ResumeReplay("input", "configuration", 1, new byte[] { 1 });
        Assert.Null(Equity());
        journal.WriteRows(new ReaderRows { Equity = first, BreakerBase = 98_000m });
        Assert.Equal(first, Equity());
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(98_000m, database.Portfolio().BreakerBase);
        journal.WriteCheckpoint(
            new byte[] { 2 }, new ReplayPosition("input", 10, 9), finished: false,
            () => new ReaderRows { Marks = [Btc], Equity = second });
        Assert.Equal(second, Equity());
        journal.WriteRows(new ReaderRows { Marks = [Pepe] });
        Assert.Equal(second, Equity());
        Assert.Equal(98_000m, database.Portfolio().BreakerBase);
    }

    [Fact]
    public void A_full_disk_refuses_prices_and_is_told_by_the_journal()
    {
        using StateJournal journal = _folder.Open();
        _ = journal.RaiseEpoch();
        journal.LimitPages(1);
        MarkRow[] many = [.. Enumerable.Range(0, 2_000).Select(i => new MarkRow($"P{i}-USD", 1m, 1))];
        _ = Assert.Throws<JournalException>(() => journal.WriteRows(new ReaderRows { Marks = many }));
        Assert.Equal(JournalHealth.Failed, journal.Health);
        journal.LimitPages(1_000_000);
        Assert.True(SpinWait.SpinUntil(() => journal.Health == JournalHealth.Ok, TimeSpan.FromSeconds(60)));
        journal.WriteRows(new ReaderRows { Marks = [Btc] });
        Assert.Equal([Btc], Marks());
    }

    [Fact]
    public void A_database_of_the_first_schema_has_default_limits_and_no_prices_and_gets_both_at_the_next_start()
    {
        _folder.Open().Dispose();
        _folder.MakeSchema(1);
        Assert.False(Limits().AreStored);
        Assert.Equal(JournalFolder.Portfolio, Limits().Portfolio);
        Assert.Empty(Marks());
        using (StateJournal journal = _folder.Open())
        {
            _ = journal.RaiseEpoch();
            journal.WriteRows(new ReaderRows { Marks = [Btc] });
        }

        Assert.True(Limits().AreStored);
        Assert.Equal([Btc], Marks());
    }

    [Fact]
    public void Calls_made_at_once_see_one_state_while_others_see_the_newest()
    {
        using StateJournal journal = _folder.Open();
        _ = journal.RaiseEpoch();
        journal.WriteRows(new ReaderRows { Marks = [Btc] });
        using PortfolioDatabase database = _folder.Read();
        database.AtOnce(read =>
        {
            Assert.Equal([Btc], read.Marks());
            journal.WriteRows(new ReaderRows { Marks = [Pepe] });
            Assert.Equal([Btc], read.AtOnce(inside => inside.Marks()));
            Assert.Equal([Btc, Pepe], Marks());
            return 0;
        });
        Assert.Equal([Btc, Pepe], database.Marks());
    }

    public void Dispose() => _folder.Dispose();

    private StateJournal Open(PortfolioConfig limits, decimal takerFee) => StateJournal.Open(
        _folder.Database, new JournalOptions { TakerFee = takerFee }, limits, JournalFolder.Pairs);

    private LimitsRow Limits()
    {
        using PortfolioDatabase database = _folder.Read();
        return database.Limits();
    }

    private RebalanceRow? Rebalance()
    {
        using PortfolioDatabase database = _folder.Read();
        return database.Rebalance();
    }

    private EquityRow? Equity()
    {
        using PortfolioDatabase database = _folder.Read();
        return database.Equity();
    }

    private IReadOnlyList<MarkRow> Marks()
    {
        using PortfolioDatabase database = _folder.Read();
        return database.Marks();
    }
}
