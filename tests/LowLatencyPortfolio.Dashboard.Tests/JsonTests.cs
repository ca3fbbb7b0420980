using System.Text.Json;

namespace LowLatencyPortfolio.Dashboard.Tests;

public sealed class JsonTests : IDisposable
{
    private readonly MadeMarket _market = new MadeMarket(seed: 7).Run();

    public static TheoryData<string> Commands => [.. Dashboard.Commands, "watch"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Json_is_one_object_with_camel_case_keys_and_no_number_that_a_reader_could_round(string command)
    {
        JsonElement root = Dashboard.Json(command, _market.Database);
        Assert.Equal(JsonValueKind.Object, root.ValueKind);
        Check(root);
    }

    [Fact]
    public void Json_to_a_file_is_the_same_and_the_text_is_printed_too()
    {
        string file = _market.InFolder("view.json");
        (int exitCode, string output, _) =
            Dashboard.Run("summary", "--db", _market.Database, "--json", file);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("Total: ", output, StringComparison.Ordinal);
        Assert.Equal(Dashboard.Text("summary --json -", _market.Database), File.ReadAllText(file));
        Assert.Equal(0, Dashboard.Run("watch", "--db", _market.Database, "--json", file).ExitCode);
        Assert.True(JsonDocument.Parse(File.ReadAllText(file)).RootElement.TryGetProperty("summary", out _));
    }

    [Fact]
    public void The_keys_that_programs_rely_on_stand_there()
    {
        string[] summary = [.. Dashboard.Json("summary", _market.Database).EnumerateObject().Select(key => key.Name)];
        Assert.Equal(
            [
                "at", "pricesAt", "quoteCurrency", "mode", "modeSince", "totalCapital", "deployedCapital",
                "availableCapital", "reservedCapital", "activePositions", "closedPositions", "winRatePct", "equity",
                "totalPnl", "realizedPnl", "unrealizedPnl", "fees", "totalReturnPct", "concentrationPct",
                "heat", "heatUnprotected", "workingOrders", "limitsExceeded", "positions",
            ],
            summary);
        JsonElement pair = Dashboard.Json("pairs", _market.Database).GetProperty("pairs")[0];
        Assert.Equal(
            [
                "productId", "group", "active", "quantity", "deployed", "returnPct", "gross", "entryFees", "exitFees",
                "slippage", "net", "price", "priceAt", "stopTrigger", "stopDistancePct", "closedTrades",
            ],
            pair.EnumerateObject().Select(key => key.Name));
        Assert.Equal("TRADING", Dashboard.Json("risk", _market.Database).GetProperty("mode").GetString());
    }

    public void Dispose() => _market.Dispose();

    private static void Check(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Assert.Matches("^[a-z][A-Za-z0-9]*$", property.Name);
                    Check(property.Value);
                }

                break;
            case JsonValueKind.Array:
                Assert.All(element.EnumerateArray(), Check);
                break;
            case JsonValueKind.Number:
                Assert.True(element.TryGetInt64(out _), $"{element} is not whole");
                break;
            default:
                break;
        }
    }
}
