namespace LowLatencyPortfolio.Persistence;

/// <summary>What is learnt of the market: which pairs move together, and how much.</summary>
/// <remarks>
/// <c>measured_groups</c> is what the risk gate goes by: it is written with the event that changed it, copied with
/// every checkpoint, and read after a crash. The other tables are for readers beside the engine, and nothing that decides
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

    private static readonly string[] s_tables =
    [
        "CREATE TABLE measured_groups " + GroupColumns,
        "CREATE TABLE checkpoint_measured_groups " + GroupColumns,
        Correlations,
    ];

    public static string Sql => string.Join('\n', s_tables);
}
