using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Tests.Configuration;

public sealed class RebalanceSectionTests
{
    [Fact]
    public void Without_the_section_nothing_is_ordered()
    {
        FaultLines faults = new();
        RebalanceOptions options = ConfigurationFile.Parse("c.json", "{}", faults)!.Rebalance;
        Assert.Equal(new RebalanceOptions(), options);
        Assert.False(options.Orders);
        Assert.Equal(RebalanceMethod.Threshold, options.Strategy.Method);
    }

    [Fact]
    public void Every_key_arrives_where_its_name_says()
    {
        FaultLines faults = new();
        RunConfiguration read = ConfigurationFile.Parse("c.json", """
            {
              "rebalance": {
                "orders": true, "method": "riskParity", "thresholdPct": 1, "calendarHours": 2, "totalWeightPct": 3,
                "riskAversion": 4, "horizonDays": 5, "slippageBps": 6, "intervalMinutes": 7, "cooldownIntervals": 8,
                "entryOffsetBps": "9.5"
              }
            }
            """, faults)!;
        Assert.True(faults.AreEmpty);
        Assert.Equal(
            new RebalanceOptions
            {
                Orders = true, IntervalMinutes = 7, CooldownIntervals = 8, EntryOffsetBps = 9.5m,
                Strategy = new RebalanceStrategy
                {
                    Method = RebalanceMethod.RiskParity, ThresholdPct = 1m, CalendarHours = 2, TotalWeightPct = 3m,
                    RiskAversion = 4m, HorizonDays = 5, SlippageBps = 6m,
                },
            },
            read.Rebalance);
    }

    [Fact]
    public void All_faults_of_the_section_are_told_at_once()
    {
        FaultLines faults = new();
        RunConfiguration read = ConfigurationFile.Parse("c.json", """
            { "rebalance": { "orders": "yes", "method": "magic", "intervalMinutes": 0, "cooldownIntervals": -1,
              "entryOffsetBps": 2000, "horizonDays": 0, "intervalMinute": 5 } }
            """, faults)!;
        ConfigurationReview.Check("c.json", read, [], [], faults, []);
        string[] expected =
        [
            "orders", "method", "intervalMinute", "intervalMinutes is 0", "cooldownIntervals is -1",
            "entryOffsetBps is 2000", "horizonDays is 0",
        ];
        string told = string.Join('\n', faults.Lines);
        Assert.All(expected, part => Assert.Contains(part, told, StringComparison.Ordinal));
    }
}
