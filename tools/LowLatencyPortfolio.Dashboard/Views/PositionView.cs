using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary><c>position ID</c>: one trade from its first fill on: figures, orders, history.</summary>
internal static class PositionView
{
    /// <summary>Makes the view.</summary>
    /// <param name="database">The database.</param>
    /// <param name="picture">The same state of it.</param>
    /// <param name="pair">Whose position it is.</param>
    /// <param name="row">The position.</param>
    public static View Of(PortfolioDatabase database, PortfolioPicture picture, PairPicture pair, PositionRow row)
    {
        OrderRow[] orders = [.. picture.Orders.Where(order => order.PositionId == row.PositionId)];
        IReadOnlyList<HistoryRow> history = database.LatestHistory(int.MaxValue, positionId: row.PositionId);
        PositionLedger ledger = StoredLedger.Of([row]);
        decimal mark = row.Quantity > 0m ? pair.Mark ?? 0m : 0m;
        PairAccount account = PairAccount.Of(in ledger, mark, [row], orders);
        return new View(
            [
                new TableBlock(
                    $"Position {row.PositionId} of {row.ProductId} ({picture.Portfolio.QuoteCurrency}, times UTC)",
                    ["What", ">Is"],
                    [.. Figures(row, pair, account).Select(figure => new[] { figure.Name, figure.Value })],
                    Total: null, Empty: string.Empty),
                OrdersView.Table("Orders", picture, orders),
                HistoryView.Table("History", HistoryView.Products(database), history),
            ],
            Json(row, pair, account, orders, history));
    }

    private static IEnumerable<(Cell Name, Cell Value)> Figures(PositionRow row, PairPicture pair, PairAccount account)
    {
        bool isOpen = row.Quantity > 0m;
        yield return ("State", isOpen ? SummaryView.StateOf(pair) : Shown.Name(row.State));
        yield return ("Opened", Shown.Time(row.OpenedAtNs));
        yield return ("Closed", Shown.Time(row.ClosedAtNs));
        yield return ("Why closed", row.ExitReason == ExitReason.None ? Cell.None : Shown.Name(row.ExitReason));
        yield return ("Held", Shown.Exact(row.Quantity));
        yield return ("Entry price", Shown.Price(row.EntryPrice, pair.Product));
        yield return ("Price", isOpen ? Shown.Price(pair.Mark, pair.Product) : Cell.None);
        yield return ("Exit price", Shown.Price(row.ExitPrice, pair.Product));
        yield return ("Highest", Shown.Price(row.Highest, pair.Product));
        yield return ("Stop trigger", Shown.Price(isOpen ? pair.StopTrigger : row.StopTrigger, pair.Product));
        yield return ("To stop", isOpen ? Shown.Percent(pair.StopDistancePct) : Cell.None);
        yield return ("Stop moved up", Shown.Count(row.Ratchets) + (row.Ratchets == 1 ? " time" : " times"));
        yield return ("Bought", $"{Shown.Exact(row.BoughtQuantity)} for {Shown.Amount(row.BoughtValue)}");
        yield return ("Sold", $"{Shown.Exact(row.SoldQuantity)} for {Shown.Amount(row.SoldValue)}");
        yield return ("Gross", Cell.Signed(account.Gross));
        yield return ("Entry fees", Shown.Amount(account.EntryFees));
        yield return ("Exit fees", Shown.Amount(account.ExitFees));
        yield return ("Slippage", Shown.Amount(account.Slippage));
        yield return ("Net", Cell.Signed(account.Net));
        yield return ("Return", Cell.SignedPercent(account.ReturnPct));
    }

    private static object Json(
        PositionRow row, PairPicture pair, PairAccount account, OrderRow[] orders, IReadOnlyList<HistoryRow> history) =>
        new
        {
            positionId = row.PositionId,
            productId = row.ProductId,
            state = row.State,
            openedAt = Shown.Iso(row.OpenedAtNs),
            closedAt = Shown.Iso(row.ClosedAtNs),
            exitReason = row.ExitReason == ExitReason.None ? (ExitReason?)null : row.ExitReason,
            quantity = row.Quantity,
            cost = row.Cost,
            entryPrice = row.EntryPrice,
            exitPrice = row.ExitPrice,
            price = row.Quantity > 0m ? pair.Mark : null,
            priceAt = row.Quantity > 0m ? Shown.Iso(pair.MarkKnownAtNs) : null,
            highest = row.Highest,
            stopTrigger = row.Quantity > 0m ? pair.StopTrigger : row.StopTrigger,
            uncoveredQuantity = row.Quantity > 0m ? pair.UncoveredQuantity : 0m,
            stopDistancePct = row.Quantity > 0m ? pair.StopDistancePct : null,
            ratchets = row.Ratchets,
            boughtQuantity = row.BoughtQuantity,
            boughtValue = row.BoughtValue,
            soldQuantity = row.SoldQuantity,
            soldValue = row.SoldValue,
            gross = account.Gross,
            entryFees = account.EntryFees,
            exitFees = account.ExitFees,
            slippage = account.Slippage,
            net = account.Net,
            returnPct = account.ReturnPct,
            orders = orders.Select(OrdersView.Json),
            history = history.Select(HistoryView.Json),
        };
}
