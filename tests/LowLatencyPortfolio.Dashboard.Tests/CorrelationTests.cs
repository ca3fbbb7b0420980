using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Tests;

/// <summary>What was measured of pairs that move together, as <c>llp run --signals</c> left it.</summary>
public sealed class CorrelationTests : IDisposable
{
    private readonly MadeMarket _market = new MadeMarket(seed: 7, ticks: 1_600).RunWithSignals();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void The_matrix_is_the_stored_one_and_symmetric()
    {
        JsonElement root = Dashboard.Json("correlation", _market.Database);
        JsonElement[] pairs = [.. root.GetProperty("pairs").EnumerateArray()];
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(_market.Database);
        CorrelationRows stored = database.Correlations()!;
        Assert.Equal(stored.ProductIds, pairs.Select(pair => pair.GetProperty("productId").GetString()));
        decimal[][] matrix = [.. pairs.Select(pair =>
            pair.GetProperty("correlations").EnumerateArray().Select(Number).ToArray())];
        for (int i = 0; i < pairs.Length; i++)
        {
            Assert.Equal(1m, matrix[i][i]);
            for (int j = 0; j < pairs.Length; j++)
            {
                Assert.Equal(matrix[i][j], matrix[j][i]);
                Assert.Equal((decimal)stored.Correlations[(i * pairs.Length) + j], matrix[i][j], 5);
            }
        }

        string text = Dashboard.Text("correlation", _market.Database);
        Assert.Contains("Correlations of returns over 15 s", text, StringComparison.Ordinal);
        Assert.Contains($"{stored.Closes} closes", text, StringComparison.Ordinal);
        Assert.Contains("Effective bets: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_are_those_of_the_gate_in_every_view_and_their_exposure_adds_up()
    {
        JsonElement group = Assert.Single(
            Dashboard.Json("correlation", _market.Database).GetProperty("measuredGroups").EnumerateArray());
        string[] members = [.. group.GetProperty("pairs").EnumerateArray().Select(pair => pair.GetString()!)];
        using (PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(_market.Database))
        {
            string name = group.GetProperty("group").GetString()!;
            Assert.Equal(
                members.Except([name]),
                database.MeasuredGroups().Where(row => row.GroupId == name && row.ProductId != name)
                    .Select(row => row.ProductId));
        }

        JsonElement concentration = Dashboard.Json("concentration", _market.Database);
        decimal exposure = concentration.GetProperty("pairs").EnumerateArray()
            .Where(pair => members.Contains(pair.GetProperty("productId").GetString()))
            .Sum(pair => Number(pair.GetProperty("exposure")));
        JsonElement concentrated = Assert.Single(concentration.GetProperty("measuredGroups").EnumerateArray());
        Assert.True(exposure > 0m);
        Assert.Equal(exposure, Number(concentrated.GetProperty("exposure")));
        Assert.Equal(exposure, Number(group.GetProperty("exposure")));

        JsonElement limit = Assert.Single(
            Dashboard.Json("risk", _market.Database).GetProperty("limits").EnumerateArray(),
            line => line.GetProperty("measured").GetBoolean());
        Assert.Equal("maxCorrelatedExposurePct", limit.GetProperty("limit").GetString());
        Assert.Equal(exposure, Number(limit.GetProperty("used")));
        Assert.Equal(Number(limit.GetProperty("allowed")) - exposure, Number(limit.GetProperty("headroom")));
        Assert.Contains(
            "maxCorrelatedExposurePct (measured)", Dashboard.Text("risk", _market.Database), StringComparison.Ordinal);
    }

    [Fact]
    public void Heat_and_value_at_risk_are_those_the_run_ended_with()
    {
        JsonElement result =
            JsonDocument.Parse(File.ReadAllText(_market.InFolder("result.json"))).RootElement;
        JsonElement risk = Dashboard.Json("risk", _market.Database);
        Assert.Equal(result.GetProperty("heat").GetString(), risk.GetProperty("heat").GetString());
        Assert.True(Number(risk.GetProperty("heat")) > 0m);
        Assert.Equal(result.GetProperty("valueAtRisk").GetDecimal(), Number(risk.GetProperty("valueAtRisk")));
        Assert.Equal(result.GetProperty("effectiveBets").GetDecimal(), Number(risk.GetProperty("effectiveBets")));
    }

    [Fact]
    public void A_database_without_correlations_gets_one_clear_line()
    {
        using MadeMarket scripted = new MadeMarket(seed: 7).Run();
        Assert.Equal(
            "No correlations are stored: llp run --signals measures them, at each close of candles\n",
            Dashboard.Text("correlation", scripted.Database));
        JsonElement root = Dashboard.Json("correlation", scripted.Database);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("closedAt").ValueKind);
        Assert.Empty(root.GetProperty("pairs").EnumerateArray());
    }

    private static decimal Number(JsonElement value) =>
        decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture);
}
