using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.Dashboard.Tests;

/// <summary>What is recommended goes by what the newest start was told, or says by what it goes.</summary>
public sealed class RebalanceTests
{
    private const int Ticks = 1_600;

    [Fact]
    public void The_threshold_is_that_of_the_engine_and_not_that_of_the_portfolio()
    {
        using MadeMarket market = Made(""", "thresholdPct": 250""");
        JsonElement shown = Dashboard.Json("rebalance", market.Database);
        Assert.Equal("threshold", Text(shown, "recommendedBy"));
        Assert.Equal("250", Text(shown, "rebalanceThresholdPct"));
        Assert.Empty(shown.GetProperty("actions").EnumerateArray());
        Assert.Contains(
            "none: every weight is within 250.00 % of its target", Dashboard.Text("rebalance", market.Database),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_weights_are_the_targets_of_an_engine_that_makes_them_equal()
    {
        using MadeMarket market = Made(""", "method": "equalWeight", "totalWeightPct": 2""");
        JsonElement shown = Dashboard.Json("rebalance", market.Database);
        int held = Dashboard.Json("summary", market.Database).GetProperty("positions").GetArrayLength();
        JsonElement[] actions = [.. shown.GetProperty("actions").EnumerateArray()];
        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Equal(2m / held, Number(action, "targetPct"), 7));
        Assert.Equal("equalWeight", Text(shown, "recommendedBy"));
        Assert.False(shown.GetProperty("costsLeftOut").GetBoolean());
        string page = Dashboard.Text("rebalance", market.Database);
        Assert.Contains("rebalances by orders: equalWeight, looked at", page, StringComparison.Ordinal);
        Assert.Contains("Recommendations by equalWeight", page, StringComparison.Ordinal);
        Assert.Contains("target: 2.00 % in equal parts", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_that_take_volatilities_are_not_made_up_where_none_are_stored()
    {
        using MadeMarket market = Made(""", "method": "inverseVolatility", "totalWeightPct": 2""");
        Assert.DoesNotContain(
            Dashboard.Json("rebalance", market.Database).GetProperty("actions").EnumerateArray(),
            action => Text(action, "kind") != "REDUCE_TO_LIMIT");
        Assert.Contains(
            "none are stored (llp run --signals stores them): only limits are looked at here",
            Dashboard.Text("rebalance", market.Database), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inverseVolatility")]
    [InlineData("riskParity")]
    public void Stored_volatilities_make_targets_that_share_the_whole(string method)
    {
        string settings = $", \"method\": \"{method}\", \"totalWeightPct\": 1, \"riskAversion\": 1000";
        using MadeMarket market = new MadeMarket(seed: 7, Ticks).RunWithRebalances(settings, withSignals: true);
        JsonElement shown = Dashboard.Json("rebalance", market.Database);
        Assert.True(shown.GetProperty("costsLeftOut").GetBoolean());
        JsonElement[] actions = [.. shown.GetProperty("actions").EnumerateArray()];
        Assert.NotEmpty(actions);
        decimal shared = actions.Sum(action => Number(action, "targetPct"));
        int held = Dashboard.Json("summary", market.Database).GetProperty("positions").GetArrayLength();
        Assert.True(actions.Length == held ? Math.Abs(shared - 1m) < 0.000001m : shared < 1m, $"{shared} of 1 %");
        Assert.Contains(
            "by volatilities over 15 s", Dashboard.Text("rebalance", market.Database), StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_of_an_older_program_is_told_not_to_go_by_the_table()
    {
        using MadeMarket market = Made(""", "method": "equalWeight" """);
        Assert.Equal(6, market.Change("""
            DELETE FROM meta WHERE key IN (
                'rebalance_threshold_pct', 'rebalance_calendar_hours', 'rebalance_total_weight_pct',
                'rebalance_risk_aversion', 'rebalance_horizon_days', 'rebalance_slippage_bps')
            """));
        string page = Dashboard.Text("rebalance", market.Database);
        Assert.Contains("Recommendations by the plain threshold", page, StringComparison.Ordinal);
        Assert.Contains("The engine does not go by this table", page, StringComparison.Ordinal);
        JsonElement shown = Dashboard.Json("rebalance", market.Database);
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("recommendedBy").ValueKind);
        Assert.Equal("equalWeight", Text(shown.GetProperty("settings"), "method"));
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("settings").GetProperty("riskAversion").ValueKind);
    }

    private static MadeMarket Made(string settings) => new MadeMarket(seed: 7, Ticks).RunWithRebalances(settings);

    private static string? Text(JsonElement of, string key) => of.GetProperty(key).GetString();

    private static decimal Number(JsonElement of, string key) =>
        decimal.Parse(of.GetProperty(key).GetString()!, CultureInfo.InvariantCulture);
}
