using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Dashboard.Tests;

/// <summary>
/// What no working stop covers is shown as unprotected, whatever trigger the position's row still has.
/// </summary>
public sealed class UncoveredTests : IDisposable
{
    private const string Product = "SOL-USD";

    private readonly MadeMarket _market = new MadeMarket(seed: 7).Run();
    private readonly decimal _heat;
    private readonly decimal _held;
    private readonly decimal _price;
    private readonly decimal _trigger;
    private readonly long _position;

    public UncoveredTests()
    {
        JsonElement risk = Dashboard.Json("risk", _market.Database);
        JsonElement position = Position();
        _heat = Number(risk, "heat");
        _held = Number(position, "quantity");
        _price = Number(position, "price");
        _trigger = Number(position, "stopTrigger");
        _position = position.GetProperty("positionId").GetInt64();
        Assert.Equal(0m, Number(risk, "heatUnprotected"));
        Assert.True(_held * (_price - _trigger) > 1m);
    }

    public void Dispose() => _market.Dispose();

    [Theory]
    [InlineData("CANCELLED")]
    [InlineData("EXPIRED")]
    [InlineData("REJECTED")]
    [InlineData("SUBMITTED")]
    [InlineData("UNKNOWN")]
    public void A_position_whose_stop_the_venue_is_not_known_to_have_is_unprotected(string state)
    {
        Change($"state = '{state}'");
        AssertHeat(_heat - (_held * (_price - _trigger)), _held * _price);
        JsonElement position = Position();
        Assert.Equal(JsonValueKind.Null, position.GetProperty("stopTrigger").ValueKind);
        Assert.Equal(JsonValueKind.Null, position.GetProperty("stopDistancePct").ValueKind);
        Assert.Equal(_held, Number(position, "uncoveredQuantity"));
        string shown = Dashboard.Text("summary", _market.Database).Split('\n').Single(IsRow);
        Assert.EndsWith("NO_STOP", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(_trigger.ToString(CultureInfo.InvariantCulture), shown, StringComparison.Ordinal);
        string page = Dashboard.Text($"position {_position}", _market.Database);
        Assert.Contains("NO_STOP", page, StringComparison.Ordinal);
        Assert.Matches(@"Stop trigger +-\n", page);
    }

    [Fact]
    public void What_a_stop_for_a_part_leaves_is_unprotected()
    {
        decimal covered = decimal.Round(_held / 2m, 3);
        Change(string.Create(CultureInfo.InvariantCulture, $"qty = '{covered}'"));
        decimal left = _held - covered;
        AssertHeat(_heat - (left * (_price - _trigger)), left * _price);
        Assert.Equal(left, Number(Position(), "uncoveredQuantity"));
        Assert.Equal(_trigger, Number(Position(), "stopTrigger"));
        string shown = Dashboard.Text("summary", _market.Database).Split('\n').Single(IsRow);
        Assert.EndsWith("STOP_FOR_A_PART", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CANCEL_PENDING")]
    [InlineData("TRIGGERED")]
    public void A_stop_that_the_venue_has_covers(string state)
    {
        Change($"state = '{state}'");
        AssertHeat(_heat, 0m);
        Assert.EndsWith(
            "RESTING", Dashboard.Text("summary", _market.Database).Split('\n').Single(IsRow),
            StringComparison.Ordinal);
    }

    private static bool IsRow(string line) => line.TrimStart().StartsWith(Product, StringComparison.Ordinal);

    private static decimal Number(JsonElement element, string key) =>
        decimal.Parse(element.GetProperty(key).GetString()!, CultureInfo.InvariantCulture);

    private JsonElement Position() => Dashboard.Json("summary", _market.Database).GetProperty("positions")
        .EnumerateArray().Single(row => row.GetProperty("productId").GetString() == Product);

    private void AssertHeat(decimal heat, decimal unprotected)
    {
        foreach (string view in (string[])["risk", "summary"])
        {
            JsonElement shown = Dashboard.Json(view, _market.Database);
            Assert.Equal((heat, unprotected), (Number(shown, "heat"), Number(shown, "heatUnprotected")));
        }

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{unprotected:N2} USD without a stop"),
            Dashboard.Text("summary", _market.Database), StringComparison.Ordinal);
    }

    // As another program's writer would leave it: the position's own row is not touched.
    private void Change(string assignment)
    {
        using SqliteConnection connection = new($"Data Source={_market.Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"UPDATE orders SET {assignment} WHERE product_id = '{Product}' AND purpose = 'STOP' AND state = 'WORKING'";
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
