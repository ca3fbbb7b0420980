using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Reads a database, also while an engine writes to it. Cannot change it.</summary>
/// <remarks>
/// Thread: one at a time. Each call reads one consistent state of its table, the newest committed; two calls may see
/// two states, unless they are made inside <see cref="AtOnce"/>. A reader never makes the writer wait, but while a call
/// runs the write-ahead log cannot start over: read quickly, then close.
/// </remarks>
public sealed class PortfolioDatabase : IDisposable
{
    private static readonly string s_finalStates = string.Join(
        ", ",
        Enum.GetValues<OrderState>().Where(OrderTransitions.IsFinal).Select(state => $"'{StoredNames.Of(state)}'"));

    private readonly SqliteConnection _connection;
    private bool _isAtOnce;

    private PortfolioDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens a database for reading.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The reader.</returns>
    /// <remarks>
    /// The file stays as it is, byte for byte. Beside it SQLite may leave an empty log (-wal) and its index (-shm), but
    /// not in a folder that nobody may write.
    /// </remarks>
    /// <exception cref="JournalException">
    /// The file is missing, not a database, not ours, or newer than this program.
    /// </exception>
    public static PortfolioDatabase OpenReadOnly(string path)
    {
        string full = DatabasePath.Resolve(path);
        DatabasePath.RequireExisting(full);
        SqliteConnection connection = new(
            DatabasePath.IsSealed(full) ? ConnectionTexts.Untouched(full) : ConnectionTexts.ReadOnly(full));
        try
        {
            DatabaseInspection.RequireOurHeader(full);
            connection.Open();
            DatabaseSchema.Execute(connection, "PRAGMA query_only = ON");
            DatabaseInspection.RequireOurId(full, connection);
            DatabaseInspection.RequireKnownVersion(full, connection);
            return new PortfolioDatabase(connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw DatabaseInspection.Refusal(full, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether an engine runs on a database now.</summary>
    /// <param name="path">The file; false when there is none.</param>
    /// <returns>True while its lock is held.</returns>
    /// <remarks>
    /// Thread: any. An engine that starts in the same instant may find the lock taken, and is refused then.
    /// </remarks>
    public static bool IsInUse(string path) => InstanceLock.IsHeld(DatabasePath.Resolve(path));

    /// <summary>Makes several calls see one and the same state.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Makes the calls, this one included; quickly, since the log cannot start over
    /// meanwhile.</param>
    /// <returns>What <paramref name="read"/> returned.</returns>
    /// <exception cref="JournalException">The file cannot be read any more.</exception>
    public T AtOnce<T>(Func<PortfolioDatabase, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (_isAtOnce)
        {
            return read(this);
        }

        try
        {
            _isAtOnce = true;
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
            return read(this);
        }
        catch (SqliteException e)
        {
            throw DatabaseInspection.Refusal(_connection.DataSource, e);
        }
        finally
        {
            _isAtOnce = false;
        }
    }

    /// <summary>All positions, oldest first.</summary>
    /// <returns>Open and closed ones.</returns>
    public IReadOnlyList<PositionRow> Positions() => Read(
        """
        SELECT position_id, product_id, qty, entry_price, state, cost, opened_at, closed_at, highest, stop_trigger,
               ratchets, bought_qty, bought_value, sold_qty, sold_value, fees, realized, exit_price, exit_reason
        FROM positions ORDER BY position_id
        """,
        static row => new PositionRow(
            row.Number(), row.Text(), row.Decimal(), row.Decimal(), row.Value<StopState>(), row.Decimal(),
            row.Number(), row.NumberOrNull(), row.Decimal(), row.DecimalOrNull(), (int)row.Number(),
            row.Decimal(), row.Decimal(), row.Decimal(), row.Decimal(),
            row.Decimal(), row.Decimal(), row.DecimalOrNull(), row.ValueOrNone<ExitReason>()));

    /// <summary>All orders by number.</summary>
    /// <returns>Live and final ones.</returns>
    public IReadOnlyList<OrderRow> Orders() => Read(
        """
        SELECT order_seq, product_id, order_id, type, side, purpose, state, qty, price, trigger,
               filled_qty, filled_value, fees, position_id, created_at, updated_at, reason
        FROM orders ORDER BY order_seq
        """,
        static row => new OrderRow(
            row.Number(), row.Text(), row.Text(),
            row.Value<OrderType>(), row.Value<OrderSide>(), row.Value<OrderPurpose>(), row.Value<OrderState>(),
            row.Decimal(), row.DecimalOrNull(), row.DecimalOrNull(), row.Decimal(), row.Decimal(), row.Decimal(),
            row.NumberOrNull(), row.Number(), row.Number(), row.TextOrNull()));

    /// <summary>Whether an order may still trade.</summary>
    /// <returns>True when one is not final.</returns>
    public bool HasOpenOrders() => Read(
        $"SELECT EXISTS (SELECT 1 FROM orders WHERE state NOT IN ({s_finalStates}))",
        static row => row.Number())[0] != 0;

    /// <summary>History in order.</summary>
    /// <param name="afterId">Only rows after this id; 0 for all.</param>
    /// <param name="atMost">Most rows returned, at least 0.</param>
    /// <returns>The oldest of them first.</returns>
    public IReadOnlyList<HistoryRow> History(long afterId = 0, int atMost = int.MaxValue) => Read(
        """
        SELECT id, product_id, action, price, qty, timestamp, order_seq, position_id, value, fee, detail, market_event
        FROM history WHERE id > $after ORDER BY id LIMIT $most
        """,
        HistoryOf,
        ("$after", afterId), ("$most", atMost));

    /// <summary>The newest history.</summary>
    /// <param name="atMost">Most rows returned, at least 0.</param>
    /// <param name="productId">Only this product; null for all and the portfolio's own.</param>
    /// <param name="action">Only this action; None for all.</param>
    /// <param name="positionId">Only this position; 0 for all.</param>
    /// <returns>The oldest of them first.</returns>
    public IReadOnlyList<HistoryRow> LatestHistory(
        int atMost, string? productId = null, HistoryAction action = HistoryAction.None, long positionId = 0) => Read(
        action == HistoryAction.None ? LatestOf("$action IS NULL") : LatestOf("action = $action"), HistoryOf,
        ("$most", atMost), ("$product", productId), ("$position", positionId),
        ("$action", action == HistoryAction.None ? null : Encoding.UTF8.GetString(StoredText.Of(action))));

    /// <summary>The portfolio.</summary>
    /// <returns>Its one row.</returns>
    public PortfolioRow Portfolio() => Read(
        "SELECT total_capital, quote_currency, mode, breaker_base, equity, realized, updated_at FROM portfolio",
        static row => new PortfolioRow(
            row.Decimal(), row.Text(), row.Value<TradingMode>(),
            row.Decimal(), row.Decimal(), row.Decimal(), row.Number()))[0];

    /// <summary>The limits of the newest start.</summary>
    /// <returns>Those that are stored, or the defaults with the database's capital where none are.</returns>
    public LimitsRow Limits()
    {
        PortfolioRow portfolio = Portfolio();
        PortfolioConfig config =
            new() { TotalCapital = portfolio.TotalCapital, QuoteCurrency = portfolio.QuoteCurrency };
        List<LimitsRow> stored = !HasTable("limits") ? [] : Read(
            """
            SELECT max_position_size_pct, max_positions, max_correlated_exposure_pct, max_top_n_concentration_pct,
                   top_n_concentration, rebalance_threshold_pct, emergency_liquidation_loss_pct, daily_loss_pct,
                   max_concurrent_entries, max_order_notional, max_orders_per_second, taker_fee
            FROM limits
            """,
            row => new LimitsRow(
                config with
                {
                    MaxPositionSizePct = row.Decimal(),
                    MaxPositions = (int)row.Number(),
                    MaxCorrelatedExposurePct = row.Decimal(),
                    MaxTopNConcentrationPct = row.DecimalOrNull(),
                    TopNConcentration = (int)row.Number(),
                    RebalanceThresholdPct = row.Decimal(),
                    EmergencyLiquidationLossPct = row.Decimal(),
                    DailyLossPct = row.Decimal(),
                    MaxConcurrentEntries = (int)row.Number(),
                    MaxOrderNotional = row.DecimalOrNull(),
                    MaxOrdersPerSecond = (int)row.Number(),
                },
                row.Decimal(), AreStored: true));
        return stored.Count > 0 ? stored[0] : new LimitsRow(config, new JournalOptions().TakerFee, AreStored: false);
    }

    /// <summary>
    /// Newest prices that were written down: with every checkpoint, and live once a second of what is held.
    /// </summary>
    /// <returns>By product id; empty where the database was last written by a program that stored none.</returns>
    public IReadOnlyList<MarkRow> Marks() => !HasTable("marks") ? [] : Read(
        "SELECT product_id, price, known_at FROM marks ORDER BY product_id",
        static row => new MarkRow(row.Text(), row.Decimal(), row.Number()));

    /// <summary>What equity is measured against, as it was last written down.</summary>
    /// <returns>Null where nothing says it.</returns>
    public EquityRow? Equity() => !HasTable("equity") ? null : Read(
        "SELECT day, day_first, highest, max_drawdown_pct, known_at FROM equity",
        static row => new EquityRow(
            new EquityBases(row.Number(), row.Decimal(), row.Decimal(), row.Decimal()), row.Number())).FirstOrDefault();

    /// <summary>Which pairs the risk gate takes as moving together.</summary>
    /// <returns>
    /// By product id; pairs that never moved with another are absent, and all in a database of an older program.
    /// </returns>
    public IReadOnlyList<MeasuredGroupRow> MeasuredGroups() => !HasTable("measured_groups") ? [] : Read(
        "SELECT product_id, group_id, changed_at FROM measured_groups ORDER BY product_id",
        static row => new MeasuredGroupRow(row.Text(), row.Text(), row.Number()));

    /// <summary>Correlations after the newest candle close that was written down.</summary>
    /// <returns>Null where none was, as in a database of an older program.</returns>
    public CorrelationRows? Correlations() =>
        HasTable("correlations") ? AtOnce(static database => StoredCorrelations.Read(database._connection)) : null;

    /// <summary>The newest version of what a model has learned.</summary>
    /// <param name="model">The model's name.</param>
    /// <returns>Null where it was never stored.</returns>
    public ModelParameters? LatestModel(string model) =>
        ModelVersions(model, atMost: 1) is [.., { } newest] ? newest : null;

    /// <summary>What a model has learned, version by version.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="atMost">The newest so many.</param>
    /// <returns>Oldest first; empty where it was never stored.</returns>
    public IReadOnlyList<ModelParameters> ModelVersions(string model, int atMost = int.MaxValue) =>
        !HasTable("model_parameters") ? [] : Read(
            """
            SELECT version, learned_at, samples, parameters FROM (
                SELECT * FROM model_parameters WHERE model = $model ORDER BY version DESC LIMIT $most)
            ORDER BY version
            """,
            row => new ModelParameters(model, row.Number(), row.Number(), row.Number(), row.Text()),
            ("$model", model), ("$most", atMost));

    /// <summary>Products and pairs of every start so far, as the newest start that had them was configured.</summary>
    /// <returns>In the ordinal order of their ids.</returns>
    public IReadOnlyList<(ProductSpec Product, PairConfig Config)> Pairs() => Read(
        """
        SELECT product_id, price_increment, quantity_increment, min_quantity, min_notional, enabled,
               position_size_pct, trail_pct, stop_limit_buffer_pct, min_ratchet, entry_confirmation_level,
               max_entry_wait_candles, correlation_group, entry_collar_pct, tick_collar_pct, max_price_age_seconds,
               max_entries_per_hour, stop_fill_timeout_seconds, naked_budget_seconds, naked_exit_seconds
        FROM products JOIN pairs USING (product_id) ORDER BY product_id
        """,
        static row =>
        {
            ProductSpec product = new(row.Text(), row.Decimal(), row.Decimal(), row.Decimal(), row.Decimal());
            return (product, new PairConfig
            {
                ProductId = product.ProductId,
                Enabled = row.Number() != 0,
                PositionSizePct = row.Decimal(),
                TrailPct = row.Decimal(),
                StopLimitBufferPct = row.Decimal(),
                MinRatchet = row.Decimal(),
                EntryConfirmationLevel = (int)row.Number(),
                MaxEntryWaitCandles = (int)row.Number(),
                CorrelationGroup = row.TextOrNull(),
                EntryCollarPct = row.Decimal(),
                TickCollarPct = row.Decimal(),
                MaxPriceAgeSeconds = (int?)row.NumberOrNull(),
                MaxEntriesPerHour = (int)row.Number(),
                StopFillTimeoutSeconds = (int)row.Number(),
                NakedBudgetSeconds = (int)row.Number(),
                NakedExitSeconds = (int)row.Number(),
            });
        });

    /// <summary>The newest checkpoint.</summary>
    /// <returns>Null in a database without one, such as that of live trading.</returns>
    public CheckpointRow? LatestCheckpoint() => StoredCheckpoint.Read(_connection) is { } stored
        ? new CheckpointRow(stored.State, stored.Position, stored.Configuration, stored.Finished, stored.HistoryId)
        : null;

    /// <summary>
    /// What the database says of itself: <c>engine_id</c>, <c>epoch</c>, <c>created_with</c>, where the last live start
    /// traded, <c>venue</c>, and the settings of <see cref="Rebalance"/>.
    /// </summary>
    /// <returns>Values by key.</returns>
    public IReadOnlyDictionary<string, string> Meta() => Read(
        "SELECT key, value FROM meta",
        static row => KeyValuePair.Create(row.Text(), row.Text())).ToDictionary(StringComparer.Ordinal);

    /// <summary>How the newest start rebalances.</summary>
    /// <returns>Null where the database was last written by a program that did not store it.</returns>
    public RebalanceRow? Rebalance() => RebalanceSettings.Of(Meta());

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    // An action that is compared with nothing else is found by its index.
    private static string LatestOf(string ofAction) => $"""
        SELECT * FROM (
            SELECT id, product_id, action, price, qty, timestamp, order_seq, position_id, value, fee, detail,
                   market_event
            FROM history
            WHERE {ofAction} AND ($product IS NULL OR product_id = $product)
                AND ($position = 0 OR position_id = $position)
            ORDER BY id DESC LIMIT $most)
        ORDER BY id
        """;

    private static HistoryRow HistoryOf(RowReader row) => new(
        row.Number(), row.TextOrNull(), row.Value<HistoryAction>(), row.DecimalOrNull(), row.DecimalOrNull(),
        row.Number(), row.NumberOrNull(), row.NumberOrNull(), row.Decimal(), row.Decimal(),
        row.TextOrNull(), row.Number());

    private bool HasTable(string name) => Read(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $name",
        static row => row.Number(), ("$name", name))[0] > 0;

    private List<T> Read<T>(
        string sql, Func<RowReader, T> make, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object? value) in parameters)
        {
            _ = command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(make(new RowReader(reader)));
        }

        return rows;
    }
}
