using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Writes the prices that readers value positions at.</summary>
/// <remarks>Thread: the writer's, inside a transaction.</remarks>
internal sealed class MarksTable(sqlite3 connection) : IDisposable
{
    private readonly Statement _mark = new(connection, """
        INSERT INTO marks(product_id, price, known_at) VALUES (?, ?, ?)
        ON CONFLICT(product_id) DO UPDATE SET price = excluded.price, known_at = excluded.known_at
        """);

    public void Write(IReadOnlyList<MarkRow> marks)
    {
        foreach (MarkRow mark in marks)
        {
            _mark.Bind(mark.ProductId);
            _mark.Bind(mark.Price);
            _mark.Bind(mark.KnownAtNs);
            _mark.Run();
        }
    }

    public void Dispose() => _mark.Dispose();
}
