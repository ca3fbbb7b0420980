using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>
/// A start after a crash at a venue whose lists are not written at one moment: what its fills tell, and its orders do
/// not. Numbers are those of the list of faults.
/// </summary>
public sealed class FillListTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private const string OldOrdersInNoList = "\"ended_order_list_ms\":1";
    private const string FillsBeforeTheirOrders = "\"order_fill_lag_ms\":86400000";

    // 6, 40
    [Fact]
    public async Task A_stop_that_filled_and_is_in_no_list_any_more_is_found_by_its_fill_and_booked_once()
    {
        await using Trader first = await HeldAndBrokenOffAsync();
        await exchange.Admin.SettingsAsync(OldOrdersInNoList);
        await first.PrintAsync(94m);
        LedgerOrder stop = Assert.Single(await first.OrdersAsync(), order => order.IsStop);
        Assert.False(stop.IsLive);
        ReconcileLine told = Assert.Single((await first.CompareAsync()).Lines);
        Assert.Equal((ReconcileFinding.FilledMeanwhile, 2m), (told.Finding, told.Quantity));
        Assert.EndsWith(
            ": traded while nobody ran as taker, found by its fills, in no list of orders; booked", told.Text,
            StringComparison.Ordinal);
        await using Trader second = await AgainAsync(first, OldOrdersInNoList);
        Assert.Equal([told], second.Engine.Reconciliation!.Lines);
        await second.FlatAsync();
        await Truth.HoldsAsync(second);
        await second.BreakOffAsync();
        Assert.Empty((await second.CompareAsync()).Lines);
        await using Trader third = await AgainAsync(first, OldOrdersInNoList);
        Assert.Empty(third.Engine.Reconciliation!.Lines);
        await third.StopAsync();
        Assert.Single(Exits(third));
        Assert.DoesNotContain(Rows(third), row => row.Action == HistoryAction.ExternalOut);
    }

    // 6, 41
    [Fact]
    public async Task Our_fill_is_found_behind_pages_of_fills_of_others()
    {
        await using Trader first = await HeldAndBrokenOffAsync();
        await first.PrintAsync(94m);
        for (int i = 0; i < 260; i++)
        {
            await exchange.Admin.ForeignLimitAsync(first.Product, "BUY", 0.1m, 95m);
        }

        await using Trader second = await AgainAsync(first, OldOrdersInNoList);
        await second.FlatAsync();
        await second.StopAsync();
        Assert.Equal(2m, Assert.Single(Exits(second)).Quantity);
        Assert.Empty((await exchange.Admin.LedgerAsync()).Violations);
    }

    // 6, 29
    [Fact]
    public async Task What_an_entry_bought_in_parts_while_nobody_ran_is_booked_and_covered_and_nothing_follows()
    {
        await using Trader first = await Trader.StartAsync(exchange);
        await exchange.Admin.SettingsAsync("\"limit_fills_to_print_size\":true");
        await first.BuyAsync(3m, limit: 99m);
        await first.UntilAsync(
            async () => (await first.OrdersAsync()).Any(order => order is { IsSell: false, IsLive: true }), "it rests");
        await first.PrintAsync(99m, size: 1m);
        await first.CoveredAsync(1m);
        await first.BreakOffAsync();
        await first.PrintAsync(99m, size: 0.5m);
        await first.PrintAsync(99m, size: 1.5m);
        await using Trader second = await AgainAsync(first, OldOrdersInNoList);
        await second.CoveredAsync(3m);
        await Truth.HoldsAsync(second);
        await second.BreakOffAsync();
        Assert.Empty((await second.CompareAsync()).Lines);
    }

    // 34
    [Fact]
    public async Task Fills_that_never_agree_with_their_order_refuse_the_start_and_change_nothing()
    {
        await using Trader first = await HeldAndBrokenOffAsync();
        await exchange.Admin.SettingsAsync(FillsBeforeTheirOrders);
        await first.PrintAsync(94m);
        LedgerOrder entry = Assert.Single(await first.OrdersAsync(), order => !order.IsStop);
        int rows = Rows(first).Count;
        string expected = $"coinbase says that {entry.ClientId} ({entry.OrderId}) of {first.Product} has traded 0, and "
            + "shows fills of it of 2 (and 1 more such order), also after looking again; start again later, or look at "
            + "that order by hand";
        ReconcileException refused =
            await Assert.ThrowsAsync<ReconcileException>(() => AgainAsync(first, FillsBeforeTheirOrders));
        Assert.Equal(expected, refused.Message);
        refused = await Assert.ThrowsAsync<ReconcileException>(first.CompareAsync);
        Assert.Equal(expected, refused.Message);
        Assert.Equal(rows, Rows(first).Count);
        await using Trader second = await AgainAsync(first, string.Empty);
        await second.FlatAsync();
        await Truth.HoldsAsync(second);
    }

    // 40
    [Fact]
    public async Task Fills_that_are_told_before_their_order_are_looked_at_until_both_agree()
    {
        await using Trader first = await HeldAndBrokenOffAsync();
        await first.PrintAsync(94m);
        Task<Trader> starting = Trader.StartAsync(
            exchange, new TraderSetup
            {
                Folder = first.Folder, VenueSettings = FillsBeforeTheirOrders,
                WireFaults = """{"on":"query","fault":"delay","variant":"answer","milliseconds":1}""",
                Gateway = options => options with { ListsAgreeWithin = TimeSpan.FromSeconds(40) },
            },
            first.Products[0]);
        await Until.TrueAsync(
            async () => starting.IsCompleted || await exchange.Admin.StrikesAsync() > 20, "it looks again and again",
            () => Task.FromResult(string.Empty));
        Assert.False(starting.IsCompleted);
        await exchange.Admin.SettingsAsync("\"order_fill_lag_ms\":0");
        await using Trader second = await starting;
        Assert.Equal(
            [ReconcileFinding.FilledMeanwhile], second.Engine.Reconciliation!.Lines.Select(line => line.Finding));
        await second.FlatAsync();
        await Truth.HoldsAsync(second);
    }

    private async Task<Trader> HeldAndBrokenOffAsync()
    {
        Trader trader = await Trader.StartAsync(exchange, Impatient(new TraderSetup()));
        await trader.HoldAsync(2m);
        await trader.BreakOffAsync();
        return trader;
    }

    private Task<Trader> AgainAsync(Trader earlier, string settings) => Trader.StartAsync(
        exchange, Impatient(new TraderSetup { Folder = earlier.Folder, VenueSettings = settings }),
        earlier.Products[0]);

    private static TraderSetup Impatient(TraderSetup setup) => setup with
    {
        Gateway = options => options with { ListsAgreeWithin = TimeSpan.FromSeconds(1) },
    };

    private static List<HistoryRow> Exits(Trader trader) =>
        [.. Rows(trader).Where(row => row.Action == HistoryAction.ExitFilled)];

    private static IReadOnlyList<HistoryRow> Rows(Trader trader)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        return database.History();
    }
}
