using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchange.Simulation.Tests;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>The books of a portfolio that holds nothing any more: the venue's ledger beside the database.</summary>
internal sealed class SessionBooks(VenueLedger ledger, string databasePath)
{
    /// <summary>Compares orders, fills, positions and money, each to the last digit.</summary>
    /// <param name="cashAtFirst">What the account had.</param>
    public void AssertAgree(decimal cashAtFirst)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(databasePath);
        Assert.Empty(ledger.Violations);
        IReadOnlyList<OrderRow> orders = database.Orders();
        AssertOrders(orders);
        AssertFills(database.History(), orders);
        IReadOnlyList<PositionRow> positions = database.Positions();
        AssertPositions(positions);
        AssertMoney(database.Portfolio(), positions, cashAtFirst);
    }

    private void AssertOrders(IReadOnlyList<OrderRow> rows)
    {
        Assert.DoesNotContain(ledger.Orders, order => order.IsLive || order.IsForeign);
        Assert.All(rows, row => Assert.True(OrderTransitions.IsFinal(row.State), $"{row.OrderId} is {row.State}"));
        HashSet<string> names = [.. rows.Select(row => row.OrderId)];
        Assert.All(ledger.Orders, order => Assert.Contains(order.ClientId, names));

        // An edited stop is one order there and a row for each level here, so filled orders are compared by
        // what filled.
        Assert.Equal(
            Sorted(ledger.Orders.Where(order => order.Filled > 0m).Select(order =>
                (order.Product, order.IsSell, order.Filled, order.FilledValue, order.Fees))),
            Sorted(rows.Where(row => row.FilledQuantity > 0m).Select(row =>
                (row.ProductId, row.Side == OrderSide.Sell, row.FilledQuantity, row.FilledValue, row.Fees))));
    }

    private void AssertFills(IReadOnlyList<HistoryRow> history, IReadOnlyList<OrderRow> orders)
    {
        Dictionary<string, string> products = ledger.Orders.ToDictionary(
            order => order.OrderId, order => order.Product);
        Dictionary<long, string> named = orders.ToDictionary(row => row.OrderSequence, row => row.ProductId);
        Assert.Equal(
            Sorted(ledger.Fills.Select(fill =>
                (products[fill.OrderId], fill.IsSell, fill.Size, fill.Value, fill.Fee))),
            Sorted(history
                .Where(row => row.Action is HistoryAction.EntryFilled or HistoryAction.ExitFilled)
                .Select(row => (
                    named[row.OrderSequence!.Value], row.Action == HistoryAction.ExitFilled, row.Quantity!.Value,
                    row.Value, row.Fee))));
    }

    private void AssertPositions(IReadOnlyList<PositionRow> rows)
    {
        Dictionary<string, string> products = ledger.Orders.ToDictionary(
            order => order.OrderId, order => order.Product);
        foreach (IGrouping<string, LedgerFill> fills in ledger.Fills.GroupBy(fill => products[fill.OrderId]))
        {
            PositionRow[] ours = [.. rows.Where(row => row.ProductId == fills.Key)];
            Assert.Equal(
                (Bought(fills).Sum(fill => fill.Size), Bought(fills).Sum(fill => fill.Value)),
                (ours.Sum(row => row.BoughtQuantity), ours.Sum(row => row.BoughtValue)));
            Assert.Equal(
                (Sold(fills).Sum(fill => fill.Size), Sold(fills).Sum(fill => fill.Value)),
                (ours.Sum(row => row.SoldQuantity), ours.Sum(row => row.SoldValue)));
            Assert.Equal(fills.Sum(fill => fill.Fee), ours.Sum(row => row.Fees));
            Assert.Equal(
                Sold(fills).Sum(fill => fill.Value) - Bought(fills).Sum(fill => fill.Value)
                    - fills.Sum(fill => fill.Fee),
                ours.Sum(row => row.Realized));
            Assert.Equal(
                ledger.Totals.GetValueOrDefault(fills.Key.Split('-')[0]), ours.Sum(row => row.Quantity));
        }
    }

    private void AssertMoney(PortfolioRow portfolio, IReadOnlyList<PositionRow> positions, decimal cashAtFirst)
    {
        decimal change = ledger.Totals["USD"] - cashAtFirst;
        Assert.Equal(change, portfolio.Realized);
        Assert.Equal(change, positions.Sum(row => row.Realized));
        Assert.Equal(portfolio.TotalCapital + change, portfolio.Equity);
        Assert.Equal(TradingMode.Trading, portfolio.Mode);
    }

    private static IEnumerable<LedgerFill> Bought(IEnumerable<LedgerFill> fills) => fills.Where(fill => !fill.IsSell);

    private static IEnumerable<LedgerFill> Sold(IEnumerable<LedgerFill> fills) => fills.Where(fill => fill.IsSell);

    private static (string, bool, decimal, decimal, decimal)[] Sorted(
        IEnumerable<(string, bool, decimal, decimal, decimal)> rows) => [.. rows.Order()];
}
