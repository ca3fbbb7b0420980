using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>
/// What a live engine rebalances by itself at the venue: looks of its own timer, at a clock that each look moves on by
/// an interval.
/// </summary>
public sealed class AutomaticRebalanceTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private const string NoEdit = """{"kind":"edit_unsupported"}""";
    private const decimal TargetPct = 0.2m;
    private const int MostWaited = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ShiftedTime _time = new();
    private long _looks;
    private int _waited;

    // Of two pairs that are to hold 0.2 % of 100,000 each, one has three coins at 100 and the other one; then the
    // first falls and the second rises, so that each is made smaller once and larger once.
    [Theory]
    [InlineData(RebalanceMethod.Threshold, "")]
    [InlineData(RebalanceMethod.Calendar, NoEdit)]
    public async Task Positions_off_their_targets_are_sold_and_bought_and_every_coin_stays_covered(
        RebalanceMethod method, string venueFaults)
    {
        ProductSpec[] products = [exchange.TakeProduct(), exchange.TakeProduct()];
        await using Trader trader = await Trader.StartAsync(exchange, Setup(method, venueFaults), products);
        (string first, string second) = (products[0].ProductId, products[1].ProductId);
        await trader.BuyAsync(3m, product: first);
        await trader.BuyAsync(1m, product: second);
        await trader.UntilAsync(
            () => (trader.Status.Pair(first).Held, trader.Status.Pair(second).Held) == (3m, 1m), "both are held");
        await Truth.HoldsAsync(trader);

        await TradedAsync(trader, sold: new(first, 100m), bought: new(second, 100m));
        await NextDateAsync(trader, method);
        await TradedAsync(trader, sold: new(second, 115m), bought: new(first, 88m));
        await Truth.HoldsAsync(trader);
        foreach (ProductSpec product in products)
        {
            IReadOnlyList<LedgerOrder> changes = await exchange.Admin.ChangesAsync(product.ProductId);
            Cover.AssertHeld(product.ProductId, changes);
            Assert.DoesNotContain(changes, change => change.IsTriggered || change.Status == "FAILED");
        }

        await AssertBooksAsync(trader, products);
    }

    private TraderSetup Setup(RebalanceMethod method, string venueFaults) => new()
    {
        // Steps of the clock are no time in which a stop was missing or an order waited.
        Pair = pair => pair with
        {
            PositionSizePct = TargetPct,
            TrailPct = 0.2m,
            StopFillTimeoutSeconds = 36_000,
            NakedBudgetSeconds = 36_000,
            NakedExitSeconds = 36_000,
        },
        Gateway = options => options with { Time = TimeProvider.System },
        Time = _time,
        VenueFaults = venueFaults,
        Rebalance = new RebalanceOptions
        {
            Orders = true,
            IntervalMinutes = (int)Interval.TotalMinutes,
            Strategy = new RebalanceStrategy
            {
                Method = method, CalendarHours = 1, RiskAversion = 1_000m, HorizonDays = 3_650,
            },
        },
    };

    // A bid at the last price trades with the next print. What a gate refuses (a slow disk, a price on its way) is
    // asked for again, so the looks go on until both have traded.
    private Task TradedAsync(Trader trader, Wanted sold, Wanted bought)
    {
        decimal toSell = trader.Status.Pair(sold.Product).Held;
        decimal toBuy = trader.Status.Pair(bought.Product).Held;
        return Until.TrueAsync(
            async () =>
            {
                Assert.Null(trader.Engine.Fault);
                decimal wave = trader.Rebalancing.Looks % 2 == 0 ? 0m : 0.25m;
                await exchange.Admin.PrintAsync(sold.Product, sold.Price + wave);
                await exchange.Admin.PrintAsync(bought.Product, bought.Price + wave);
                StepAfterLook(trader, sold, bought);
                return trader.Status.Pair(sold.Product).Held < toSell
                    && trader.Status.Pair(bought.Product).Held > toBuy;
            },
            $"{sold.Product} is sold down and {bought.Product} bought up", trader.DescribeAsync,
            atMost: TimeSpan.FromMinutes(5));
    }

    private void StepAfterLook(Trader trader, params ReadOnlySpan<Wanted> wanted)
    {
        foreach (Wanted pair in wanted)
        {
            if (trader.Status.Pair(pair.Product).LastPrice is not { } last || Math.Abs(last - pair.Price) > 1m)
            {
                return;     // the next look is to find the new prices
            }
        }

        // The desk counts from when it is asked first, so the first step may come too early for a look.
        if (trader.Rebalancing.Looks >= _looks || ++_waited == MostWaited)
        {
            (_looks, _waited) = (trader.Rebalancing.Looks + 1, 0);
            _time.Advance(Interval);
        }
    }

    // Each pair trades once on a date.
    private async Task NextDateAsync(Trader trader, RebalanceMethod method)
    {
        await Truth.HoldsAsync(trader);
        if (method == RebalanceMethod.Calendar)
        {
            _time.Advance(TimeSpan.FromHours(1));
        }
    }

    private static async Task AssertBooksAsync(Trader trader, ProductSpec[] products)
    {
        PortfolioStatus status = trader.Status;
        VenueLedger ledger = await trader.Admin.LedgerAsync();
        await trader.StopAsync();
        Assert.True((await trader.CompareAsync()).IsClean);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(trader.DatabasePath);
        ILookup<string, OrderRow> orders = database.Orders().ToLookup(row => row.ProductId, StringComparer.Ordinal);
        foreach (string product in products.Select(product => product.ProductId))
        {
            IReadOnlyList<LedgerFill> fills = ledger.FillsOf(trader.Engine.EngineId, product);
            decimal held = fills.Sum(fill => fill.IsSell ? -fill.Size : fill.Size);
            decimal cash = fills.Sum(fill => (fill.IsSell ? fill.Value : -fill.Value) - fill.Fee);
            PairStatus pair = status.Pair(product);
            PositionRow row = Assert.Single(database.Positions(), row => row.ProductId == product);
            Assert.Equal((held, cash), (pair.Held, pair.RealizedPnl - pair.Cost));
            Assert.Equal((held, cash), (row.Quantity, row.SoldValue - row.BoughtValue - row.Fees));
            Assert.Equal((pair.RealizedPnl, pair.Cost), (row.Realized, row.Cost));
            Assert.Equal(
                ledger.OrdersOf(trader.Engine.EngineId, product).Where(order => order.IsLive)
                    .Select(order => (order.Side, order.Size, order.StopPrice, order.LimitPrice)).Order(),
                orders[product].Where(order => !OrderTransitions.IsFinal(order.State))
                    .Select(order => ("SELL", order.Quantity, order.Trigger!.Value, order.Price!.Value)).Order());
            Assert.Contains(
                orders[product], order => order is { Purpose: OrderPurpose.Reduce, State: OrderState.Filled });
            Assert.Equal(2, orders[product].Count(order => order is { Side: OrderSide.Buy, FilledQuantity: > 0m }));
        }
    }
    /// <summary>Where a product is to trade.</summary>
    private readonly record struct Wanted(string Product, decimal Price);
}
