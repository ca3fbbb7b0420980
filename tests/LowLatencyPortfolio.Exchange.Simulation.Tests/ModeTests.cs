using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>A mode that lets no entry work ends each, however late the venue shows or gives it up.</summary>
public sealed class ModeTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    [Theory]
    [InlineData(ControlAction.ReduceOnly)]
    [InlineData(ControlAction.Halt)]
    public async Task An_entry_that_arrives_after_it_was_given_up_is_cancelled(ControlAction mode)
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await exchange.Admin.WireFaultsAsync("""{"on":"create","fault":"server-error","nth":1}""");
        string late = await trader.BuyAsync(2m, limit: 99m);
        await trader.UntilAsync(
            () => trader.Gateway.Counters.Lost == 1 && trader.Status.Metrics.ReservedCapital == 0m, "it is given up");
        await trader.Engine.ControlAsync(mode);
        await exchange.Admin.ForeignLimitAsync(trader.Product, "BUY", 2m, 99m, late);
        await EndsAsync(trader);
    }

    [Fact]
    public async Task An_entry_that_the_venue_would_not_cancel_is_cancelled_when_it_is_asked_again()
    {
        await using Trader trader = await RestingAsync();
        await exchange.Admin.VenueFaultsAsync("""{"kind":"cancel_refused","occurrences":[1]}""");
        await trader.Engine.ControlAsync(ControlAction.ReduceOnly);
        await EndsAsync(trader);
        Assert.Equal(TradingMode.ReduceOnly, trader.Status.Mode);
    }

    [Fact]
    public async Task An_entry_that_still_works_at_the_start_after_a_crash_is_cancelled()
    {
        await using Trader first = await RestingAsync();
        await exchange.Admin.VenueFaultsAsync("""{"kind":"cancel_refused"}""");
        await first.Engine.ControlAsync(ControlAction.Halt);
        await first.BreakOffAsync();
        Assert.True(Assert.Single(await first.OrdersAsync()).IsLive);
        await using Trader second = await Trader.StartAsync(
            exchange, new TraderSetup { Folder = first.Folder }, first.Products[0]);
        Assert.Equal(TradingMode.Halted, second.Status.Mode);
        await EndsAsync(second);
    }

    [Fact]
    public async Task An_exit_goes_on_when_the_buy_that_the_venue_would_not_cancel_is_asked_for_again()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await trader.BuyAsync(1m, limit: 99m);
        await trader.UntilAsync(
            async () => (await trader.OrdersAsync()).Any(order => order is { Status: "OPEN", IsSell: false }),
            "the entry rests");
        await exchange.Admin.VenueFaultsAsync(
            """{"kind":"cancel_refused","configuration":"limit_limit_gtc","occurrences":[1]}""");
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    private async Task<Trader> RestingAsync()
    {
        Trader trader = await Trader.StartAsync(exchange);
        await trader.BuyAsync(2m, limit: 99m);
        await trader.UntilAsync(
            async () => (await trader.OrdersAsync()).Any(order => order.Status == "OPEN"), "the entry rests");
        return trader;
    }

    private static async Task EndsAsync(Trader trader)
    {
        await trader.UntilAsync(
            async () => (await trader.OrdersAsync()) is [{ Status: "CANCELLED" }]
                && trader.Status.Metrics.ReservedCapital == 0m,
            "the entry is gone for both");
        await Truth.HoldsAsync(trader);
    }
}
