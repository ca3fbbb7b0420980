using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class HourlyRequestsTests
{
    private const int PerHour = 10_000;

    private readonly ManualTime _time = new();
    private readonly RequestBudget _budget;

    public HourlyRequestsTests() => _budget = new RequestBudget(
        _time, perSecond: 8, burst: 20, reserve: 8, venuePerSecond: 30, venuePerHour: PerHour);

    [Theory]
    [InlineData(RequestPriority.Query)]
    [InlineData(RequestPriority.Entry)]
    [InlineData(RequestPriority.Stop)]
    [InlineData(RequestPriority.Cancel)]
    internal void No_hour_has_more_requests_than_the_venue_allows(RequestPriority priority)
    {
        Queue<DateTimeOffset> hour = new();
        int most = 0;
        for (int tenth = 0; tenth < 3 * 36_000; tenth++)
        {
            while (_budget.TryTake(priority, out _))
            {
                hour.Enqueue(_time.GetUtcNow());
            }

            _time.Advance(TimeSpan.FromMilliseconds(100));
            while (hour.Count > 0 && hour.Peek() < _time.GetUtcNow() - TimeSpan.FromHours(1))
            {
                _ = hour.Dequeue();
            }

            most = Math.Max(most, hour.Count);
        }

        Assert.InRange(most, 7_500, PerHour);
    }

    [Fact]
    public void Questions_and_entries_leave_stops_a_share_and_exits_wait_for_nobody()
    {
        Use(RequestPriority.Query);
        Assert.False(_budget.TryTake(RequestPriority.Entry, out TimeSpan wait));
        Assert.True(_budget.TryTake(RequestPriority.Stop, out _));
        Use(RequestPriority.Stop);
        Assert.False(_budget.TryTake(RequestPriority.Cancel, out _));
        for (int i = 0; i < 1_000; i++)
        {
            Assert.True(_budget.TryTake(RequestPriority.Exit, out _));
            _time.Advance(TimeSpan.FromMilliseconds(125));
        }

        Assert.False(_budget.TryTake(RequestPriority.Stop, out wait));
        Assert.True(wait > TimeSpan.Zero);
    }

    [Fact]
    public void The_wait_it_tells_is_enough()
    {
        Use(RequestPriority.Query);
        Assert.False(_budget.TryTake(RequestPriority.Query, out TimeSpan wait));
        _time.Advance(wait);
        Assert.True(_budget.TryTake(RequestPriority.Query, out _));
    }

    // As fast as the rate lets it, until the hour is what it waits for.
    private void Use(RequestPriority priority)
    {
        for (int left = PerHour; ; left--)
        {
            if (!_budget.TryTake(priority, out TimeSpan wait))
            {
                if (wait > TimeSpan.FromMilliseconds(200))
                {
                    return;
                }

                _time.Advance(wait);
            }

            Assert.True(left > 0, "the hour has no end");
        }
    }
}
