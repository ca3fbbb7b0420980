using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Writes the checkpoint row and brings the copies of the tables up to it.</summary>
/// <remarks>
/// Thread: the writer's, inside a transaction. Allocation: none when the fingerprint is the same string as before.
/// </remarks>
internal sealed class CheckpointTables : IDisposable
{
    private readonly Statement _checkpoint;
    private readonly Statement _copyOrder;
    private readonly Statement _copyPosition;
    private readonly Statement _copyPortfolio;
    private readonly Statement _forgetGroups;
    private readonly Statement _copyGroups;
    private string? _fingerprint;
    private byte[] _fingerprintText = [];

    public CheckpointTables(sqlite3 connection)
    {
        _checkpoint = new Statement(connection, """
            INSERT INTO checkpoint(
                id, state, fingerprint, configuration, market_events, last_event_ns, finished, history_id)
            VALUES (1, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET
                state = excluded.state, fingerprint = excluded.fingerprint, configuration = excluded.configuration,
                market_events = excluded.market_events, last_event_ns = excluded.last_event_ns,
                finished = excluded.finished, history_id = excluded.history_id
            """);
        _copyOrder = new Statement(
            connection, "INSERT OR REPLACE INTO checkpoint_orders SELECT * FROM orders WHERE order_seq = ?");
        _copyPosition = new Statement(
            connection, "INSERT OR REPLACE INTO checkpoint_positions SELECT * FROM positions WHERE position_id = ?");
        _copyPortfolio = new Statement(
            connection, "INSERT OR REPLACE INTO checkpoint_portfolio SELECT * FROM portfolio");
        _forgetGroups = new Statement(connection, "DELETE FROM checkpoint_measured_groups");
        _copyGroups = new Statement(
            connection, "INSERT INTO checkpoint_measured_groups SELECT * FROM measured_groups");
        Valuation = new ValuationTables(connection);
        Correlations = new CorrelationTables(connection);
        Models = new ModelTable(connection);
    }

    /// <summary>Prices and what they make of equity, beside a checkpoint, and live between two.</summary>
    public ValuationTables Valuation { get; }

    /// <summary>Correlations that stand beside a checkpoint, and live beside a candle close.</summary>
    public CorrelationTables Correlations { get; }

    /// <summary>What models have learned, beside a checkpoint or between two.</summary>
    public ModelTable Models { get; }

    /// <summary>Fingerprint of the configuration of this run, UTF-8; stored with every checkpoint.</summary>
    public byte[] Configuration { get; set; } = "none"u8.ToArray();

    public void Write(ReadOnlySpan<byte> state, in ReplayPosition position, bool finished, ChangeTables changes)
    {
        if (!ReferenceEquals(position.Fingerprint, _fingerprint))
        {
            _fingerprint = position.Fingerprint;
            _fingerprintText = System.Text.Encoding.UTF8.GetBytes(position.Fingerprint);
        }

        _checkpoint.BindBlob(state);
        _checkpoint.Bind(_fingerprintText);
        _checkpoint.Bind(Configuration);
        _checkpoint.Bind(position.MarketEvents);
        _checkpoint.Bind(position.LastEventNs);
        _checkpoint.Bind(finished ? 1 : 0);
        _checkpoint.Bind(changes.HistoryId);
        _checkpoint.Run();

        foreach (long order in changes.TouchedOrders)
        {
            _copyOrder.Bind(order);
            _copyOrder.Run();
        }

        foreach (long held in changes.TouchedPositions)
        {
            _copyPosition.Bind(held);
            _copyPosition.Run();
        }

        _copyPortfolio.Run();
        if (changes.TouchedGroups)
        {
            _forgetGroups.Run();
            _copyGroups.Run();
        }
    }

    public void Dispose()
    {
        _checkpoint.Dispose();
        _copyOrder.Dispose();
        _copyPosition.Dispose();
        _copyPortfolio.Dispose();
        _forgetGroups.Dispose();
        _copyGroups.Dispose();
        Valuation.Dispose();
        Correlations.Dispose();
        Models.Dispose();
    }
}
