using LowLatencyPortfolio.Domain;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Stores the limits a run was started with, inside the caller's transaction.</summary>
internal static class LimitsTable
{
    public static void Store(SqliteConnection connection, PortfolioConfig limits, decimal takerFee)
    {
        using Statement insert = new(connection.Handle!, """
            INSERT OR REPLACE INTO limits(
                id, max_position_size_pct, max_positions, max_correlated_exposure_pct, max_top_n_concentration_pct,
                top_n_concentration, rebalance_threshold_pct, emergency_liquidation_loss_pct, daily_loss_pct,
                max_concurrent_entries, max_order_notional, max_orders_per_second, taker_fee)
            VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        insert.Bind(limits.MaxPositionSizePct);
        insert.Bind(limits.MaxPositions);
        insert.Bind(limits.MaxCorrelatedExposurePct);
        BindOptional(insert, limits.MaxTopNConcentrationPct);
        insert.Bind(limits.TopNConcentration);
        insert.Bind(limits.RebalanceThresholdPct);
        insert.Bind(limits.EmergencyLiquidationLossPct);
        insert.Bind(limits.DailyLossPct);
        insert.Bind(limits.MaxConcurrentEntries);
        BindOptional(insert, limits.MaxOrderNotional);
        insert.Bind(limits.MaxOrdersPerSecond);
        insert.Bind(takerFee);
        insert.Run();
    }

    private static void BindOptional(Statement statement, decimal? value)
    {
        if (value is { } given)
        {
            statement.Bind(given);
        }
        else
        {
            statement.BindNull();
        }
    }
}
