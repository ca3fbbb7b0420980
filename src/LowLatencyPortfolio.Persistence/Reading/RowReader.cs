using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Reads a row column by column, in order.</summary>
internal struct RowReader(SqliteDataReader row)
{
    private int _column = -1;

    public long Number() => row.GetInt64(++_column);

    public long? NumberOrNull() => IsNull() ? null : row.GetInt64(_column);

    public string Text() => row.GetString(++_column);

    public string? TextOrNull() => IsNull() ? null : row.GetString(_column);

    public decimal Decimal() => CanonicalDecimal.Parse(row.GetString(++_column));

    public decimal? DecimalOrNull() => IsNull() ? null : CanonicalDecimal.Parse(row.GetString(_column));

    public T Value<T>()
        where T : struct, Enum => StoredText.Parse<T>(row.GetString(++_column));

    /// <summary>The value, or its default (None) for NULL.</summary>
    public T ValueOrNone<T>()
        where T : struct, Enum => IsNull() ? default : StoredText.Parse<T>(row.GetString(_column));

    private bool IsNull() => row.IsDBNull(++_column);
}
