using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Stores what a run was started with: <c>products</c>, <c>pairs</c> and the first row of <c>portfolio</c>.
/// </summary>
/// <remarks>
/// Inside the caller's transaction. Pairs of earlier starts stay: their orders and positions are still there.
/// </remarks>
internal static class ConfigurationTables
{
    public static void StorePairs(SqliteConnection connection, IEnumerable<PairSetup> pairs)
    {
        foreach (PairSetup pair in pairs)
        {
            StoreProduct(connection, pair.Product);
            StorePair(connection, pair.Config);
        }
    }

    /// <summary>
    /// The portfolio before its first event: mode Trading, breaker base and equity the total capital.
    /// </summary>
    public static void CreatePortfolio(SqliteConnection connection, PortfolioConfig portfolio)
    {
        using Statement insert = new(connection.Handle!, """
            INSERT INTO portfolio(id, total_capital, quote_currency, mode, breaker_base, equity, realized, updated_at)
            VALUES (1, ?, ?, ?, ?, ?, ?, 0)
            """);
        insert.Bind(portfolio.TotalCapital);
        insert.Bind(portfolio.QuoteCurrency);
        insert.Bind(StoredText.Of(TradingMode.Trading));
        insert.Bind(portfolio.TotalCapital);
        insert.Bind(portfolio.TotalCapital);
        insert.Bind(0m);
        insert.Run();
    }

    /// <summary>The total capital in the database and its quote currency.</summary>
    public static (decimal TotalCapital, string QuoteCurrency) ReadCapital(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT total_capital, quote_currency FROM portfolio";
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read()
            ? (CanonicalDecimal.Parse(reader.GetString(0)), reader.GetString(1))
            : throw new JournalException("the database has no portfolio row; it was changed by something else, "
                + "name another file");
    }

    public static void StoreCapital(SqliteConnection connection, decimal totalCapital)
    {
        using Statement update = new(connection.Handle!, "UPDATE portfolio SET total_capital = ? WHERE id = 1");
        update.Bind(totalCapital);
        update.Run();
    }

    private static void StoreProduct(SqliteConnection connection, ProductSpec product)
    {
        using Statement insert = new(connection.Handle!, """
            INSERT OR REPLACE INTO products(product_id, base_currency, quote_currency, price_increment,
                                            quantity_increment, min_quantity, min_notional)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """);
        insert.Bind(product.ProductId);
        insert.Bind(product.BaseCurrency);
        insert.Bind(product.QuoteCurrency);
        insert.Bind(product.PriceIncrement);
        insert.Bind(product.QuantityIncrement);
        insert.Bind(product.MinQuantity);
        insert.Bind(product.MinNotional);
        insert.Run();
    }

    private static void StorePair(SqliteConnection connection, PairConfig pair)
    {
        using Statement insert = new(connection.Handle!, """
            INSERT OR REPLACE INTO pairs(
                product_id, enabled, position_size_pct, trail_pct, stop_limit_buffer_pct, min_ratchet,
                entry_confirmation_level, max_entry_wait_candles, correlation_group, entry_collar_pct,
                tick_collar_pct, max_price_age_seconds,
                max_entries_per_hour, stop_fill_timeout_seconds, naked_budget_seconds, naked_exit_seconds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        insert.Bind(pair.ProductId);
        insert.Bind(pair.Enabled ? 1 : 0);
        insert.Bind(pair.PositionSizePct);
        insert.Bind(pair.TrailPct);
        insert.Bind(pair.StopLimitBufferPct);
        insert.Bind(pair.MinRatchet);
        insert.Bind(pair.EntryConfirmationLevel);
        insert.Bind(pair.MaxEntryWaitCandles);
        insert.Bind(pair.CorrelationGroup);
        insert.Bind(pair.EntryCollarPct);
        insert.Bind(pair.TickCollarPct);
        insert.BindUnlessZero(pair.MaxPriceAgeSeconds ?? 0);
        insert.Bind(pair.MaxEntriesPerHour);
        insert.Bind(pair.StopFillTimeoutSeconds);
        insert.Bind(pair.NakedBudgetSeconds);
        insert.Bind(pair.NakedExitSeconds);
        insert.Run();
    }
}
