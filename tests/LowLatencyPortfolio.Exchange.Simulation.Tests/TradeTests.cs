using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>A whole trade, and the books of both sides after it.</summary>
public sealed class TradeTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    [Theory]
    [InlineData(true, CoinbaseFeedSource.AdvancedTrade)]
    [InlineData(false, CoinbaseFeedSource.AdvancedTrade)]
    [InlineData(true, CoinbaseFeedSource.ExchangeMatches)]
    public async Task A_trade_from_entry_to_triggered_stop_is_in_both_books_to_the_last_digit(
        bool canEdit, CoinbaseFeedSource source)
    {
        await using Trader trader = await Trader.StartAsync(exchange, new TraderSetup { Source = source });
        await exchange.Admin.VenueFaultsAsync(canEdit ? string.Empty : """{"kind":"edit_unsupported"}""");
        decimal cashBefore = (await exchange.Admin.LedgerAsync()).Totals["USD"];
        await trader.BuyAsync(1.2345m, limit: 99.37m);
        await trader.UntilAsync(
            async () => (await trader.OrdersAsync()).Any(order => order.Status == "OPEN"), "the entry rests");
        await trader.PrintAsync(99.37m);
        await trader.CoveredAsync(1.2345m, trigger: 94.40m);
        await trader.PrintAsync(107.77m);
        await trader.CoveredAsync(1.2345m, trigger: 102.38m);
        await trader.PrintAsync(110.11m);
        await trader.CoveredAsync(1.2345m, trigger: 104.60m);
        await trader.PrintAsync(103.33m);
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);

        Assert.Equal(canEdit ? 2 : 4, (await trader.OrdersAsync()).Count);
        await AssertBooksAgreeAsync(trader, cashBefore);
    }

    private static async Task AssertBooksAgreeAsync(Trader trader, decimal cashBefore)
    {
        VenueLedger ledger = await trader.Admin.LedgerAsync();
        decimal cashChange = ledger.Totals["USD"] - cashBefore;
        IReadOnlyList<LedgerFill> fills = ledger.FillsOf(trader.Engine.EngineId, trader.Product);
        Assert.Equal(2, fills.Count);
        PortfolioStatus status = trader.Status;
        Assert.Equal(cashChange, status.Metrics.RealizedPnl);
        Assert.Equal(fills.Sum(fill => fill.Fee), status.Metrics.Fees);
        Assert.Equal(cashChange, status.Metrics.AvailableCapital - status.Metrics.TotalCapital);
        await trader.StopAsync();

        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        PositionRow position = Assert.Single(database.Positions());
        Assert.Equal(1.2345m, position.BoughtQuantity);
        Assert.Equal(1.2345m, position.SoldQuantity);
        Assert.Equal(fills.Where(fill => !fill.IsSell).Sum(fill => fill.Value), position.BoughtValue);
        Assert.Equal(fills.Where(fill => fill.IsSell).Sum(fill => fill.Value), position.SoldValue);
        Assert.Equal(fills.Sum(fill => fill.Fee), position.Fees);
        Assert.Equal(cashChange, position.Realized);
        Assert.Equal(cashChange, database.Portfolio().Realized);
        Dictionary<string, LedgerOrder> atVenue =
            ledger.OrdersOf(trader.Engine.EngineId, trader.Product).ToDictionary(order => order.ClientId);
        foreach (OrderRow row in database.Orders().Where(row => row.FilledQuantity > 0m && row.Side == OrderSide.Buy))
        {
            LedgerOrder order = atVenue[row.OrderId];
            Assert.Equal(
                (order.Filled, order.FilledValue, order.Fees), (row.FilledQuantity, row.FilledValue, row.Fees));
        }
    }
}
