namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// The first schema. Decimals are canonical text (exact, readable; never summed in SQL), times are ns since the Unix
/// epoch, UTC.
/// </summary>
/// <remarks>
/// The <c>checkpoint_</c> tables are copies of <c>positions</c>, <c>orders</c> and <c>portfolio</c> as of the
/// checkpoint row. They make a restart one transaction of SQL, whatever was written after the checkpoint.
/// </remarks>
internal static class SchemaVersion1
{
    private const string PositionColumns = """
        (
            position_id  INTEGER PRIMARY KEY,
            product_id   TEXT NOT NULL,
            qty          TEXT NOT NULL,
            entry_price  TEXT NOT NULL,
            state        TEXT NOT NULL,
            cost         TEXT NOT NULL,
            opened_at    INTEGER NOT NULL,
            closed_at    INTEGER,
            highest      TEXT NOT NULL,
            stop_trigger TEXT,
            ratchets     INTEGER NOT NULL,
            bought_qty   TEXT NOT NULL,
            bought_value TEXT NOT NULL,
            sold_qty     TEXT NOT NULL,
            sold_value   TEXT NOT NULL,
            fees         TEXT NOT NULL,
            realized     TEXT NOT NULL,
            exit_price   TEXT,
            exit_reason  TEXT
        ) STRICT;
        """;

    private const string OrderColumns = """
        (
            order_seq    INTEGER PRIMARY KEY,
            product_id   TEXT NOT NULL,
            order_id     TEXT NOT NULL,
            type         TEXT NOT NULL,
            side         TEXT NOT NULL,
            purpose      TEXT NOT NULL,
            state        TEXT NOT NULL,
            qty          TEXT NOT NULL,
            price        TEXT,
            trigger      TEXT,
            filled_qty   TEXT NOT NULL,
            filled_value TEXT NOT NULL,
            fees         TEXT NOT NULL,
            position_id  INTEGER,
            created_at   INTEGER NOT NULL,
            updated_at   INTEGER NOT NULL,
            reason       TEXT
        ) STRICT;
        """;

    private const string PortfolioColumns = """
        (
            id             INTEGER PRIMARY KEY CHECK (id = 1),
            total_capital  TEXT NOT NULL,
            quote_currency TEXT NOT NULL,
            mode           TEXT NOT NULL,
            breaker_base   TEXT NOT NULL,
            equity         TEXT NOT NULL,
            realized       TEXT NOT NULL,
            updated_at     INTEGER NOT NULL
        ) STRICT;
        """;

    private const string Others = """
        CREATE TABLE history (
            id           INTEGER PRIMARY KEY,
            product_id   TEXT,
            action       TEXT NOT NULL,
            price        TEXT,
            qty          TEXT,
            timestamp    INTEGER NOT NULL,
            order_seq    INTEGER,
            position_id  INTEGER,
            value        TEXT NOT NULL,
            fee          TEXT NOT NULL,
            detail       TEXT,
            market_event INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX history_by_product ON history(product_id, timestamp);

        CREATE TABLE products (
            product_id         TEXT PRIMARY KEY,
            base_currency      TEXT NOT NULL,
            quote_currency     TEXT NOT NULL,
            price_increment    TEXT NOT NULL,
            quantity_increment TEXT NOT NULL,
            min_quantity       TEXT NOT NULL,
            min_notional       TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE pairs (
            product_id                TEXT PRIMARY KEY,
            enabled                   INTEGER NOT NULL,
            position_size_pct         TEXT NOT NULL,
            trail_pct                 TEXT NOT NULL,
            stop_limit_buffer_pct     TEXT NOT NULL,
            min_ratchet               TEXT NOT NULL,
            entry_confirmation_level  INTEGER NOT NULL,
            max_entry_wait_candles    INTEGER NOT NULL,
            correlation_group         TEXT,
            entry_collar_pct          TEXT NOT NULL,
            tick_collar_pct           TEXT NOT NULL,
            max_price_age_seconds     INTEGER,
            max_entries_per_hour      INTEGER NOT NULL,
            stop_fill_timeout_seconds INTEGER NOT NULL,
            naked_budget_seconds      INTEGER NOT NULL,
            naked_exit_seconds        INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE checkpoint (
            id            INTEGER PRIMARY KEY CHECK (id = 1),
            state         BLOB NOT NULL,
            fingerprint   TEXT NOT NULL,
            configuration TEXT NOT NULL,
            market_events INTEGER NOT NULL,
            last_event_ns INTEGER NOT NULL,
            finished      INTEGER NOT NULL CHECK (finished IN (0, 1)),
            history_id    INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE meta (
            key   TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;

    public static readonly string Sql =
        $"PRAGMA application_id = {DatabaseSchema.ApplicationId};"
        + "CREATE TABLE positions " + PositionColumns + "CREATE TABLE checkpoint_positions " + PositionColumns
        + "CREATE TABLE orders " + OrderColumns + "CREATE TABLE checkpoint_orders " + OrderColumns
        + "CREATE TABLE portfolio " + PortfolioColumns + "CREATE TABLE checkpoint_portfolio " + PortfolioColumns
        + Others;
}
