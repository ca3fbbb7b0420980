namespace LowLatencyPortfolio.Persistence;

/// <summary>What a reader beside the engine needs and no row said: limits, and prices to value positions at.</summary>
/// <remarks>
/// <c>limits</c> is written at every start, <c>marks</c> with every checkpoint and, live, once a second while something
/// is held. Nothing that decides reads them.
/// </remarks>
internal static class SchemaVersion2
{
    public const string Sql = """
        CREATE TABLE limits (
            id                             INTEGER PRIMARY KEY CHECK (id = 1),
            max_position_size_pct          TEXT NOT NULL,
            max_positions                  INTEGER NOT NULL,
            max_correlated_exposure_pct    TEXT NOT NULL,
            max_top_n_concentration_pct    TEXT,
            top_n_concentration            INTEGER NOT NULL,
            rebalance_threshold_pct        TEXT NOT NULL,
            emergency_liquidation_loss_pct TEXT NOT NULL,
            daily_loss_pct                 TEXT NOT NULL,
            max_concurrent_entries         INTEGER NOT NULL,
            max_order_notional             TEXT,
            max_orders_per_second          INTEGER NOT NULL,
            taker_fee                      TEXT NOT NULL
        ) STRICT;

        CREATE TABLE marks (
            product_id TEXT PRIMARY KEY,
            price      TEXT NOT NULL,
            known_at   INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;
}
