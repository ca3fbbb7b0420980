using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Crash.Tests;

/// <summary>The books of both sides: what the venue knows to be true, and what the database says.</summary>
/// <param name="Ledger">The venue's own truth.</param>
/// <param name="Positions">Rows, oldest first.</param>
/// <param name="Orders">Rows, oldest first.</param>
/// <param name="History">Rows, oldest first.</param>
/// <param name="Realized">Realized in all, as the portfolio's row has it; written now and then, and at a stop.</param>
internal sealed record Books(
    VenueLedger Ledger, IReadOnlyList<PositionRow> Positions, IReadOnlyList<OrderRow> Orders,
    IReadOnlyList<HistoryRow> History, decimal Realized)
{
    /// <summary>Reads the database first: what it knows, the venue must know.</summary>
    /// <param name="admin">The venue.</param>
    /// <param name="database">The file; it may not be there yet.</param>
    /// <param name="products">What the account trades; others are somebody else's.</param>
    public static async Task<Books> ReadAsync(
        ExchangeAdmin admin, string database, IEnumerable<ProductSpec> products)
    {
        IReadOnlyList<PositionRow> positions = [];
        IReadOnlyList<OrderRow> orders = [];
        IReadOnlyList<HistoryRow> history = [];
        decimal realized = 0m;
        if (File.Exists(database))
        {
            using PortfolioDatabase rows = PortfolioDatabase.OpenReadOnly(database);
            (positions, orders, history) = (rows.Positions(), rows.Orders(), rows.History());
            realized = rows.Portfolio().Realized;
        }

        VenueLedger all = await admin.LedgerAsync();
        HashSet<string> traded = [.. products.Select(product => product.ProductId)];
        LedgerOrder[] ours = [.. all.Orders.Where(order => traded.Contains(order.Product))];
        HashSet<string> ids = [.. ours.Select(order => order.OrderId)];
        LedgerFill[] fills = [.. all.Fills.Where(fill => ids.Contains(fill.OrderId))];
        return new Books(all with { Orders = ours, Fills = fills }, positions, orders, history, realized);
    }

    /// <summary>
    /// What must hold at every moment, also right after a kill: one order a name, no entry without its written intent,
    /// nothing sold that was not held, nothing booked that did not happen, and books at the venue that balance.
    /// </summary>
    public void AssertNeverBroken(IEnumerable<ProductSpec> products)
    {
        Assert.Empty(Ledger.Violations);
        Assert.All(Ledger.Orders.GroupBy(order => order.ClientId), sameName => Assert.Single(sameName));
        HashSet<string> written = [.. Orders.Select(row => row.OrderId)];
        Assert.All(
            Ledger.Orders.Where(order => !order.IsSell),
            order => Assert.True(
                written.Contains(order.ClientId), $"no row was committed before this was sent: {order}"));
        foreach (ProductSpec product in products)
        {
            decimal held = 0m;
            foreach (LedgerFill fill in FillsOf(product))
            {
                held += fill.IsSell ? -fill.Size : fill.Size;
                Assert.True(held >= 0m, $"{product.ProductId}: sold more than was held");
            }

            decimal offered = LiveOf(product).Where(order => order.IsSell).Sum(order => order.Size - order.Filled);
            Assert.True(offered <= held, $"{product.ProductId}: {offered} for sale, {held} held");
            decimal bought = FillsOf(product).Where(fill => !fill.IsSell).Sum(fill => fill.Size);
            Assert.True(
                RowsOf(product).Sum(row => row.BoughtQuantity) <= bought, $"{product.ProductId}: booked, never bought");
            Assert.True(
                RowsOf(product).Sum(row => row.SoldQuantity) <= bought - held,
                $"{product.ProductId}: booked, never sold");
        }
    }

    /// <summary>Whether every fill is booked, and every position rests under stops for all of it.</summary>
    /// <returns>Null when it is so; else what is not.</returns>
    public string? Unprotected(IEnumerable<ProductSpec> products) => products
        .Select(product =>
        {
            decimal held = FillsOf(product).Sum(fill => fill.IsSell ? -fill.Size : fill.Size);
            LedgerOrder[] sells = [.. LiveOf(product).Where(order => order.IsSell)];
            decimal covered = sells.Where(order => order.IsStop).Sum(order => order.Size - order.Filled);
            decimal booked = RowsOf(product).Sum(row => row.Quantity);
            decimal toCover = held < product.MinQuantity ? 0m : held;
            return booked != held ? $"{product.ProductId}: {held} held, {booked} booked"
                : covered != toCover ? $"{product.ProductId}: {covered} of {held} covered"
                : sells.FirstOrDefault(order => !order.IsStop) is { } exit ? $"{product.ProductId}: {exit}"
                : null;
        })
        .FirstOrDefault(what => what is not null);

    /// <summary>
    /// Whether nothing is in doubt and both books are the same to the last digit: quantities, money, and the orders
    /// that work.
    /// </summary>
    /// <param name="products">All that was traded.</param>
    /// <param name="openingCash">What the account had at first.</param>
    /// <returns>Null when it is so; else what is not.</returns>
    public string? Disagreement(IReadOnlyCollection<ProductSpec> products, decimal openingCash)
    {
        if (Unprotected(products) is { } unprotected)
        {
            return unprotected;
        }

        OrderRow? doubtful = Orders.FirstOrDefault(row =>
            row.State is OrderState.Intended or OrderState.Submitted or OrderState.Unknown or OrderState.CancelPending);
        if (doubtful is not null)
        {
            return $"in doubt: {doubtful}";
        }

        string[] atVenue = [.. Ledger.Orders.Where(order => order.IsLive)
            .Select(order => Line(order.Product, order.Side, order.StopPrice, order.Size - order.Filled))
            .Order(StringComparer.Ordinal)];
        string[] atHome = [.. Orders.Where(row => !OrderTransitions.IsFinal(row.State))
            .Select(row => Line(
                row.ProductId, row.Side == OrderSide.Buy ? "BUY" : "SELL", row.Trigger ?? 0m,
                row.Quantity - row.FilledQuantity))
            .Order(StringComparer.Ordinal)];
        return atVenue.SequenceEqual(atHome)
            ? products.Select(MoneyDisagreement).FirstOrDefault(what => what is not null)
                ?? CashDisagreement(openingCash)
            : $"working at the venue: {string.Join("; ", atVenue)}; in the database: {string.Join("; ", atHome)}";
    }

    /// <summary>Everything, for a failure.</summary>
    public override string ToString() =>
        $"venue\n{string.Join('\n', Ledger.Orders)}\norders\n{string.Join('\n', Orders)}\n"
        + $"positions\n{string.Join('\n', Positions)}\nhistory\n{string.Join('\n', History.Where(IsNews))}";

    private static bool IsNews(HistoryRow row) => row.Action != HistoryAction.RiskRejected;

    private static string Line(string product, string side, decimal trigger, decimal size) =>
        string.Create(CultureInfo.InvariantCulture, $"{product} {side} {size:0.########} at {trigger:0.########}");

    private string? MoneyDisagreement(ProductSpec product)
    {
        LedgerFill[] buys = [.. FillsOf(product).Where(fill => !fill.IsSell)];
        LedgerFill[] sells = [.. FillsOf(product).Where(fill => fill.IsSell)];
        PositionRow[] rows = RowsOf(product);
        (decimal, decimal, decimal) venue =
            (buys.Sum(fill => fill.Value), sells.Sum(fill => fill.Value), FillsOf(product).Sum(fill => fill.Fee));
        (decimal, decimal, decimal) home =
            (rows.Sum(row => row.BoughtValue), rows.Sum(row => row.SoldValue), rows.Sum(row => row.Fees));
        return venue == home
            ? null
            : $"{product.ProductId}: bought, sold, fees {venue} at the venue, {home} in the rows";
    }

    private string? CashDisagreement(decimal openingCash)
    {
        decimal venue = Ledger.Totals["USD"] - openingCash;
        decimal home = Positions.Sum(row => row.SoldValue - row.BoughtValue - row.Fees);
        return venue == home ? null : $"cash moved by {venue} at the venue, by {home} in the rows";
    }

    private PositionRow[] RowsOf(ProductSpec product) =>
        [.. Positions.Where(row => row.ProductId == product.ProductId)];

    private LedgerOrder[] LiveOf(ProductSpec product) =>
        [.. Ledger.Orders.Where(order => order.IsLive && order.Product == product.ProductId)];

    private LedgerFill[] FillsOf(ProductSpec product)
    {
        HashSet<string> orders =
            [.. Ledger.Orders.Where(order => order.Product == product.ProductId).Select(order => order.OrderId)];
        return [.. Ledger.Fills.Where(fill => orders.Contains(fill.OrderId))];
    }
}
