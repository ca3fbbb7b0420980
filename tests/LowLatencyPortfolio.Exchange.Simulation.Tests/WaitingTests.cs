namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>What takes too long at the venue. Numbers are those of the list of faults.</summary>
public sealed class WaitingTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private const string NoEdit = """{"kind":"edit_unsupported"}""";

    // 46
    [Fact]
    public async Task Stops_stay_while_cancel_and_create_take_longer_than_the_budget_and_move_again_after()
    {
        ShiftedTime time = new();
        await using Trader trader = await Trader.StartAsync(exchange, new TraderSetup
        {
            Pair = pair => pair with { NakedBudgetSeconds = 8 },
            VenueFaults = NoEdit,
            Time = time,
        });
        await trader.HoldAsync(2m);
        await exchange.Admin.SettingsAsync("\"cancel_ms\":9000");
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        await trader.UntilAsync(() => trader.Gateway.Counters.SlowPairs == 1, "moves are too slow");
        await exchange.Admin.SettingsAsync("\"cancel_ms\":0");
        await PriceIsKnownAsync(trader, 109m);
        string stop = Assert.Single(await trader.LiveStopsAsync()).OrderId;
        await PriceIsKnownAsync(trader, 120m);
        Assert.Equal(stop, Assert.Single(await trader.LiveStopsAsync()).OrderId);

        // Ten minutes on, what was slow counts no more; the venue's clock goes with ours.
        TimeSpan later = TimeSpan.FromMinutes(11);
        await exchange.Admin.WireFaultsAsync(string.Empty, skewMs: (int)later.TotalMilliseconds);
        time.Advance(later);
        await trader.UntilAsync(() => trader.Gateway.Counters.SlowPairs == 0, "they may be tried again");
        await PriceIsKnownAsync(trader, 121m);
        await trader.CoveredAsync(2m, trigger: 114.95m);
        await Truth.HoldsAsync(trader);
    }

    [Fact]
    public async Task An_entry_that_waits_for_longer_than_its_candles_is_cancelled_and_the_stop_stays()
    {
        await using Trader trader = await Trader.StartAsync(exchange, new TraderSetup
        {
            Pair = pair => pair with { MaxEntryWaitCandles = 2 },
            Gateway = options => options with { Candle = TimeSpan.FromSeconds(1) },
        });
        await trader.HoldAsync(2m);
        string stop = Assert.Single(await trader.LiveStopsAsync()).OrderId;
        await trader.BuyAsync(1m, limit: 99m);
        await trader.UntilAsync(
            async () => (await trader.OrdersAsync()).Any(order => order is { IsSell: false, Status: "CANCELLED" })
                && trader.Status.Metrics.ReservedCapital == 0m,
            "the entry is cancelled and nothing is reserved");
        await Truth.HoldsAsync(trader);
        Assert.Equal(stop, Assert.Single(await trader.LiveStopsAsync()).OrderId);
    }

    // Two looks later whatever follows from the price has happened.
    private static async Task PriceIsKnownAsync(Trader trader, decimal price)
    {
        await trader.PrintAsync(price);
        await trader.UntilAsync(() => trader.Pair.LastPrice == price, "the price is known");
        long looks = trader.Gateway.Counters.Reconciliations;
        await trader.UntilAsync(() => trader.Gateway.Counters.Reconciliations > looks + 1, "it had time to go wrong");
    }
}
