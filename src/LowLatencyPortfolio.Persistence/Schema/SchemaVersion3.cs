namespace LowLatencyPortfolio.Persistence;

/// <summary>What the engine learns while it trades, one statement a table.</summary>
/// <remarks><c>model_parameters</c> has a row for each version of what a model learned; the newest is read at a
/// start.</remarks>
internal static class SchemaVersion3
{
    private static readonly string[] Statements =
    [
        """
        CREATE TABLE model_parameters (
            model      TEXT NOT NULL,
            version    INTEGER NOT NULL CHECK (version >= 1),
            learned_at INTEGER NOT NULL,
            samples    INTEGER NOT NULL,
            parameters TEXT NOT NULL,
            PRIMARY KEY (model, version)
        ) STRICT, WITHOUT ROWID;
        """,
    ];

    public static readonly string Sql = string.Join('\n', Statements);
}
