namespace LowLatencyPortfolio.Domain.Tests.Rebalances;

public sealed class RebalanceStrategyTests
{
    private const long Hour = 3_600_000_000_000;

    [Fact]
    public void All_faults_are_named_at_once()
    {
        RebalanceStrategy wrong = new()
        {
            Method = 0, ThresholdPct = 0m, CalendarHours = 0, TotalWeightPct = 101m, RiskAversion = 0m,
            HorizonDays = 0, SlippageBps = -1m,
        };
        string[] names =
            ["method", "thresholdPct", "calendarHours", "totalWeightPct", "riskAversion", "horizonDays", "slippageBps"];
        Assert.Equal(names.Select(name => $"rebalance.{name}"), wrong.Faults().Select(fault => fault.Path));
        Assert.Contains("RiskParity", wrong.Faults()[0].Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_and_every_method_have_none() =>
        Assert.All(
            Enum.GetValues<RebalanceMethod>(),
            method => Assert.Empty(new RebalanceStrategy { Method = method }.Faults()));

    [Theory]
    [InlineData(null, 100, true)]
    [InlineData(25, 26, false)]
    [InlineData(25, 47, false)]
    [InlineData(25, 48, true)]
    [InlineData(47, 48, true)]      // a new day began, though an hour ago the old one was rebalanced
    [InlineData(25, 200, true)]
    public void A_calendar_is_due_once_in_each_period_of_utc(int? lastHour, int nowHour, bool expected)
    {
        RebalanceStrategy daily = new() { Method = RebalanceMethod.Calendar, CalendarHours = 24 };
        Assert.Equal(expected, daily.IsDue(lastHour * Hour, nowHour * Hour));
        Assert.True((daily with { Method = RebalanceMethod.RiskParity }).IsDue(lastHour * Hour, nowHour * Hour));
    }
}
