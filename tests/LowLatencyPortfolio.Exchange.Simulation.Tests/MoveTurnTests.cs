using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>More stops want to move than requests may leave: each leaves at its newest level.</summary>
public sealed class MoveTurnTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private const decimal Trail = 0.05m;

    // So few requests that the four pairs' moves wait for seconds; edits as the venue has them, and none at all.
    [Theory]
    [InlineData("")]
    [InlineData("""{"kind":"edit_unsupported"}""")]
    public async Task Moves_that_waited_too_long_are_decided_anew_and_every_stop_comes_to_the_newest_level(string faults)
    {
        TraderSetup setup = new()
        {
            VenueFaults = faults,
            Gateway = options => options with
            {
                RequestsPerSecond = 3, Burst = 10, Reserve = 4, MoveWait = TimeSpan.FromMilliseconds(300),
                OpenOrdersEvery = TimeSpan.FromSeconds(10), FillsEvery = TimeSpan.FromSeconds(60),
            },
        };
        ProductSpec[] products = [.. Enumerable.Range(0, 4).Select(_ => exchange.TakeProduct())];
        await using Trader trader = await Trader.StartAsync(exchange, setup, products);
        foreach (ProductSpec product in products)
        {
            await trader.BuyAsync(2m, product: product.ProductId);
            await StandsAsync(trader, product, ExchangeProcess.FirstPrice);
        }

        decimal price = ExchangeProcess.FirstPrice;
        await trader.UntilAsync(
            async () =>
            {
                price += 2m;
                await PrintAsync(trader, price);
                return trader.Gateway.Counters.HandedBack > 2;
            },
            "moves are handed back");
        price = decimal.Round(price * 1.05m);
        await PrintAsync(trader, price);
        foreach (ProductSpec product in products)
        {
            await StandsAsync(trader, product, price);
        }

        await Truth.HoldsAsync(trader);
        long handedBack = trader.Gateway.Counters.HandedBack;
        await trader.StopAsync();
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        IReadOnlyList<OrderRow> rows = database.Orders();
        Assert.Equal(handedBack, rows.Count(row => row is { State: OrderState.Abandoned, Reason: "WAITED_FOR_TURN" }));
        Assert.All(rows.Where(row => row.Purpose == OrderPurpose.Stop), row => Assert.True(
            row.State is OrderState.Working or OrderState.Replaced or OrderState.Cancelled or OrderState.Abandoned,
            row.ToString()));
        Assert.DoesNotContain(database.History(), row => row.Action == HistoryAction.NakedAlarm);
    }

    private static async Task PrintAsync(Trader trader, decimal price)
    {
        foreach (ProductSpec product in trader.Products)
        {
            await trader.Admin.PrintAsync(product.ProductId, price, 1m);
        }
    }

    private static Task StandsAsync(Trader trader, ProductSpec product, decimal highest)
    {
        decimal level = decimal.Floor(highest * (1m - Trail) / product.PriceIncrement) * product.PriceIncrement;
        return trader.UntilAsync(
            async () => (await trader.Admin.LedgerAsync()).OrdersOf(trader.Engine.EngineId, product.ProductId)
                    .Where(order => order is { IsLive: true, IsStop: true }).ToArray() is [{ } stop]
                && stop.StopPrice == level && stop.Size - stop.Filled == 2m
                && trader.Status.Pair(product.ProductId).StopTrigger == level,
            $"the stop of {product.ProductId} rests at {level}");
    }
}
