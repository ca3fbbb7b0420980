using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Reads the tables of correlations back into a matrix; inside the caller's transaction.</summary>
internal static class StoredCorrelations
{
    /// <exception cref="JournalException">They name a pair that is not listed: something else wrote them.</exception>
    public static CorrelationRows? Read(SqliteConnection connection)
    {
        (string[] products, bool[] measured, double[] volatilities) = ReadPairs(connection);
        double[] matrix = ReadMatrix(connection, products);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT closed_at, candle_seconds, closes, effective_closes, mean_correlation, shrinkage
            FROM correlation_close
            """;
        using SqliteDataReader reader = command.ExecuteReader();
        return !reader.Read() ? null : new CorrelationRows
        {
            ClosedAtNs = reader.GetInt64(0),
            CandleSeconds = reader.GetInt32(1),
            Closes = reader.GetInt64(2),
            EffectiveCloses = reader.GetDouble(3),
            MeanCorrelation = reader.GetDouble(4),
            Shrinkage = reader.GetDouble(5),
            ProductIds = products,
            AreMeasured = measured,
            Volatilities = volatilities,
            Correlations = matrix,
        };
    }

    private static (string[] Products, bool[] Measured, double[] Volatilities) ReadPairs(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "SELECT product_id, is_measured, volatility FROM correlation_pairs ORDER BY product_id";
        using SqliteDataReader reader = command.ExecuteReader();
        List<(string Product, bool IsMeasured, double Volatility)> rows = [];
        while (reader.Read())
        {
            rows.Add((reader.GetString(0), reader.GetInt64(1) != 0, reader.GetDouble(2)));
        }

        return (
            [.. rows.Select(row => row.Product)], [.. rows.Select(row => row.IsMeasured)],
            [.. rows.Select(row => row.Volatility)]);
    }

    private static double[] ReadMatrix(SqliteConnection connection, string[] products)
    {
        int pairs = products.Length;
        double[] matrix = new double[pairs * pairs];
        for (int i = 0; i < pairs; i++)
        {
            matrix[(i * pairs) + i] = 1;
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT product_id, other_id, correlation FROM correlations";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            int row = IndexOf(products, reader.GetString(0));
            int column = IndexOf(products, reader.GetString(1));
            matrix[(row * pairs) + column] = matrix[(column * pairs) + row] = reader.GetDouble(2);
        }

        return matrix;
    }

    private static int IndexOf(string[] products, string product)
    {
        int index = Array.BinarySearch(products, product, StringComparer.Ordinal);
        return index >= 0
            ? index
            : throw new JournalException(
                $"the correlations name {product}, which is not among their pairs; the rows were written by something "
                + "else");
    }
}
