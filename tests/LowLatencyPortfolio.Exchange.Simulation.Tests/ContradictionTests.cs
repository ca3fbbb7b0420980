using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>A venue that does or tells what cannot be. Numbers are those of the list of faults.</summary>
public sealed class ContradictionTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    // 34
    [Fact]
    public async Task An_entry_that_bought_more_than_it_was_for_is_covered_whole_and_no_entry_follows()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"overfill","fraction":0.25,"occurrences":[1]}""");
        await trader.BuyAsync(2m);
        await trader.CoveredAsync(2.5m);
        await Truth.HoldsAsync(trader);
        Assert.Equal(1, trader.Gateway.Counters.Overfills);
        await EntriesStayRefusedAsync(trader, HaltCause.OrderOverfilled);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // 34
    [Fact]
    public async Task A_stop_that_sold_coins_of_somebody_else_leaves_a_flat_position_and_no_entry_follows()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        string coin = trader.Products[0].BaseCurrency;
        await exchange.Admin.MoveCoinsAsync(coin, 5m);
        await trader.HoldAsync(2m);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"overfill","fraction":0.25,"occurrences":[1]}""");
        await trader.PrintAsync(94m);
        await trader.FlatAsync();
        Assert.Equal(1, trader.Gateway.Counters.Overfills);
        await EntriesStayRefusedAsync(trader, HaltCause.OrderOverfilled);
        VenueLedger ledger = await exchange.Admin.LedgerAsync();
        Assert.Equal(4.5m, ledger.Totals[coin]);
        Assert.Empty(ledger.Violations);
        Assert.Single(ledger.OrdersOf(trader.Engine.EngineId, trader.Product), order => order.IsSell);
    }

    // 36
    [Fact]
    public async Task Orders_that_are_filled_and_told_open_again_stay_filled()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync("""{"on":"user-ws","fault":"stale","channel":"user"}""");
        await trader.HoldAsync(2m);
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.PrintAsync(104m);
        await trader.FlatAsync();
        await trader.UntilAsync(() => trader.Gateway.Counters.Regressions >= 2, "entry and stop were told open again");
        await Truth.HoldsAsync(trader);
        Assert.Equal(2, (await trader.OrdersAsync()).Count);
        await exchange.Admin.WireFaultsAsync(string.Empty);
        await trader.BuyAsync(1m, limit: 105m);
        await trader.CoveredAsync(1m);
        await Truth.HoldsAsync(trader);
    }

    // 42
    [Fact]
    public async Task An_entry_that_rests_with_another_size_is_followed_by_no_other_and_what_it_buys_is_covered()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"terms_changed","fraction":0.5,"occurrences":[1]}""");
        await trader.BuyAsync(2m, limit: 99m);
        await trader.UntilAsync(() => trader.Gateway.Counters.Mismatches > 0, "it is another order");
        await EntriesStayRefusedAsync(trader, HaltCause.OrderDiffers);
        await trader.PrintAsync(99m);
        await trader.CoveredAsync(1m);
        await Truth.HoldsAsync(trader);
    }

    // 42
    [Fact]
    public async Task A_stop_that_rests_with_another_size_stops_entries_and_the_position_is_covered_whole()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"terms_changed","fraction":0.5,"occurrences":[2]}""");
        await trader.BuyAsync(2m);
        await trader.UntilAsync(() => trader.Gateway.Counters.Mismatches > 0, "it is another order");
        await EntriesStayRefusedAsync(trader, HaltCause.OrderDiffers);
        await trader.CoveredAsync(2m);
        await Truth.HoldsAsync(trader);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // 42
    [Fact]
    public async Task An_order_of_another_hand_under_the_id_of_our_stop_stops_entries_and_the_stop_takes_the_next_id()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        string first = await trader.BuyAsync(1m, limit: 99m);
        string next = first[..(first.LastIndexOf('-') + 1)] + "2";
        await exchange.Admin.ForeignLimitAsync(trader.Product, "BUY", 1m, 50m, next);
        await trader.PrintAsync(99m);
        await trader.UntilAsync(() => trader.Gateway.Counters.Mismatches > 0, "it is another order");
        await EntriesStayRefusedAsync(trader, HaltCause.OrderIdTaken, HaltCause.OrderDiffers);
        await trader.CoveredAsync(1m);
        await Truth.HoldsAsync(trader);
    }

    // 34
    [Fact]
    public async Task A_restart_goes_on_refusing_entries_until_somebody_resumes()
    {
        await using Trader first = await Trader.StartAsync(exchange);
        await exchange.Admin.VenueFaultsAsync("""{"kind":"overfill","fraction":0.25,"occurrences":[1]}""");
        await first.BuyAsync(2m);
        await first.CoveredAsync(2.5m);
        await EntriesStayRefusedAsync(first, HaltCause.OrderOverfilled);
        await first.StopAsync();
        TraderSetup again = new() { Folder = first.Folder };
        await using (Trader second = await Trader.StartAsync(exchange, again, first.Products[0]))
        {
            await EntriesStayRefusedAsync(second, HaltCause.OrderOverfilled);
            await second.StopAsync();
        }

        ResumeRequest request = new() { DatabasePath = first.DatabasePath };
        Assert.True(PortfolioResume.Run(request).EntriesAllowed);
        Assert.False(PortfolioResume.Run(request).EntriesAllowed);
        await using Trader third = await Trader.StartAsync(exchange, again, first.Products[0]);
        await third.BuyAsync(1m);
        await third.CoveredAsync(3.5m);
        await Truth.HoldsAsync(third);
    }

    private static async Task EntriesStayRefusedAsync(Trader trader, params HaltCause[] causes)
    {
        long looks = trader.Gateway.Counters.Reconciliations;
        await trader.UntilAsync(() => trader.Gateway.Counters.Reconciliations > looks + 1, "the venue was asked again");
        Assert.Equal(RiskVerdict.NotReconciled, (await trader.EnterAsync(1m)).Verdict);
        await trader.UntilAsync(() => Halts(trader).Count == 1, "it is journaled once");
        HistoryRow row = Assert.Single(Halts(trader));
        Assert.Equal(trader.Product, row.ProductId);
        Assert.Contains(row.Detail, causes.Select(StoredNames.Of));
        Assert.NotNull(row.OrderSequence);
    }

    private static List<HistoryRow> Halts(Trader trader)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        return [.. database.History().Where(row => row.Action == HistoryAction.EntriesHalted)];
    }
}
