using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Rebalancing;

/// <summary>A date of a calendar is over when all was asked that was to be done, and not before.</summary>
public sealed class CalendarTests
{
    private const int Hour = 60;
    private const int WarmUp = 25;

    [Fact]
    public void The_first_date_waits_until_volatility_is_known_and_each_pair_trades_once_on_it()
    {
        using PricePath path = Hourly();
        IReadOnlyList<OrderRow> orders = path.Play(
            [.. PricePath.Swing(WarmUp + 5), .. PricePath.Go(100m, 120m), .. PricePath.Stay(120m, 40)], bought: 2m);
        Assert.InRange(MinuteOf(Assert.Single(Increases(orders))), WarmUp - 1, Hour - 1);
        OrderRow sale = Assert.Single(orders, order => order.Purpose == OrderPurpose.Reduce);
        Assert.Equal(Hour, MinuteOf(sale));         // what has drifted since waited for the next date
    }

    [Fact]
    public void What_the_gate_refuses_is_asked_for_again_on_the_same_date()
    {
        using PricePath path = Hourly();
        path.Rebalance = path.Rebalance with { CooldownIntervals = 2 };
        path.Pair = path.Pair with { MaxEntriesPerHour = 1 };       // the first minute's is the one
        IReadOnlyList<OrderRow> orders = path.Play([.. PricePath.Swing(Hour + 30)], bought: 2m);
        HistoryRow[] refused = [.. Rows(path, HistoryAction.RebalanceRefused)];
        Assert.True(refused.Length > 3, $"{refused.Length} refused");
        Assert.All(
            refused.Zip(refused[1..]),
            two => Assert.Equal(3, MinuteOf(two.Second.TimestampNs) - MinuteOf(two.First.TimestampNs)));
        OrderRow only = Assert.Single(Increases(orders));
        Assert.InRange(MinuteOf(only), Hour + 1, Hour + 4);         // as soon as the hour of the first was over
    }

    [Fact]
    public void A_date_on_which_nothing_is_to_do_is_over()
    {
        using PricePath path = Hourly();
        IReadOnlyList<OrderRow> orders = path.Play(
            [.. PricePath.Swing(WarmUp + 5), .. PricePath.Go(100m, 120m), .. PricePath.Stay(120m, 12)], bought: 4m);
        Assert.DoesNotContain(orders, order => order.Purpose == OrderPurpose.Reduce);
    }

    private static PricePath Hourly()
    {
        PricePath path = new();
        path.Rebalance = path.Rebalance with
        {
            Strategy = path.Rebalance.Strategy with { Method = RebalanceMethod.Calendar, CalendarHours = 1 },
        };
        return path;
    }

    private static IEnumerable<OrderRow> Increases(IEnumerable<OrderRow> orders) =>
        orders.Where(order => order is { Side: OrderSide.Buy, Type: OrderType.Limit });

    private static IEnumerable<HistoryRow> Rows(PricePath path, HistoryAction action)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path.Database);
        return [.. database.History().Where(row => row.Action == action)];
    }

    private static long MinuteOf(OrderRow order) => MinuteOf(order.CreatedAtNs);

    // Since the first minute of the path's day.
    private static long MinuteOf(long ns) => ns / 60_000_000_000 % (24 * Hour);
}
