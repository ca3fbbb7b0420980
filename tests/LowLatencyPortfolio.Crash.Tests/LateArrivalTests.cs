using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Crash.Tests;

/// <summary>
/// A request of an <c>llp</c> that was killed, carried out by the venue after the next start has looked.
/// </summary>
public sealed class LateArrivalTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    [Fact]
    public async Task Stop_that_no_row_knows_is_taken_over_and_nothing_is_sold_twice()
    {
        using Account account = await OpenAsync();
        string product = account.Products[0].ProductId;
        await HoldAndDieAsync(account);
        string lost = await NextNameAsync(account);
        using (TradingProcess second = account.StartLlp())
        {
            await second.ReadyAsync();
            await account.AgreedAsync(second);
            await account.Admin.MoveCoinsAsync(product.Split('-')[0], 1m);      // else the venue would not take it
            await account.Admin.ForeignStopAsync(lost, product, 1m, 91m, 90m);
            await UntilAsync(account, second, books => books.Orders.Any(row => row.OrderId == lost));
            await account.AgreedAsync(second);
            Assert.True(second.Kill(), "it had ended by itself");
        }

        Books end = await account.FindNothingAndStopAsync();
        Assert.Single(end.Ledger.Orders, order => order.IsLive);
    }

    /// <summary>At 50 it rests, at 101 it has bought before anybody could cancel it.</summary>
    [Theory]
    [InlineData(50, 1)]
    [InlineData(101, 2)]
    public async Task Entry_that_no_row_knows_is_cancelled_and_what_it_bought_is_kept_and_protected(
        int limit, int held)
    {
        using Account account = await OpenAsync();
        await HoldAndDieAsync(account);
        string lost = await NextNameAsync(account);
        using (TradingProcess second = account.StartLlp())
        {
            await second.ReadyAsync();
            await account.AgreedAsync(second);
            await account.Admin.ForeignLimitAsync(account.Products[0].ProductId, "BUY", 1m, limit, lost);
            await UntilAsync(account, second, books => books.Orders.Any(
                row => row.OrderId == lost && OrderTransitions.IsFinal(row.State)));
            await account.AgreedAsync(second);
            Assert.True(second.Kill(), "it had ended by itself");
        }

        Books end = await account.FindNothingAndStopAsync();
        Assert.Equal(held, Assert.Single(end.Positions).Quantity);
        Assert.All(end.Ledger.Orders, order => Assert.Equal(order.IsStop, order.IsLive));
        Assert.Contains(end.History, row => row is
        {
            Action: HistoryAction.Reconciled, Detail: "ORPHAN_CANCELLED",
        });
    }

    [Fact]
    public async Task Entry_that_was_given_up_before_the_kill_counts_again_and_what_it_bought_is_protected()
    {
        using Account account = await OpenAsync();
        string product = account.Products[0].ProductId;
        await exchange.Admin.WireFaultsAsync("""{"on":"create","fault":"server-error"}""");
        using (TradingProcess first = account.StartLlp(
            account.Entries(TimeSpan.FromMilliseconds(100), _ => $"{product},,1,market")))
        {
            await UntilAsync(account, first, books => books.Orders is [{ State: OrderState.Abandoned }, ..]);
            Assert.True(first.Kill(), "it had ended by itself");
        }

        await exchange.Admin.HealAsync();
        string late = (await account.BooksAsync()).Orders[0].OrderId;
        using (TradingProcess second = account.StartLlp())
        {
            await second.ReadyAsync();
            await account.AgreedAsync(second);
            await account.Admin.ForeignLimitAsync(product, "BUY", 1m, 101m, late);
            await UntilAsync(account, second, books => books.Orders[0].State == OrderState.Filled);
            await account.AgreedAsync(second);
            Assert.True(second.Kill(), "it had ended by itself");
        }

        Books end = await account.FindNothingAndStopAsync();
        Assert.Equal(1m, Assert.Single(end.Positions).Quantity);
        Assert.Single(end.Ledger.Orders, order => order.IsLive);
    }

    private async Task<Account> OpenAsync()
    {
        await exchange.Admin.HealAsync();
        return await Account.OpenAsync(
            exchange, 1, """ "totalCapital": 100000, "maxOrderNotional": 5000, "maxPositionSizePct": 0.15 """, """
            "positionSizePct": 0.1, "trailPct": 0.05, "stopLimitBufferPct": 0.02, "minRatchet": 0.01,
            "maxEntriesPerHour": 20, "maxPriceAgeSeconds": 600
            """);
    }

    // Buys one at the market, and is killed when it is protected.
    private static async Task HoldAndDieAsync(Account account)
    {
        using TradingProcess first = account.StartLlp(account.Entries(
            TimeSpan.FromMilliseconds(100), _ => $"{account.Products[0].ProductId},,1,market"));
        await UntilAsync(account, first, books => books.Ledger.Orders.Any(order => order is
        {
            IsLive: true, IsStop: true,
        }));
        await account.AgreedAsync(first);
        Assert.True(first.Kill(), "it had ended by itself");
    }

    // The number after the newest row's: such an order was sent and not written down.
    private static async Task<string> NextNameAsync(Account account)
    {
        OrderRow newest = (await account.BooksAsync()).Orders[^1];
        string[] parts = newest.OrderId.Split('-');
        return $"{parts[0]}-{parts[1]}-{parts[2]}-{newest.OrderSequence + 1}";
    }

    private static Task UntilAsync(Account account, TradingProcess process, Func<Books, bool> isSo) => Until.TrueAsync(
        async () => process.HasExited || isSo(await account.BooksAsync()), "the books are so",
        async () => $"{await process.DescribeAsync()}\n{await account.BooksAsync()}", TradingProcess.Deadline);
}
