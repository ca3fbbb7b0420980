using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class RequestBudgetTests
{
    private readonly ManualTime _time = new();
    private readonly RequestBudget _budget;

    public RequestBudgetTests() => _budget = new RequestBudget(_time, perSecond: 10, burst: 20, reserve: 8);

    [Fact]
    public void Entries_leave_the_reserve_stops_half_of_it_and_exits_nothing()
    {
        Assert.Equal(12, Take(RequestPriority.Query));
        Assert.Equal(0, Take(RequestPriority.Entry));
        Assert.Equal(4, Take(RequestPriority.Stop));
        Assert.Equal(0, Take(RequestPriority.Cancel));
        Assert.Equal(4, Take(RequestPriority.Exit));
    }

    [Fact]
    public void The_wait_it_tells_is_enough()
    {
        _ = Take(RequestPriority.Exit);
        Assert.False(_budget.TryTake(RequestPriority.Entry, out TimeSpan wait));
        _time.Advance(wait);
        Assert.True(_budget.TryTake(RequestPriority.Entry, out _));
    }

    [Fact]
    public void It_refills_at_its_rate_and_never_beyond_its_burst()
    {
        _ = Take(RequestPriority.Exit);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, Take(RequestPriority.Exit));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Take(RequestPriority.Exit));
    }

    [Fact]
    public void A_refused_exit_stops_everybody_and_halves_the_rate()
    {
        _budget.OnLimited(-1, RequestLane.Exits);
        Assert.Equal(1, _budget.Limits);
        Assert.Equal(5, _budget.Rate);
        Assert.False(_budget.TryTake(RequestPriority.Exit, out TimeSpan wait));
        Assert.Equal(1, wait.TotalSeconds, precision: 2);
        Assert.False(_budget.TryTake(RequestPriority.Stop, out _));
        Assert.False(_budget.TryTake(RequestPriority.Query, out _));
        _time.Advance(TimeSpan.FromSeconds(1.01));
        Assert.Equal(5, Take(RequestPriority.Exit));
    }

    [Fact]
    public void A_refused_question_stops_questions_only_and_leaves_the_others_their_tokens()
    {
        _budget.OnLimited(30, RequestLane.Questions);
        Assert.False(_budget.TryTake(RequestPriority.Query, out TimeSpan wait));
        Assert.Equal(30, wait.TotalSeconds, precision: 2);
        Assert.False(_budget.TryTake(RequestPriority.Exit, RequestLane.Questions, out _));
        Assert.Equal(4, Take(RequestPriority.Stop));
        Assert.Equal(4, Take(RequestPriority.Exit));
    }

    [Fact]
    public void A_refused_stop_stops_stops_and_questions_and_no_exit()
    {
        _budget.OnLimited(30, RequestLane.Orders);
        Assert.False(_budget.TryTake(RequestPriority.Stop, out _));
        Assert.False(_budget.TryTake(RequestPriority.Query, out _));
        Assert.Equal(4, Take(RequestPriority.Exit));
    }

    [Fact]
    public void An_exit_waits_a_second_at_most_whatever_the_venue_asks_for()
    {
        _budget.OnLimited(30, RequestLane.Exits);
        _budget.Hold(TimeSpan.FromSeconds(20));
        Assert.False(_budget.TryTake(RequestPriority.Exit, out TimeSpan wait));
        Assert.Equal(1, wait.TotalSeconds, precision: 2);
        Assert.False(_budget.TryTake(RequestPriority.Stop, out wait));
        Assert.Equal(30, wait.TotalSeconds, precision: 2);
    }

    [Fact]
    public void Refusals_in_a_row_wait_longer_up_to_half_a_minute()
    {
        double[] waits = [.. Enumerable.Range(0, 7).Select(round =>
        {
            _budget.OnLimited(-1, RequestLane.Orders);
            Assert.False(_budget.TryTake(RequestPriority.Stop, out TimeSpan wait), $"round {round}");
            return Math.Round(wait.TotalSeconds);
        })];
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], waits);
    }

    [Fact]
    public void The_rate_comes_back_slowly()
    {
        _budget.OnLimited(-1, RequestLane.Orders);
        for (int i = 0; i < 50; i++)
        {
            _budget.OnAnswered(-1, RequestLane.Orders);
        }

        Assert.Equal(10, _budget.Rate, precision: 6);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(0, 1)]
    [InlineData(500, 30)]
    public void The_venues_own_reset_is_kept_to(long reset, double seconds)
    {
        _budget.OnLimited(reset, RequestLane.Orders);
        Assert.False(_budget.TryTake(RequestPriority.Stop, out TimeSpan wait));
        Assert.Equal(seconds, wait.TotalSeconds, precision: 2);
    }

    [Fact]
    public void A_reset_may_be_a_time_of_day()
    {
        _budget.OnLimited(_time.GetUtcNow().ToUnixTimeSeconds() + 9, RequestLane.Orders);
        Assert.False(_budget.TryTake(RequestPriority.Stop, out TimeSpan wait));
        Assert.Equal(9, wait.TotalSeconds, precision: 2);
    }

    [Fact]
    public void What_the_venue_says_is_left_counts()
    {
        _budget.OnAnswered(remaining: 3, RequestLane.Orders);
        Assert.Equal(3, Take(RequestPriority.Exit));
    }

    private int Take(RequestPriority priority)
    {
        int taken = 0;
        while (_budget.TryTake(priority, out _))
        {
            taken++;
        }

        return taken;
    }
}
