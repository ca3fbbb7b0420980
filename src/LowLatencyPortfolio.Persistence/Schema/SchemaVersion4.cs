namespace LowLatencyPortfolio.Persistence;

/// <summary>History by what happened: a start asks for the newest halt, resume and fill.</summary>
/// <remarks>
/// Without it each question reads the whole table when there is no such row: some tenths of a second a million rows,
/// and a start has eight of them. The id, which is the row's key, is the index's second column by itself.
/// </remarks>
internal static class SchemaVersion4
{
    public const string Sql = "CREATE INDEX history_by_action ON history(action);";
}
