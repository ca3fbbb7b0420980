using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchange.Simulation.Tests;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>The books of a portfolio that holds positions behind stops: ledger beside database.</summary>
internal sealed class OpenBooks(VenueLedger ledger, string databasePath)
{
    /// <summary>Compares orders, coins and money, each to the last digit.</summary>
    /// <param name="cashAtFirst">What the account had.</param>
    public void AssertAgree(decimal cashAtFirst)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(databasePath);
        Assert.Empty(ledger.Violations);
        OrderRow[] rows = [.. database.Orders()];
        Assert.Equal(
            ledger.Orders.OrderBy(order => order.ClientId, StringComparer.Ordinal).Select(order =>
                (order.ClientId, order.Product, order.IsSell, order.IsLive, order.Filled, order.FilledValue,
                    order.Fees)),
            rows.OrderBy(row => row.OrderId, StringComparer.Ordinal).Select(row =>
                (row.OrderId, row.ProductId, row.Side == OrderSide.Sell, !OrderTransitions.IsFinal(row.State),
                    row.FilledQuantity, row.FilledValue, row.Fees)));
        Assert.All(
            rows.Where(row => row.Side == OrderSide.Sell),
            row => Assert.Equal(row.Trigger, ledger.Orders.Single(order => order.ClientId == row.OrderId).StopPrice));

        PositionRow[] positions = [.. database.Positions()];
        Assert.All(positions, row => Assert.Equal(ledger.Totals[row.ProductId.Split('-')[0]], row.Quantity));
        Assert.All(positions, row => Assert.Equal(
            row.Quantity,
            rows.Where(order => order.ProductId == row.ProductId && order.Side == OrderSide.Sell)
                .Sum(order => order.Quantity)));
        Assert.Equal(
            ledger.Totals["USD"] - cashAtFirst,
            -positions.Sum(row => row.BoughtValue + row.Fees) + positions.Sum(row => row.SoldValue));
        Assert.Equal(TradingMode.Trading, database.Portfolio().Mode);
    }
}
