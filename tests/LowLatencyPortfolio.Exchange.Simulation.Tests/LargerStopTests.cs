using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>Two stops become one, which sells before anybody is told that it was made larger.</summary>
public sealed class LargerStopTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private const string LateAnswer = """{"on":"edit","fault":"delay","variant":"answer","milliseconds":2000}""";
    private const string NoAnswer = """{"on":"edit","fault":"lost-ack","variant":"timeout","milliseconds":8000}""";

    [Theory]
    [InlineData(LateAnswer)]
    [InlineData(NoAnswer)]
    public async Task A_stop_that_was_made_larger_and_sells_before_the_answer_comes_is_booked_whole(string fault)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await HoldInTwoAsync(trader);
        await exchange.Admin.WireFaultsAsync(fault);
        await FallThroughMovedAsync(trader);
        await trader.FlatAsync();
        await AssertBookedAsync(trader);
        await trader.BuyAsync(1m, limit: 105m);       // entries are not halted
        await trader.UntilAsync(() => trader.Pair.Held == 1m, "it buys again");
        await Truth.HoldsAsync(trader);
    }

    [Theory]
    [InlineData(LateAnswer)]
    [InlineData(NoAnswer)]
    public async Task A_start_after_that_books_the_same(string fault)
    {
        await using Trader first = await Trader.StartAsync(exchange);
        await HoldInTwoAsync(first);
        await exchange.Admin.WireFaultsAsync(fault);
        await FallThroughMovedAsync(first);
        await first.BreakOffAsync();
        await using Trader second = await Trader.StartAsync(
            exchange, new TraderSetup { Folder = first.Folder }, first.Products[0]);
        await second.FlatAsync();
        await AssertBookedAsync(second);
        await Truth.HoldsAsync(second);
    }

    // Three are held under two stops of one level.
    private static async Task HoldInTwoAsync(Trader trader)
    {
        await trader.HoldAsync(2m);
        await trader.BuyAsync(1m);
        await trader.CoveredAsync(3m);
        Assert.Equal(2, (await trader.LiveStopsAsync()).Count);
    }

    private static async Task FallThroughMovedAsync(Trader trader)
    {
        await trader.PrintAsync(110m);
        await trader.UntilAsync(
            async () => (await trader.LiveStopsAsync()) is [{ StopPrice: 104.50m, Size: 3m }], "they are one");
        await trader.PrintAsync(104m);
    }

    private static async Task AssertBookedAsync(Trader trader)
    {
        LedgerOrder sold = Assert.Single(await trader.OrdersAsync(), order => order.IsSell && order.Filled > 0m);
        Assert.Equal((true, 3m), (sold.IsStop, sold.Filled));
        Assert.Equal(0, trader.Gateway.Counters.Mismatches);
        await trader.UntilAsync(() => Rows(trader).All(row => OrderTransitions.IsFinal(row.State)), "rows are over");
        OrderRow stop = Assert.Single(Rows(trader), row => row.Side == OrderSide.Sell && row.FilledQuantity > 0m);
        Assert.Equal((OrderState.Filled, 3m, 3m), (stop.State, stop.Quantity, stop.FilledQuantity));
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        Assert.DoesNotContain(database.History(), row => row.Action == HistoryAction.EntriesHalted);
    }

    private static IReadOnlyList<OrderRow> Rows(Trader trader)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        return database.Orders();
    }
}
