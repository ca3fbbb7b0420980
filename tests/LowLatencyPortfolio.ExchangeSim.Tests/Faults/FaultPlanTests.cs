using LowLatencyPortfolio.ExchangeSim.Faults;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Faults;

public sealed class FaultPlanTests
{
    [Fact]
    public void A_plan_is_read_with_its_defaults()
    {
        FaultPlan plan = FaultPlanText.Parse(
            """
            { "seed": 7, "clock_skew_ms": -250, // behind
              "faults": [
                {"on":"create","fault":"lost-ack","nth":2},
                {"on":"market-ws","fault":"sequence-gap","probability":0.25,
                 "channel":"ticker","product":"BTC-USD","times":3},
                {"on":"query","fault":"hostile-json"},
              ],
              "venue": [ {"kind":"edit_ignored","occurrences":[1]} ] }
            """,
            out IReadOnlyList<string> faults);
        Assert.Empty(faults);
        Assert.Equal((7, -250L), (plan.Seed, plan.ClockSkewMs));
        Assert.Equal(("timeout", 0.0), (plan.Rules[0].Variant, plan.Rules[0].Probability));
        Assert.Equal([2], plan.Rules[0].Nth);
        Assert.Equal((0.25, "ticker", "BTC-USD", 3),
            (plan.Rules[1].Probability, plan.Rules[1].Channel, plan.Rules[1].Product, plan.Rules[1].Times));
        Assert.Equal(("truncated", 1.0), (plan.Rules[2].Variant, plan.Rules[2].Probability));
        Assert.Equal(VenueFaultKind.EditIgnored, Assert.Single(plan.Venue!).Kind);
    }

    [Fact]
    public void The_plan_in_the_page_about_the_tools_is_good()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "tools", "README.md")))
        {
            root = root.Parent;
        }

        string page = File.ReadAllText(Path.Combine(root!.FullName, "tools", "README.md"));
        string plan = page.Split("```json")[1].Split("```")[0];
        Assert.Equal(3, FaultPlanText.Parse(plan, out IReadOnlyList<string> faults).Rules.Count);
        Assert.Empty(faults);
    }

    [Fact]
    public void All_faults_of_a_plan_are_told_at_once()
    {
        FaultPlanText.Parse(
            """
            { "sed": 7, "clock_skew_ms": "x",
              "faults": [
                {"on":"creat","fault":"lost-ack"},
                {"on":"create","fault":"sequence-gap"},
                {"on":"create","fault":"lost-ack","variant":"maybe","probability":2,"nth":[0]},
                7
              ],
              "venue": [ {"kind":"no_such"} ] }
            """,
            out IReadOnlyList<string> faults);
        string all = string.Join('\n', faults);
        Assert.Contains("sed: unknown", all, StringComparison.Ordinal);
        Assert.Contains("clock_skew_ms: must be a whole number", all, StringComparison.Ordinal);
        Assert.Contains("faults[0].on: \"creat\" is unknown; allowed: create", all, StringComparison.Ordinal);
        Assert.Contains("faults[1]: sequence-gap cannot strike create", all, StringComparison.Ordinal);
        Assert.Contains("faults[2].variant", all, StringComparison.Ordinal);
        Assert.Contains("faults[2].probability", all, StringComparison.Ordinal);
        Assert.Contains("faults[2].nth", all, StringComparison.Ordinal);
        Assert.Contains("faults[3]: must be an object", all, StringComparison.Ordinal);
        Assert.Contains("venue: ", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("7")]
    [InlineData("""{"faults":{}}""")]
    [InlineData("""{"venue":null}""")]
    public void What_is_no_plan_is_a_fault(string text)
    {
        Assert.Same(FaultPlan.Empty, FaultPlanText.Parse(text, out IReadOnlyList<string> faults));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void A_script_counts_only_what_its_rule_is_about()
    {
        var desk = new FaultDesk();
        desk.Use(Plan(new FaultRule(FaultTarget.MarketSocket, FaultKind.SequenceGap)
        {
            Product = "BTC-USD", Channel = "ticker", Nth = [2, 4], Count = 1,
        }));
        var struck = new List<int>();
        for (int i = 1; i <= 5; i++)
        {
            Assert.Null(desk.Take(FaultTarget.UserSocket, "BTC-USD", "user"));
            Assert.Null(desk.Take(FaultTarget.MarketSocket, "ETH-USD", "ticker"));
            Assert.Null(desk.Take(FaultTarget.MarketSocket, "BTC-USD", "level2"));
            if (desk.Take(FaultTarget.MarketSocket, "BTC-USD", "ticker") is not null)
            {
                struck.Add(i);
            }
        }

        Assert.Equal([2, 4], struck);
        Assert.Equal([2], desk.Strikes());
    }

    [Fact]
    public void A_burst_strikes_the_next_ones_too_and_rests_after_its_times()
    {
        var desk = new FaultDesk();
        desk.Use(Plan(new FaultRule(FaultTarget.Query, FaultKind.TooManyRequests)
        {
            Probability = 1, Count = 3, Times = 2,
        }));
        Assert.Equal(6, Enumerable.Range(0, 20).Count(_ => desk.Take(FaultTarget.Query) is not null));
    }

    [Fact]
    public void The_same_seed_strikes_the_same_requests()
    {
        bool[] Run(int seed)
        {
            var desk = new FaultDesk();
            var rule = new FaultRule(FaultTarget.Create, FaultKind.Delay) { Probability = 0.3 };
            desk.Use(Plan(rule) with { Seed = seed });
            return [.. Enumerable.Range(0, 200).Select(_ => desk.Take(FaultTarget.Create) is not null)];
        }

        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));
        Assert.InRange(Run(5).Count(struck => struck), 30, 90);
    }

    private static FaultPlan Plan(params FaultRule[] rules) => new() { Rules = rules };
}
