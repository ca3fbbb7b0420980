using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Writes the newest correlations in place of those before.</summary>
/// <remarks>Thread: the writer's, inside a transaction.</remarks>
internal sealed class CorrelationTables(sqlite3 connection) : IDisposable
{
    private readonly Statement _close = new(connection, """
        INSERT OR REPLACE INTO correlation_close(
            id, closed_at, candle_seconds, closes, effective_closes, mean_correlation, shrinkage)
        VALUES (1, ?, ?, ?, ?, ?, ?)
        """);

    private readonly Statement _forgetPairs = new(connection, "DELETE FROM correlation_pairs");
    private readonly Statement _pair = new(
        connection, "INSERT INTO correlation_pairs(product_id, is_measured, volatility) VALUES (?, ?, ?)");

    private readonly Statement _forget = new(connection, "DELETE FROM correlations");
    private readonly Statement _correlation = new(
        connection, "INSERT INTO correlations(product_id, other_id, correlation) VALUES (?, ?, ?)");

    public void Write(CorrelationRows? rows)
    {
        if (rows is null)
        {
            return;
        }

        WriteClose(rows);
        _forgetPairs.Run();
        _forget.Run();
        int pairs = rows.ProductIds.Length;
        for (int i = 0; i < pairs; i++)
        {
            _pair.Bind(rows.ProductIds[i]);
            _pair.Bind(rows.AreMeasured[i] ? 1 : 0);
            _pair.Bind(rows.Volatilities[i]);
            _pair.Run();
            for (int j = i + 1; j < pairs; j++)
            {
                _correlation.Bind(rows.ProductIds[i]);
                _correlation.Bind(rows.ProductIds[j]);
                _correlation.Bind(rows.Correlations[(i * pairs) + j]);
                _correlation.Run();
            }
        }
    }

    public void Dispose()
    {
        _close.Dispose();
        _forgetPairs.Dispose();
        _pair.Dispose();
        _forget.Dispose();
        _correlation.Dispose();
    }

    private void WriteClose(CorrelationRows rows)
    {
        _close.Bind(rows.ClosedAtNs);
        _close.Bind(rows.CandleSeconds);
        _close.Bind(rows.Closes);
        _close.Bind(rows.EffectiveCloses);
        _close.Bind(rows.MeanCorrelation);
        _close.Bind(rows.Shrinkage);
        _close.Run();
    }
}
