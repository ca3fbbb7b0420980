using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Engine.Tests.Rebalancing;

/// <summary>
/// An increase whose bid the price has left neither rests for ever nor keeps the pair from being reduced.
/// </summary>
public sealed class UnfilledIncreaseTests
{
    // The volatility is known after 25 looks; a bid one percent below the price is not reached by the swing.
    private static readonly decimal[] s_rise =
        [.. PricePath.Swing(30), .. PricePath.Go(100m, 300m), .. PricePath.Stay(300m, 12)];

    [Fact]
    public void Without_candles_the_bid_waits_so_many_intervals_and_the_grown_position_is_reduced()
    {
        using PricePath path = new();
        OrderRow[] orders = [.. path.With(bidBelowBps: 100m, waitCandles: 5).Play(s_rise, bought: 2m)];
        OrderRow[] bids = [.. Bids(orders)];
        Assert.NotEmpty(bids);
        Assert.All(bids, bid => Assert.Equal((OrderState.Cancelled, 0m), (bid.State, bid.FilledQuantity)));
        Assert.All(bids, bid => Assert.Equal(5, MinutesOf(bid.UpdatedAtNs) - MinutesOf(bid.CreatedAtNs)));
        Assert.NotEmpty(Reductions(orders));
    }

    [Fact]
    public void A_bid_that_may_wait_longer_is_cancelled_when_the_position_is_above_its_limit()
    {
        using PricePath path = new();
        OrderRow[] orders = [.. path.With(bidBelowBps: 100m, waitCandles: 1_000).Play(s_rise, bought: 2m)];
        OrderRow bid = Assert.Single(Bids(orders));
        Assert.Equal((OrderState.Cancelled, 0m), (bid.State, bid.FilledQuantity));
        OrderRow[] sold = [.. Reductions(orders)];
        Assert.True(sold[0].CreatedAtNs > bid.UpdatedAtNs, "the bid went first");
        Assert.True(300m * (2m - sold.Sum(sale => sale.FilledQuantity)) <= 500m, "it is within its limit");
    }

    private static IEnumerable<OrderRow> Bids(IEnumerable<OrderRow> orders) =>
        orders.Where(order => order is { Side: OrderSide.Buy, Type: OrderType.Limit });

    private static IEnumerable<OrderRow> Reductions(IEnumerable<OrderRow> orders) =>
        orders.Where(order => order is { Purpose: OrderPurpose.Reduce, FilledQuantity: > 0m });

    private static long MinutesOf(long ns) => ns / 60_000_000_000;
}
