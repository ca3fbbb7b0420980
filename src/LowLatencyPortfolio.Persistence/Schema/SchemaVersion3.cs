namespace LowLatencyPortfolio.Persistence;

/// <summary>What equity is measured against, so that a crash does not begin a new day for the daily loss limit.</summary>
/// <remarks><c>equity</c> is written with every checkpoint and, live, once a second while it changes.</remarks>
internal static class SchemaVersion3
{
    public const string Sql = """
        CREATE TABLE equity (
            id               INTEGER PRIMARY KEY CHECK (id = 1),
            day              INTEGER NOT NULL,
            day_first        TEXT NOT NULL,
            highest          TEXT NOT NULL,
            max_drawdown_pct TEXT NOT NULL,
            known_at         INTEGER NOT NULL
        ) STRICT;
        """;
}
