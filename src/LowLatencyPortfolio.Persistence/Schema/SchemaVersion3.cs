namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// What equity is measured against, and what is learnt of the market: which pairs move together, and how much.
/// </summary>
/// <remarks>
/// <c>equity</c> is written with every checkpoint and, live, once a second while it changes; it is read after a crash.
/// <c>measured_groups</c> is what the risk gate goes by: it is written with the event that changed it, copied with
/// every checkpoint, and read after a crash. <c>model_parameters</c> has a row for each version of what a model
/// learned; the newest is read at a start. The other tables are for readers beside the engine, and nothing that decides
/// reads them: correlations and volatilities after the newest candle close, floating-point numbers because they are
/// estimates, each pair of pairs once, the lower product id first.
/// </remarks>
internal static class SchemaVersion3
{
    private const string GroupColumns = """
        (
            product_id TEXT PRIMARY KEY,
            group_id   TEXT NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;

    private const string Correlations = """
        CREATE TABLE correlation_close (
            id               INTEGER PRIMARY KEY CHECK (id = 1),
            closed_at        INTEGER NOT NULL,
            candle_seconds   INTEGER NOT NULL,
            closes           INTEGER NOT NULL,
            effective_closes REAL NOT NULL,
            mean_correlation REAL NOT NULL,
            shrinkage        REAL NOT NULL
        ) STRICT;

        CREATE TABLE correlation_pairs (
            product_id  TEXT PRIMARY KEY,
            is_measured INTEGER NOT NULL,
            volatility  REAL NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE correlations (
            product_id  TEXT NOT NULL,
            other_id    TEXT NOT NULL,
            correlation REAL NOT NULL,
            PRIMARY KEY (product_id, other_id)
        ) STRICT, WITHOUT ROWID;
        """;

    private const string Equity = """
        CREATE TABLE equity (
            id               INTEGER PRIMARY KEY CHECK (id = 1),
            day              INTEGER NOT NULL,
            day_first        TEXT NOT NULL,
            highest          TEXT NOT NULL,
            max_drawdown_pct TEXT NOT NULL,
            known_at         INTEGER NOT NULL
        ) STRICT;
        """;

    private const string ModelParameters = """
        CREATE TABLE model_parameters (
            model      TEXT NOT NULL,
            version    INTEGER NOT NULL CHECK (version >= 1),
            learned_at INTEGER NOT NULL,
            samples    INTEGER NOT NULL,
            parameters TEXT NOT NULL,
            PRIMARY KEY (model, version)
        ) STRICT, WITHOUT ROWID;
        """;

    private static readonly string[] s_tables =
    [
        Equity,
        ModelParameters,
        "CREATE TABLE measured_groups " + GroupColumns,
        "CREATE TABLE checkpoint_measured_groups " + GroupColumns,
        Correlations,
    ];

    public static string Sql => string.Join('\n', s_tables);
}
