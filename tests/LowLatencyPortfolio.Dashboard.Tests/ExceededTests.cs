using System.Text.Json;
using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Dashboard.Views;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Tests;

/// <summary>Limits that are exceeded, and estimates that nobody has measured.</summary>
public sealed class ExceededTests : IDisposable
{
    private readonly MadeMarket _market = new MadeMarket(seed: 7).Run();

    public void Dispose() => _market.Dispose();

    [Fact]
    public void Nothing_is_told_where_every_limit_holds()
    {
        Assert.Empty(Exceeded());
        Assert.DoesNotContain("exceeded", Dashboard.Text("summary", _market.Database), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE limits SET max_position_size_pct = '5'", "maxPositionSizePct", "ETH-USD")]
    [InlineData("UPDATE limits SET max_positions = 1", "maxPositions", "portfolio")]
    [InlineData(
        "UPDATE limits SET daily_loss_pct = '-1'; UPDATE equity SET day_first = '120000'",
        "dailyLossPct", "portfolio")]
    [InlineData(
        "UPDATE limits SET emergency_liquidation_loss_pct = '-1'; UPDATE portfolio SET breaker_base = '120000'",
        "emergencyLiquidationLossPct", "portfolio")]
    public void What_is_exceeded_stands_in_the_text_in_the_JSON_and_as_risk_shows_it(
        string change, string limit, string subject)
    {
        _ = _market.Change(change);
        JsonElement line = Exceeded().Single(
            exceeded => exceeded.GetProperty("limit").GetString() == limit
                && exceeded.GetProperty("subject").GetString() == subject);
        Assert.Contains(
            Dashboard.Json("risk", _market.Database).GetProperty("limits").EnumerateArray(),
            risk => JsonElement.DeepEquals(risk, line));
        Assert.Contains(
            $"Limit exceeded: {limit}, {subject}: ", Dashboard.Text("summary", _market.Database),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_limit_is_exceeded_when_it_is_reached()
    {
        LimitLine reached = new("DailyLossPct", LimitLine.Whole, "quote", 100m, 100m);
        Assert.False(reached.IsExceeded);
        Assert.True((reached with { BreaksWhenReached = true }).IsExceeded);
        Assert.False((reached with { BreaksWhenReached = true, Used = null }).IsExceeded);
    }

    [Theory]
    [InlineData(0, "Value at risk of a day, 99 %: - | Effective bets: - of 3 positions | not measured: 16,399.69 USD")]
    [InlineData(3, "of 3 positions")]
    public void An_estimate_of_what_is_not_measured_is_none(int measured, string line)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(_market.Database);
        PortfolioPicture picture = PortfolioPicture.Read(database);
        HeldTogether held = HeldTogether.Of(picture, Rows(picture, measured));
        Assert.Equal(measured == 0, held.ValueAtRisk is null);
        Assert.Equal(measured == 0, held.EffectiveBets is null);
        Cell shown = held.Lines("USD").Last();
        Assert.EndsWith(line, shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_position_is_no_positions()
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(_market.Database);
        PortfolioPicture picture = PortfolioPicture.Read(database);
        HeldTogether one = HeldTogether.Of(picture, Rows(picture, 3)) with { Positions = 1 };
        Assert.EndsWith(" of 1 position", one.Lines("USD").Last().Text, StringComparison.Ordinal);
    }

    private JsonElement[] Exceeded() =>
        [.. Dashboard.Json("summary", _market.Database).GetProperty("limitsExceeded").EnumerateArray()];

    // The open positions, of which so many are measured.
    private static CorrelationRows Rows(PortfolioPicture picture, int measured)
    {
        PairPicture[] open = [.. picture.Pairs.Where(pair => pair.Open is not null)];
        Assert.Equal(3, open.Length);
        double[] correlations = new double[9];
        (correlations[0], correlations[4], correlations[8]) = (1, 1, 1);
        return new CorrelationRows
        {
            ClosedAtNs = 1, CandleSeconds = 60, Closes = 2, EffectiveCloses = 2, MeanCorrelation = 0, Shrinkage = 0,
            ProductIds = [.. open.Select(pair => pair.Product.ProductId)],
            AreMeasured = [.. open.Select((_, i) => i < measured)],
            Volatilities = [0.01, 0.01, 0.01], Correlations = correlations,
        };
    }
}
