namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>Requests, prints and reads from many threads at once, on the machine's clock.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public void Books_balance_and_no_update_is_lost_or_out_of_order_when_threads_compete()
    {
        var settings = VenueBench.Settings() with { CancelLatencyNs = 1_000_000, FillLatencyNs = 500_000 };
        var venue = new Venue(settings, [VenueBench.BtcUsd], new SystemVenueClock());
        var updates = new List<OrderView>();
        venue.OrderChanged += updates.Add;
        Print(venue, 0);

        Parallel.For(1, 400, i =>
        {
            Print(venue, i);
            var side = i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            var terms = i % 3 == 0 ? Terms.Market(0.02m) : Terms.Gtc(0.02m, 95m + (i % 11));
            var created = venue.Create(new NewOrder($"client-{i}", VenueBench.Btc, side, terms));
            venue.Cancel([created.Order!.OrderId]);
            Assert.Empty(venue.Ledger().Violations);
        });

        bool isSettled = SpinWait.SpinUntil(() => venue.Orders.All(order => order.IsFinal), TimeSpan.FromSeconds(30));
        Assert.True(isSettled, "orders are still open after 30 s");
        Assert.Empty(venue.Ledger().Violations);
        foreach (var order in venue.Orders)
        {
            var seen = updates.Where(update => update.OrderId == order.OrderId).ToList();
            Assert.Equal(order.Status, seen[^1].Status);
            Assert.Equal(seen.OrderBy(update => update.FilledBase).Select(update => update.FilledBase),
                seen.Select(update => update.FilledBase));
        }
    }

    private static void Print(Venue venue, int i) =>
        venue.OnPrint(new TradePrint(VenueBench.Btc, i, 95m + (i % 10), 1m, OrderSide.Buy, venue.Clock.NowNs));
}
