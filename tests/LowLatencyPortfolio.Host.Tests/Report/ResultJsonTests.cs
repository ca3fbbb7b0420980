using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Tests.Report;

public sealed class ResultJsonTests
{
    [Fact]
    public void The_object_has_these_keys_and_decimals_are_strings() => Assert.Equal(
        """
        {
          "ticks": 201436,
          "ticksRejected": 2,
          "orders": 30,
          "fills": 5,
          "stopsPlaced": 3,
          "stopsReplaced": 23,
          "exits": 2,
          "riskRejections": 3,
          "realizedPnl": "-28.76596112",
          "unrealizedPnl": "134.26596112",
          "fees": "243.76596112",
          "equity": "100105.5",
          "winRatePct": "50",
          "stateHash": "0123456789abcdef",
          "elapsedMs": 250,
          "ticksPerSecond": 805744,
          "pipelineAllocatedBytes": 0,
          "gen0Collections": 0
        }

        """,
        ResultJson.Text(ReportSamples.Result));

    [Fact]
    public void Without_closed_trades_the_win_rate_is_null()
    {
        PortfolioMetrics metrics = ReportSamples.Result.Metrics with { ClosedPositions = 0, WinRatePct = null };
        using JsonDocument json = JsonDocument.Parse(ResultJson.Text(ReportSamples.Result with { Metrics = metrics }));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("winRatePct").ValueKind);
    }

    [Theory]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("100000.0000", "100000")]
    [InlineData("-0.50", "-0.5")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("33.333333333333333333333333333", "33.333333333333333333333333333")]
    public void A_decimal_keeps_every_digit_and_no_zero_behind_them(string value, string expected) =>
        Assert.Equal(
            expected, ResultJson.DecimalText(decimal.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void No_time_gives_no_speed() =>
        Assert.Equal(0, ResultJson.TicksPerSecond(ReportSamples.Result with { Elapsed = TimeSpan.Zero }));
}
