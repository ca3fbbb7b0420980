using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Begins a run on an opened database: a replay from where it stands, or a live start. Each is one transaction.
/// </summary>
/// <remarks>Thread: the writer's, with nothing queued. A refusal changes nothing.</remarks>
internal sealed class RunStart(
    string path, WriterConnection writer, ChangeTables changes, CheckpointTables checkpoints,
    PortfolioConfig portfolio, IReadOnlyList<PairSetup> pairs, JournalOptions options)
{
    private SqliteConnection Connection => writer.Connection;

    public ReplayStart Replay(
        string fingerprint, string configuration, long firstEventNs, ReadOnlyMemory<byte> initialState,
        Action<ReplayStart>? accept)
    {
        StoredIdentity identity = StoredIdentity.Read(Connection);
        if (identity.Epoch > 0)
        {
            throw new JournalException($"{path} holds live trading; give --db another file for a replay");
        }

        StoredCheckpoint? stored = StoredCheckpoint.Read(Connection);
        ReplayStart start = Decide(stored, fingerprint, configuration, firstEventNs, initialState);
        accept?.Invoke(start);
        checkpoints.Configuration = Encoding.UTF8.GetBytes(configuration);
        using SqliteTransaction transaction = Connection.BeginTransaction(deferred: false);
        if (start.Kind == ReplayStartKind.Resumed)
        {
            RollBackTo(stored!);
            Recapitalize(allowed: false, start.Position);
        }
        else
        {
            Recapitalize(options.Recapitalize, start.Position);
            ConfigurationTables.StorePairs(Connection, pairs);
            ForgetGroups();
            CopyTables();
            checkpoints.Write(start.State.Span, start.Position, finished: false, changes);
        }

        LimitsTable.Store(Connection, portfolio, options.TakerFee);
        RebalanceSettings.Store(Connection, options.Rebalance);
        transaction.Commit();
        changes.Committed(withCheckpoint: true);
        changes.NameOrders(identity.EngineId, epoch: 0);
        return start;
    }

    public CheckpointRow Reopen(Action<CheckpointRow> accept)
    {
        StoredIdentity identity = StoredIdentity.Read(Connection);
        if (identity.Epoch > 0)
        {
            throw new JournalException($"{path} holds live trading, not a replay");
        }

        StoredCheckpoint stored = StoredCheckpoint.Read(Connection)
            ?? throw new JournalException($"{path} holds no run that has begun");
        CheckpointRow row = new(stored.State, stored.Position, stored.Configuration, stored.Finished, stored.HistoryId);
        accept(row);
        checkpoints.Configuration = Encoding.UTF8.GetBytes(stored.Configuration);
        using SqliteTransaction transaction = Connection.BeginTransaction(deferred: false);
        RollBackTo(stored);
        transaction.Commit();
        changes.Committed(withCheckpoint: true);
        changes.NameOrders(identity.EngineId, epoch: 0);
        return row;
    }

    public long RaiseEpoch(string? venue, bool isAnew)
    {
        StoredIdentity identity = StoredIdentity.Read(Connection);
        StoredCheckpoint? stored = StoredCheckpoint.Read(Connection);
        if (identity.Epoch == 0 && stored is not null)
        {
            throw new JournalException($"{path} holds a replay; give --db another file for live trading");
        }

        long epoch = identity.Epoch + 1;
        using SqliteTransaction transaction = Connection.BeginTransaction(deferred: false);
        Recapitalize(options.Recapitalize, stored?.Position ?? default);
        ConfigurationTables.StorePairs(Connection, pairs);
        ForgetGroups(isAnew);
        if (!options.KeepsLimits)
        {
            LimitsTable.Store(Connection, portfolio, options.TakerFee);
        }

        RebalanceSettings.Store(Connection, options.Rebalance);
        DatabaseCreation.WriteMeta(Connection, "epoch", epoch.ToString(CultureInfo.InvariantCulture));
        DatabaseCreation.WriteMeta(Connection, "venue", venue ?? string.Empty);
        transaction.Commit();
        changes.Committed(withCheckpoint: false);
        changes.NameOrders(identity.EngineId, epoch);
        return epoch;
    }

    private ReplayStart Decide(
        StoredCheckpoint? stored, string fingerprint, string configuration, long firstEventNs,
        ReadOnlyMemory<byte> initialState)
    {
        if (stored is null)
        {
            return new ReplayStart(ReplayStartKind.Fresh, initialState, new ReplayPosition(fingerprint, 0, 0));
        }

        bool sameInput = stored.Position.Fingerprint == fingerprint;
        return (stored.Finished, sameInput) switch
        {
            (true, true) => throw new JournalException(
                $"{path} holds the finished run of this input; give --db another file to run it again"),
            (false, false) => throw new JournalException(
                $"{path} holds an unfinished run of another input; finish that one, or give --db another file"),
            (false, true) when stored.Configuration != configuration => throw new JournalException(
                $"{path} holds an unfinished run with another configuration; "
                + "finish it with that one, or give --db another file"),
            (false, true) => new ReplayStart(ReplayStartKind.Resumed, stored.State, stored.Position),
            (true, false) when firstEventNs <= stored.Position.LastEventNs => throw new JournalException(
                $"{path} holds a run up to {TimeText(
                    stored.Position.LastEventNs)}, the input begins at {TimeText(firstEventNs)}; "
                + "give a later input, or --db another file"),
            (true, false) => new ReplayStart(
                ReplayStartKind.Continued, stored.State, new ReplayPosition(
                    fingerprint, 0, stored.Position.LastEventNs)),
        };
    }

    private void RollBackTo(StoredCheckpoint stored)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = """
            DELETE FROM positions;
            INSERT INTO positions SELECT * FROM checkpoint_positions;
            DELETE FROM orders;
            INSERT INTO orders SELECT * FROM checkpoint_orders;
            DELETE FROM portfolio;
            INSERT INTO portfolio SELECT * FROM checkpoint_portfolio;
            DELETE FROM measured_groups;
            INSERT INTO measured_groups SELECT * FROM checkpoint_measured_groups;
            DELETE FROM history WHERE id > $history;
            """;
        _ = command.Parameters.AddWithValue("$history", stored.HistoryId);
        _ = command.ExecuteNonQuery();
        changes.ContinueAfter(stored.HistoryId);
    }

    /// <summary>
    /// A checkpoint copies what was touched since the one before; the first one of an input copies everything.
    /// </summary>
    private void CopyTables() => DatabaseSchema.Execute(Connection, """
        DELETE FROM checkpoint_positions;
        INSERT INTO checkpoint_positions SELECT * FROM positions;
        DELETE FROM checkpoint_orders;
        INSERT INTO checkpoint_orders SELECT * FROM orders;
        DELETE FROM checkpoint_measured_groups;
        INSERT INTO checkpoint_measured_groups SELECT * FROM measured_groups;
        """);

    /// <summary>What nobody measures any more would be shown, and taken over after a crash, for ever.</summary>
    private void ForgetGroups(bool isAnew = false)
    {
        if (isAnew || !options.KeepsMeasuredGroups)
        {
            DatabaseSchema.Execute(Connection, """
                DELETE FROM measured_groups;
                DELETE FROM correlation_close;
                DELETE FROM correlation_pairs;
                DELETE FROM correlations;
                """);
        }
    }

    private void Recapitalize(bool allowed, in ReplayPosition position)
    {
        (decimal before, _) = ConfigurationTables.ReadCapital(Connection);
        if (before == portfolio.TotalCapital)
        {
            return;
        }

        if (!allowed)
        {
            throw new JournalException(
                $"{path} has a run of {before} {portfolio.QuoteCurrency} under way; "
                + "its capital can change when it is finished");
        }

        ConfigurationTables.StoreCapital(Connection, portfolio.TotalCapital);
        StateChange note = new()
        {
            Action = HistoryAction.CapitalChanged,
            TimeNs = position.LastEventNs,
            MarketEvent = position.MarketEvents,
            Value = portfolio.TotalCapital,
        };
        changes.WriteNote(
            note, string.Create(CultureInfo.InvariantCulture, $"total capital was {before} {portfolio.QuoteCurrency}"));
    }

    private static string TimeText(long ns) =>
        DateTime.UnixEpoch.AddTicks(ns / 100).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
