using System.Text;
using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// One statement, prepared once and run many times; parameters are bound straight through the handle.
/// </summary>
/// <remarks>Thread: the connection's. Allocation: none in binding and running.</remarks>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private int _parameter;

    public Statement(sqlite3 connection, string sql)
    {
        _connection = connection;
        int result = raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement);
        Check(result);
    }

    /// <summary>Binds the next parameter.</summary>
    public void Bind(long value) => Check(raw.sqlite3_bind_int64(_statement, ++_parameter, value));

    /// <summary>Binds the next parameter to the number, or to NULL when it is 0.</summary>
    public void BindUnlessZero(long value)
    {
        if (value == 0)
        {
            BindNull();
        }
        else
        {
            Bind(value);
        }
    }

    /// <summary>Binds the next parameter to text, or to NULL when it is empty.</summary>
    public void Bind(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            BindNull();
        }
        else
        {
            Check(raw.sqlite3_bind_text(_statement, ++_parameter, utf8));
        }
    }

    /// <summary>Binds the next parameter to text, or to NULL. Allocates: not for the steady state.</summary>
    public void Bind(string? text) => Bind(text is null ? default : Encoding.UTF8.GetBytes(text).AsSpan());

    /// <summary>Binds the next parameter to the number's canonical text.</summary>
    public void Bind(decimal value)
    {
        Span<byte> room = stackalloc byte[CanonicalDecimal.MaxBytes];
        Bind(CanonicalDecimal.Format(value, room));
    }

    /// <summary>Binds the next parameter to the canonical text of a ring count.</summary>
    public void BindUnits(long units, int decimals)
    {
        Span<byte> room = stackalloc byte[CanonicalDecimal.MaxBytes];
        Bind(CanonicalDecimal.FormatUnits(units, decimals, room));
    }

    /// <summary>Binds the next parameter to the canonical text of a ring count, or to NULL when it is 0.</summary>
    public void BindUnitsUnlessZero(long units, int decimals)
    {
        if (units == 0)
        {
            BindNull();
        }
        else
        {
            BindUnits(units, decimals);
        }
    }

    /// <summary>Binds the next parameter to a floating-point number: an estimate, never money.</summary>
    public void Bind(double value) => Check(raw.sqlite3_bind_double(_statement, ++_parameter, value));

    public void BindBlob(ReadOnlySpan<byte> value) => Check(value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(_statement, ++_parameter, 0)
        : raw.sqlite3_bind_blob(_statement, ++_parameter, value));

    public void BindNull() => Check(raw.sqlite3_bind_null(_statement, ++_parameter));

    /// <summary>Runs to the end and makes ready for the next binding.</summary>
    /// <exception cref="WriteFailedException">SQLite refused.</exception>
    public void Run()
    {
        _parameter = 0;
        int result = raw.sqlite3_step(_statement);
        while (result == raw.SQLITE_ROW)
        {
            result = raw.sqlite3_step(_statement);
        }

        WriteFailedException? failure = result == raw.SQLITE_DONE ? null : Failure(result);
        _ = raw.sqlite3_reset(_statement);
        if (failure is not null)
        {
            throw failure;
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            _parameter = 0;
            throw Failure(result);
        }
    }

    private WriteFailedException Failure(int result) =>
        new(result, raw.sqlite3_errmsg(_connection).utf8_to_string()
            + $" (SQLite {raw.sqlite3_extended_errcode(_connection)})");
}
