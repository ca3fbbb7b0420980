using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Writes prices, and what equity is measured against.</summary>
/// <remarks>Thread: the writer's, inside a transaction.</remarks>
internal sealed class ValuationTables(sqlite3 connection) : IDisposable
{
    private readonly Statement _mark = new(connection, """
        INSERT INTO marks(product_id, price, known_at) VALUES (?, ?, ?)
        ON CONFLICT(product_id) DO UPDATE SET price = excluded.price, known_at = excluded.known_at
        """);

    private readonly Statement _equity = new(connection, """
        INSERT OR REPLACE INTO equity(id, day, day_first, highest, max_drawdown_pct, known_at)
        VALUES (1, ?, ?, ?, ?, ?)
        """);

    private readonly Statement _breakerBase = new(connection, "UPDATE portfolio SET breaker_base = ?");

    public void Write(ReaderRows rows)
    {
        foreach (MarkRow mark in rows.Marks)
        {
            _mark.Bind(mark.ProductId);
            _mark.Bind(mark.Price);
            _mark.Bind(mark.KnownAtNs);
            _mark.Run();
        }

        if (rows.Equity is { } equity)
        {
            _equity.Bind(equity.Bases.Day);
            _equity.Bind(equity.Bases.DayFirst);
            _equity.Bind(equity.Bases.Highest);
            _equity.Bind(equity.Bases.MaxDrawdownPct);
            _equity.Bind(equity.KnownAtNs);
            _equity.Run();
        }

        if (rows.BreakerBase is { } breakerBase)
        {
            _breakerBase.Bind(breakerBase);
            _breakerBase.Run();
        }
    }

    public void Dispose()
    {
        _mark.Dispose();
        _equity.Dispose();
        _breakerBase.Dispose();
    }
}
