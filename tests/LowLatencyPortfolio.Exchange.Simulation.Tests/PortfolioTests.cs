using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>Several pairs at once, and an engine that was away. Numbers are those of the list of faults.</summary>
public sealed class PortfolioTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    // 39
    [Fact]
    public async Task A_cancel_that_is_refused_for_one_pair_does_not_hold_up_the_other()
    {
        await using Trader trader = await Trader.StartAsync(
            exchange, null, exchange.TakeProduct(), exchange.TakeProduct());
        await HoldAllAsync(trader);
        await exchange.Admin.VenueFaultsAsync(
            $$"""{"kind":"cancel_refused","product_id":"{{trader.Product}}","occurrences":[1,2]}""");
        _ = await trader.LiquidateAllAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Equal(TradingMode.Halted, trader.Status.Mode);
    }

    // 39
    [Theory]
    [InlineData("reset")]
    [InlineData("timeout")]
    public async Task Cancels_whose_common_answer_is_lost_are_found_out_and_every_pair_is_sold_once(string variant)
    {
        await using Trader trader = await Trader.StartAsync(
            exchange, null, exchange.TakeProduct(), exchange.TakeProduct(), exchange.TakeProduct());
        await HoldAllAsync(trader);
        await exchange.Admin.WireFaultsAsync(
            $$"""{"on":"cancel","fault":"lost-ack","variant":"{{variant}}","nth":1,"count":1}""");
        _ = await trader.LiquidateAllAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Equal(1, await exchange.Admin.StrikesAsync());
    }

    // 62
    [Fact]
    public async Task Six_pairs_are_moved_and_sold_within_the_rate_that_the_venue_allows()
    {
        await using Trader trader = await Trader.StartAsync(
            exchange, null, [.. Enumerable.Range(0, 6).Select(_ => exchange.TakeProduct())]);
        await HoldAllAsync(trader);
        await exchange.Admin.LimitAsync(4);
        foreach (decimal price in (decimal[])[103m, 106m, 110m])
        {
            foreach (ProductSpec product in trader.Products)
            {
                await exchange.Admin.PrintAsync(product.ProductId, price);
            }
        }

        await trader.UntilAsync(
            async () => (await exchange.Admin.LedgerAsync()).Orders.Count(
                order => order is { IsLive: true, StopPrice: 104.50m } && order.IsOf(trader.Engine.EngineId)) == 6,
            "all six stops are at the newest level");
        await Truth.HoldsAsync(trader);
        _ = await trader.LiquidateAllAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
    }

    // 26, 40
    [Fact]
    public async Task A_stop_that_filled_while_the_engine_was_stopped_is_found_at_the_next_start()
    {
        await using Trader first = await Trader.StartAsync(exchange);
        await first.HoldAsync(2m);
        await first.StopAsync();
        await first.PrintAsync(94m);
        await using Trader second = await Trader.StartAsync(
            exchange, new TraderSetup { Folder = first.Folder }, first.Products[0]);
        await second.FlatAsync();
        await Truth.HoldsAsync(second);
        Assert.Single(await second.OrdersAsync(), order => order.IsSell);
    }

    // 48
    [Fact]
    public async Task A_stop_that_rested_while_the_engine_was_stopped_is_moved_by_the_next_one()
    {
        await using Trader first = await Trader.StartAsync(exchange);
        await first.HoldAsync(2m);
        await first.StopAsync();
        await using Trader second = await Trader.StartAsync(
            exchange, new TraderSetup { Folder = first.Folder }, first.Products[0]);
        await second.PrintAsync(110m);
        await second.CoveredAsync(2m, trigger: 104.50m);
        await Truth.HoldsAsync(second);
        Assert.Single(await second.LiveStopsAsync());
    }

    private static async Task HoldAllAsync(Trader trader)
    {
        foreach (ProductSpec product in trader.Products)
        {
            await trader.BuyAsync(2m, product: product.ProductId);
        }

        await Truth.HoldsAsync(trader);
        await trader.UntilAsync(
            () => trader.Status.Pairs.All(pair => pair is { Held: 2m, StopTrigger: 95m }), "all are held and covered");
    }
}
