namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>The ledger as <c>/admin/ledger</c> shows it; decimals are strings, as everywhere.</summary>
internal static class LedgerJson
{
    public static object Ledger(LedgerView ledger, Venue venue) => new
    {
        now = VenueTime.ToText(ledger.NowNs),
        accounts = ledger.Accounts.Select(account => new
        {
            currency = account.Currency,
            available = WireText.Number(account.Available),
            hold = WireText.Number(account.Hold),
            total = WireText.Number(account.Available + account.Hold),
        }),
        positions = ledger.Positions.Select(position => new
        {
            product_id = position.ProductId,
            quantity = WireText.Number(position.Quantity),
            bought_value = WireText.Number(position.BoughtValue),
            sold_value = WireText.Number(position.SoldValue),
            fees = WireText.Number(position.Fees),
            number_of_fills = position.FillCount,
        }),
        orders = ledger.Orders.Select(order => Order(order, venue)),
        fills = ledger.Fills.Select(fill => OrderJson.Fill(fill, venue)),
        transfers = ledger.Transfers.Select(transfer => new
        {
            currency = transfer.Currency,
            amount = WireText.Number(transfer.Amount),
            time = VenueTime.ToText(transfer.TimeNs),
        }),
        violations = ledger.Violations,
    };

    /// <summary>States of orders, oldest first, each as the ledger shows an order.</summary>
    public static object Changes(IReadOnlyList<OrderView> changes, Venue venue) =>
        new { changes = changes.Select(change => Order(change, venue)) };

    private static object Order(OrderView order, Venue venue) =>
        new { is_foreign = order.IsForeign, order = OrderJson.Order(order, venue) };
}
