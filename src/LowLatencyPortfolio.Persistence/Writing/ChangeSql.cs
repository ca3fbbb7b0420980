namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// The statements of <see cref="ChangeTables"/>, parameters in the order in which it binds them.
/// </summary>
internal static class ChangeSql
{
    /// <summary>An order keeps the id and the time it was created with.</summary>
    public const string UpsertOrder = """
        INSERT INTO orders(order_seq, product_id, order_id, type, side, purpose, state, qty, price, trigger,
                           filled_qty, filled_value, fees, position_id, created_at, updated_at, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(order_seq) DO UPDATE SET
            state = excluded.state, qty = excluded.qty, price = excluded.price, trigger = excluded.trigger,
            filled_qty = excluded.filled_qty, filled_value = excluded.filled_value, fees = excluded.fees,
            position_id = excluded.position_id, updated_at = excluded.updated_at, reason = excluded.reason
        """;

    public const string UpsertPosition = """
        INSERT INTO positions(position_id, product_id, qty, entry_price, state, cost, opened_at, closed_at, highest,
                              stop_trigger, ratchets, bought_qty, bought_value, sold_qty, sold_value, fees, realized,
                              exit_price, exit_reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(position_id) DO UPDATE SET
            qty = excluded.qty, entry_price = excluded.entry_price, state = excluded.state, cost = excluded.cost,
            opened_at = excluded.opened_at, closed_at = excluded.closed_at, highest = excluded.highest,
            stop_trigger = excluded.stop_trigger, ratchets = excluded.ratchets, bought_qty = excluded.bought_qty,
            bought_value = excluded.bought_value, sold_qty = excluded.sold_qty, sold_value = excluded.sold_value,
            fees = excluded.fees, realized = excluded.realized, exit_price = excluded.exit_price,
            exit_reason = excluded.exit_reason
        """;

    public const string InsertHistory = """
        INSERT INTO history(id, product_id, action, price, qty, timestamp, order_seq, position_id,
                            value, fee, detail, market_event)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    public const string UpdatePortfolio =
        "UPDATE portfolio SET mode = ?, breaker_base = ?, equity = ?, realized = ?, updated_at = ? WHERE id = 1";

    public const string UpsertGroup = """
        INSERT INTO measured_groups(product_id, group_id, changed_at) VALUES (?, ?, ?)
        ON CONFLICT(product_id) DO UPDATE SET group_id = excluded.group_id, changed_at = excluded.changed_at
        """;

    public const string UpdateMode = "UPDATE portfolio SET mode = ?, updated_at = ? WHERE id = 1";
}
